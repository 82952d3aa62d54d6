import type { Db } from '../../../db/engine/client.ts';
import { holdSchedule, lookAgainUnder, markLookedAt } from '../../../db/programs/due-schedules.ts';
import type { Program } from '../../../db/programs/programs.ts';
import type { Schedule } from '../../../db/programs/schedules.ts';
import { listRemindable } from '../../../db/reminders/nudges.ts';
import { nextReminderAt } from '../../../domain/reminders/reminders.ts';
import { nextInstant, nextLocalTime } from '../../../domain/time/cadence.ts';
import { zoneOf } from '../../reminders/remind-owners.ts';
import { nextAnnouncementAt } from '../../triage/announce-facilitator.ts';
import { decidedUntil } from './decided-until.ts';

// Raised with every change of a rule by which something comes to be due. The second part is that of the time zones.
const RULES = `1 ${process.versions.tz}`;

/**
 * Notes that a schedule was looked at, and until when no beat needs to look again. What it depends on is read while it is
 * held, so that whatever changes one of these waits and makes it due again: it is never late for a change it did not see.
 */
export async function reckonNextDue(db: Db, scheduleId: number, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const held = await holdSchedule(tx, scheduleId);
    if (!held) return;
    const nextDueAt = await nextDueOf(tx, held.schedule, held.program, now);
    await markLookedAt(tx, scheduleId, { nextDueAt, lookedAt: now, reckonedBy: RULES });
  });
}

/** Once a process starts: what was reckoned by other rules, or with other time zones, is looked at again. */
export async function reckonAnew(db: Db): Promise<void> {
  await lookAgainUnder(db, RULES);
}

async function nextDueOf(tx: Db, schedule: Schedule, program: Program, now: Date): Promise<Date> {
  const { ritual, cadence } = schedule;
  if (ritual === 'reminders') return nextRemindersAt(tx, program, cadence.atLocalTime, now);
  const next = nextInstant(cadence, await decidedUntil(tx, schedule, now));
  return ritual === 'triage' ? earliest([next, await nextAnnouncementAt(tx, program, cadence, now)]) : next;
}

/** The first morning of anybody who may be reminded; that of the program too, for whoever is not known yet. */
async function nextRemindersAt(tx: Db, program: Program, localTime: string, now: Date): Promise<Date> {
  const people = (await listRemindable(tx, program)).filter(({ isActive }) => isActive);
  const mornings = people.map((person) =>
    nextReminderAt({ timeZone: zoneOf(person, program), lastOn: person.lastOn }, { localTime, now, calendar: program }),
  );
  return earliest([nextLocalTime(localTime, program.timeZone, now), ...mornings]);
}

function earliest(instants: readonly Date[]): Date {
  return new Date(Math.min(...instants.map((at) => at.getTime())));
}
