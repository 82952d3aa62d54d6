import type { Db } from '../db/client.ts';
import { claimDelivery, type Delivery, finishDelivery, releaseDelivery } from '../db/inbox.ts';

// Slack sends an event again after a minute at the latest; whoever began before that and did not finish has died.
const ABANDONED_MS = 45_000;

/** Does the work unless the same delivery was acted on before. What throws may be tried again. False for a repeat. */
export async function actOnce(
  db: Db,
  delivery: Delivery & { now: Date },
  work: () => Promise<unknown>,
): Promise<boolean> {
  const { now, ...what } = delivery;
  const isOurs = await claimDelivery(db, what, { now, abandonedBefore: new Date(now.getTime() - ABANDONED_MS) });
  if (!isOurs) return false;
  try {
    await work();
  } catch (error) {
    await releaseDelivery(db, what);
    throw error;
  }
  await finishDelivery(db, what);
  return true;
}
