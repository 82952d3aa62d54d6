import { facilitatorMessage } from '../../blocks/triage/triage-notes.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import type { Program } from '../../db/programs/programs.ts';
import { type Cadence, nextInstant } from '../../domain/time/cadence.ts';
import { localDateOn, localTimeToInstant, previousWorkingDay } from '../../domain/time/working-time.ts';
import { countProgram } from '../programs/count-program.ts';
import { nextFacilitator } from './open-triage.ts';
import { addressOf } from './render-triage.ts';

/**
 * Tells the next facilitator a working day ahead, at the local time of the triage. Safe to call at every tick of the
 * heartbeat: the message of one triage and one person is enqueued once. Answers whether it just was.
 */
export async function announceFacilitator(db: Db, program: Program, cadence: Cadence, now: Date): Promise<boolean> {
  const dueAt = nextInstant(cadence, now);
  const eveOn = previousWorkingDay(localDateOn(dueAt, cadence.timeZone), program);
  const toldFrom = localTimeToInstant(eveOn, cadence.atLocalTime, cadence.timeZone);
  // A program that has just begun has its greeting; its first triage needs no second message.
  if (now < toldFrom || program.createdAt > toldFrom) return false;
  const facilitatorId = await nextFacilitator(db, program);
  if (!facilitatorId) return false;
  return enqueuePost(db, {
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
}
