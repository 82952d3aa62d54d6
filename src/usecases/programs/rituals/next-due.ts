import type { Db } from '../../../db/engine/client.ts';
import { nextRunAt } from '../../../db/messages/waiting-messages.ts';
import type { Program } from '../../../db/programs/programs.ts';
import { listEnabledSchedules, type Schedule } from '../../../db/programs/schedules.ts';
import { listRemindable } from '../../../db/reminders/nudges.ts';
import { nextTriageClosesAt } from '../../../db/triage/triages.ts';
import { nextInstant, nextLocalTime } from '../../../domain/time/cadence.ts';
import { zoneOf } from '../../reminders/remind-owners.ts';

// What is not foreseen here, such as work for which a program has no schedule, is looked for this often all the same.
const LONGEST_MS = 6 * 3_600_000;

/** Until when the clock alone makes nothing due, at most six hours ahead: whoever moves the clock may skip that time. */
export async function nextDueAt(db: Db, now: Date): Promise<Date> {
  const dues = [await nextTriageClosesAt(db), await nextRunAt(db, now)].filter((at) => at !== null && at > now);
  for (const { schedule, program } of await listEnabledSchedules(db))
    dues.push(...(await duesOf(db, schedule, program, now)));
  return dues.reduce<Date>((first, at) => (at && at < first ? at : first), new Date(now.getTime() + LONGEST_MS));
}

async function duesOf(db: Db, { ritual, cadence }: Schedule, program: Program, now: Date): Promise<Date[]> {
  const { atLocalTime, timeZone } = cadence;
  if (ritual === 'reminders') {
    const zones = new Set((await listRemindable(db, program)).map((person) => zoneOf(person, program)));
    return [...zones].map((zone) => nextLocalTime(atLocalTime, zone, now));
  }
  // The facilitator of a triage is told at the same time of a day before.
  return [nextInstant(cadence, now), ...(ritual === 'triage' ? [nextLocalTime(atLocalTime, timeZone, now)] : [])];
}
