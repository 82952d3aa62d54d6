import { listSchedules } from '../../db/programs/schedules.ts';
import type { Settings } from '../../domain/programs/settings.ts';
import { nextInstant } from '../../domain/time/cadence.ts';
import type { Ritual } from '../../domain/vocabulary.ts';
import type { Db, Program } from '../doing.ts';

/** The settings of a program as its forms show them. */
export async function readSettings(db: Db, program: Program): Promise<Settings> {
  const cadenceOf = await cadencesOf(db, program);
  return {
    timeZone: program.timeZone,
    workingDays: program.workingDays,
    holidays: program.holidays,
    halfLifeDays: program.halfLifeDays,
    agendaLimit: program.agendaLimit,
    leadIds: program.leadIds,
    deciderIds: program.deciderIds,
    strangersMayReport: program.strangersMayReport,
    facilitatorIds: program.facilitatorIds,
    triage: cadenceOf('triage'),
    digest: cadenceOf('digest'),
    reminderTime: cadenceOf('reminders').atLocalTime,
    charts: program.charts,
  };
}

/** When the next triage and the next digest are due. */
export async function readNextRituals(db: Db, program: Program, now: Date): Promise<{ triage: Date; digest: Date }> {
  const cadenceOf = await cadencesOf(db, program);
  return { triage: nextInstant(cadenceOf('triage'), now), digest: nextInstant(cadenceOf('digest'), now) };
}

async function cadencesOf(db: Db, program: Program) {
  const schedules = await listSchedules(db, program.id);
  return (ritual: Ritual) => {
    const found = schedules.find((schedule) => schedule.ritual === ritual);
    if (!found) throw new Error(`Program ${program.id} has no schedule for ${ritual}.`);
    return found.cadence;
  };
}
