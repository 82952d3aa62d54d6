import { facilitatorMessage } from '../../blocks/triage/triage-notes.ts';
import type { Db } from '../../db/engine/client.ts';
import { enqueuePost } from '../../db/messages/outbox.ts';
import { listPeople } from '../../db/people/people.ts';
import type { Program } from '../../db/programs/programs.ts';
import { type Cadence, nextInstant, nextLocalTime } from '../../domain/time/cadence.ts';
import { HOUR_MS } from '../../domain/time/durations.ts';
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
  const { dueAt, toldFrom } = nextTriage(program, cadence, now);
  // A program that has just begun has its greeting; its first triage needs no second message.
  if (now < toldFrom || program.createdAt > toldFrom) return false;
  const facilitator = await findNext(db, program);
  if (!facilitator || !isWithinHours(localTimeAt(now, facilitator.timeZone))) return false;
  return enqueuePost(db, {
    ...addressOf(program, now),
    channel: facilitator.id,
    // The day, so that a triage moved by an hour is not announced twice.
    dedupeKey: `triage:${program.id}:${localDateOn(dueAt, cadence.timeZone)}:facilitator:${facilitator.id}`,
    body: facilitatorMessage({ channelId: program.channelId, timeZone: program.timeZone, dueAt }),
  });
}

/** When there may be somebody to tell next, where whoever it is at `now` has been told. */
export async function nextAnnouncementAt(db: Db, program: Program, cadence: Cadence, now: Date): Promise<Date> {
  const { dueAt, toldFrom } = nextTriage(program, cadence, now);
  if (program.createdAt > toldFrom) return dueAt;
  if (now < toldFrom) return toldFrom;
  const facilitator = await findNext(db, program);
  if (!facilitator) return dueAt;
  if (!isWithinHours(localTimeAt(now, facilitator.timeZone)))
    return nextLocalTime(WORKING_HOURS.from, facilitator.timeZone, now);
  // A triage that is opened by hand meanwhile passes the turn on.
  return new Date(now.getTime() + HOUR_MS);
}

function nextTriage(program: Program, cadence: Cadence, now: Date): { dueAt: Date; toldFrom: Date } {
  const dueAt = nextInstant(cadence, now);
  const eveOn = previousWorkingDay(localDateOn(dueAt, cadence.timeZone), program);
  return { dueAt, toldFrom: localTimeToInstant(eveOn, WORKING_HOURS.from, cadence.timeZone) };
}

async function findNext(db: Db, program: Program): Promise<{ id: string; timeZone: string } | null> {
  const id = await nextFacilitator(db, program);
  if (!id) return null;
  const [person] = await listPeople(db, program.workspaceId, [id]);
  return { id, timeZone: person?.timeZone ?? program.timeZone };
}

function isWithinHours(time: string): boolean {
  return time >= WORKING_HOURS.from && time < WORKING_HOURS.to;
}
