import { facilitatorMessage } from '../blocks/triage-notes.ts';
import type { Db } from '../db/client.ts';
import { enqueuePost } from '../db/outbox.ts';
import { listTriageSchedules } from '../db/triages.ts';
import { nextInstant } from '../domain/cadence.ts';
import { localDateOn, localTimeToInstant, previousWorkingDay } from '../domain/working-time.ts';
import { countProgram } from './count-program.ts';
import { nextFacilitator } from './open-triage.ts';
import { addressOf } from './render-triage.ts';

/**
 * Tells the next facilitator of every program a working day ahead, at the local time of the triage. Safe to call at
 * every tick of the heartbeat: the message of one triage and one person is enqueued once. Answers how many were.
 */
export async function announceFacilitators(db: Db, now: Date): Promise<number> {
  let announced = 0;
  for (const { program, cadence } of await listTriageSchedules(db)) {
    const dueAt = nextInstant(cadence, now);
    const eve = previousWorkingDay(localDateOn(dueAt, cadence.timeZone), program);
    if (now < localTimeToInstant(eve, cadence.atLocalTime, cadence.timeZone)) continue;
    const facilitatorId = await nextFacilitator(db, program);
    if (!facilitatorId) continue;
    const isNew = await enqueuePost(db, {
      ...addressOf(program, now),
      channel: facilitatorId,
      dedupeKey: `triage:${program.id}:${dueAt.toISOString()}:facilitator:${facilitatorId}`,
      body: facilitatorMessage({
        programName: program.name,
        channelId: program.channelId,
        timeZone: program.timeZone,
        dueAt,
        counts: await countProgram(db, program, { now }),
      }),
    });
    if (isNew) announced += 1;
  }
  return announced;
}
