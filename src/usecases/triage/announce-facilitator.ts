import { facilitatorMessage } from '../../blocks/triage/triage-notes.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import { listPeople } from '../../db/people/people.ts';
import type { Program } from '../../db/programs/programs.ts';
import { type Cadence, nextInstant } from '../../domain/time/cadence.ts';
import { localDateOn, localTimeAt, localTimeToInstant, previousWorkingDay } from '../../domain/time/working-time.ts';
import { nextFacilitator } from './open-triage.ts';
import { addressOf } from './render-triage.ts';

/** A message outside of these is read on the next morning at best, and disturbs at worst. */
const WORKING_HOURS = { from: '09:00', to: '17:00' };

/**
 * Tells the next facilitator a working day ahead, within the working hours of that person's own clock. Safe to call at
 * every tick of the heartbeat: one message is enqueued for each triage and person. Answers whether it just was.
 */
export async function announceFacilitator(db: Db, program: Program, cadence: Cadence, now: Date): Promise<boolean> {
  const dueAt = nextInstant(cadence, now);
  const eveOn = previousWorkingDay(localDateOn(dueAt, cadence.timeZone), program);
  const toldFrom = localTimeToInstant(eveOn, WORKING_HOURS.from, cadence.timeZone);
  // A program that has just begun has its greeting; its first triage needs no second message.
  if (now < toldFrom || program.createdAt > toldFrom) return false;
  const facilitatorId = await nextFacilitator(db, program);
  if (!facilitatorId) return false;
  const [person] = await listPeople(db, program.workspaceId, [facilitatorId]);
  const time = localTimeAt(now, person?.timeZone ?? program.timeZone);
  if (time < WORKING_HOURS.from || time >= WORKING_HOURS.to) return false;
  return enqueuePost(db, {
    ...addressOf(program, now),
    channel: facilitatorId,
    // The day, so that a triage moved by an hour is not announced twice.
    dedupeKey: `triage:${program.id}:${localDateOn(dueAt, cadence.timeZone)}:facilitator:${facilitatorId}`,
    body: facilitatorMessage({ channelId: program.channelId, timeZone: program.timeZone, dueAt }),
  });
}
