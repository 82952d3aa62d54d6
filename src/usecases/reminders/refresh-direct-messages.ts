import type { Db } from '../../db/engine/client.ts';
import { listStaleLive, lockLive } from '../../db/reminders/live-messages.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { showLive } from './live-message.ts';

/** Nobody scrolls further up for what waits. */
const EDITED_DAYS = 30;

/** Shows in every direct message what was done about its defects since, wherever it was done. Each in a transaction of its own. */
export async function refreshDirectMessages(db: Db, now: Date, afterEventId = 0): Promise<number> {
  const stale = await listStaleLive(db, new Date(now.getTime() - EDITED_DAYS * DAY_MS), afterEventId);
  for (const id of stale)
    await db.transaction(async (tx) => {
      const live = await lockLive(tx, id);
      if (live) await showLive(tx, live, now);
    });
  return stale.length;
}
