import { wrongClockNotice } from '../../../blocks/programs/wrong-clock-notice.ts';
import type { Db } from '../../../db/engine/client.ts';
import { enqueuePosts } from '../../../db/messages/outbox.ts';
import { listPrograms } from '../../../db/programs/programs.ts';

/** Tells every lead, once a day, that the clock of the host is wrong. */
export async function tellWrongClock(db: Db, wrong: { hostSaid: Date; itWas: Date }): Promise<void> {
  const on = wrong.itWas.toISOString().slice(0, 10);
  for (const { workspaceId, id, leadIds, timeZone } of await listPrograms(db)) {
    const body = wrongClockNotice({ ...wrong, timeZone });
    // A lead of several programs is told once.
    const notice = { workspaceId, programId: id, dedupeKey: `wrong-clock:${on}`, body, runAt: wrong.itWas };
    await enqueuePosts(db, notice, leadIds);
  }
}
