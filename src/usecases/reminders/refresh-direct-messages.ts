import type { Db } from '../../db/engine/client.ts';
import { listStaleLive, lockLive } from '../../db/reminders/live-messages.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { showLive } from './live-message.ts';

/** As long as the farthest date that is promised by default: a message that names it is true until then. */
const EDITED_DAYS = 92;

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
