import type { Settings } from '../../blocks/programs/settings-modal.ts';
import { listReportedDefects, setHeatLevel } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { insertAudit } from '../../db/programs/audit.ts';
import { lockProgram, type Program, updateProgram } from '../../db/programs/programs.ts';
import { listSchedules, updateSchedule } from '../../db/programs/schedules.ts';
import { listReportsOldestFirst } from '../../db/reports/reports.ts';
import { heatLevel } from '../../domain/defects/rank.ts';
import { Refusal } from '../../domain/refusal.ts';
import { cutText } from '../../domain/text.ts';
import { type Cadence, parseCadence } from '../../domain/time/cadence.ts';
import type { Ritual } from '../../domain/vocabulary.ts';
import type { Doing } from '../doing.ts';
import { settingsChanges } from './settings-changes.ts';

/** The settings of a program as its form shows them. */
export async function readSettings(db: Db, program: Program): Promise<Settings> {
  const schedules = await listSchedules(db, program.id);
  const cadenceOf = (ritual: Ritual) => {
    const found = schedules.find((schedule) => schedule.ritual === ritual);
    if (!found) throw new Error(`Program ${program.id} has no schedule for ${ritual}.`);
    return found.cadence;
  };
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

/** Changes all settings in one transaction, or none: what is wrong is a Refusal that names its field. */
export async function changeSettings(db: Db, program: Program, wanted: Settings, doing: Doing): Promise<void> {
  refuseOutOfRange(wanted);
  await db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const held = await lockProgram(tx, program.id);
    await insertAudit(tx, program.id, doing, settingsChanges(await readSettings(tx, held), wanted));
    for (const { ritual, cadence } of await listSchedules(tx, program.id)) {
      const changed = checked({ ...cadence, ...calendarFor(ritual, wanted), ...rhythmOf(ritual, wanted) }, ritual);
      if (JSON.stringify(changed) === JSON.stringify(cadence)) continue;
      await updateSchedule(tx, program.id, ritual, { cadence: changed }, doing.now);
    }
    const changedProgram = await updateProgram(tx, program.id, {
      timeZone: wanted.timeZone,
      workingDays: [...wanted.workingDays],
      holidays: [...new Set(wanted.holidays)].sort(),
      halfLifeDays: wanted.halfLifeDays,
      agendaLimit: wanted.agendaLimit,
      leadIds: [...wanted.leadIds],
      deciderIds: wanted.deciderIds && [...wanted.deciderIds],
      strangersMayReport: wanted.strangersMayReport,
      facilitatorIds: [...wanted.facilitatorIds],
      charts: wanted.charts,
    });
    if (changedProgram.halfLifeDays !== held.halfLifeDays) await reheat(tx, changedProgram);
  });
}

/** Another half-life is another order: every level is counted anew. */
async function reheat(tx: Db, program: Program): Promise<void> {
  for (const id of await listReportedDefects(tx, program.id)) {
    await setHeatLevel(tx, id, heatLevel(await listReportsOldestFirst(tx, id), program.halfLifeDays));
  }
}

/** As many dates as the form can show again. */
const MOST_HOLIDAYS = 200;

function refuseOutOfRange({ halfLifeDays, agendaLimit, holidays }: Settings): void {
  if (holidays.length > MOST_HOLIDAYS)
    throw new Refusal(`At most ${MOST_HOLIDAYS} holidays fit. Leave out the past ones.`, 'holidays');
  if (!Number.isInteger(halfLifeDays) || halfLifeDays < 1 || halfLifeDays > 365) {
    throw new Refusal('Use a whole number of days, 1 to 365.', 'halfLife');
  }
  if (!Number.isInteger(agendaLimit) || agendaLimit < 1 || agendaLimit > 30) {
    throw new Refusal('Use a whole number of items, 1 to 30.', 'agendaLimit');
  }
}

function calendarFor(ritual: Ritual, { timeZone, workingDays, holidays }: Settings): Partial<Cadence> {
  if (ritual === 'proof') return { timeZone };
  return { timeZone, workingDays: [...workingDays], holidays: [...holidays] };
}

function rhythmOf(ritual: Ritual, wanted: Settings): Partial<Cadence> {
  if (ritual === 'triage' || ritual === 'digest') {
    const { weekdays, atLocalTime, everyWeeks } = wanted[ritual];
    return { weekdays: [...weekdays], atLocalTime, everyWeeks };
  }
  if (ritual === 'reminders') return { weekdays: [...wanted.workingDays], atLocalTime: wanted.reminderTime };
  return {};
}

const FIELD_OF: readonly [RegExp, string][] = [
  [/time zone/, 'timeZone'],
  [/holiday|date/, 'holidays'],
  [/workingDays|working/, 'workingDays'],
];

function checked(cadence: unknown, ritual: Ritual): Cadence {
  const parsed = parseCadence(cadence);
  if ('ok' in parsed) return parsed.ok;
  const words = parsed.bad.join(' ');
  const field =
    FIELD_OF.find(([pattern]) => pattern.test(words))?.[1] ?? (ritual === 'digest' ? 'digestDay' : 'triageDay');
  throw new Refusal(cutText(`${words[0]?.toUpperCase() ?? ''}${words.slice(1)}.`, 300), field);
}
