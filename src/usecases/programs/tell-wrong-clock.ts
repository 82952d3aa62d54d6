import { wrongClockNotice } from '../../blocks/programs/wrong-clock-notice.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import { listPrograms } from '../../db/programs/programs.ts';

/** Tells every lead, once a day, that the clock of the host is wrong. */
export async function tellWrongClock(db: Db, wrong: { hostSaid: Date; itWas: Date }): Promise<void> {
  const on = wrong.itWas.toISOString().slice(0, 10);
  for (const { workspaceId, id, leadIds, timeZone } of await listPrograms(db)) {
    for (const leadId of leadIds) {
      await enqueuePost(db, {
        workspaceId,
        programId: id,
        // A lead of several programs is told once.
        dedupeKey: `wrong-clock:${on}:${leadId}`,
        channel: leadId,
        body: wrongClockNotice({ ...wrong, timeZone }),
        runAt: wrong.itWas,
      });
    }
  }
}
