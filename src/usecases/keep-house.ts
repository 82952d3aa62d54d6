import type { Db } from '../db/client.ts';
import { actOnce } from './act-once.ts';
import { dropOld } from './drop-old.ts';

/** In the night of Europe and late in the evening of the Americas. */
const HOUR_UTC = 3;

/**
 * What is done once a day, by whichever replica comes first. `backUp` is what the embedded database needs.
 * Returns what was dropped, or null where this day is done or has not begun.
 */
export async function keepHouse(
  db: Db,
  now: Date,
  backUp?: (on: string) => Promise<unknown>,
): Promise<Record<string, number> | null> {
  if (now.getUTCHours() < HOUR_UTC) return null;
  const on = now.toISOString().slice(0, 10);
  let dropped: Record<string, number> = {};
  const delivery = { workspaceId: 'house', source: 'daily', deliveryKey: on, now };
  const isOurs = await actOnce(db, delivery, async () => {
    dropped = await dropOld(db, now);
    await backUp?.(on);
  });
  return isOurs ? dropped : null;
}
