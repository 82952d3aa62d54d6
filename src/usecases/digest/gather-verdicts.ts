import { countKnownDefectWeeks, findFirstFiledBefore } from '../../db/digest/verdict-facts.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listSchedules } from '../../db/programs/schedules.ts';
import { type KnownWeek, lagChange, type ProgramVerdicts, verdictOn } from '../../domain/digest/program-verdicts.ts';
import { type SinceWhen, sinceWhen } from '../../domain/digest/since-when.ts';
import { verdictWeeks } from '../../domain/digest/verdict-weeks.ts';
import { defaultCadences } from '../../domain/programs/program-defaults.ts';
import { CREEP } from '../../domain/stats/change-point.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { knownAreaWeeks } from './known-area-weeks.ts';

/**
 * What may be said of a program's reports as of its last whole week: the same in a digest, a triage and on a board. Null
 * while the program's first week is not over.
 */
export async function gatherVerdicts(db: Db, program: Program, now: Date): Promise<ProgramVerdicts | null> {
  const bounds = await weeksOfProgram(db, program, now);
  if (bounds.length < 2) return null;
  const areas = await knownAreaWeeks(db, program, bounds);
  const weeks = weeksOfAll(areas);
  const given = { lag: lagChange(weeks), areas: areas.map(({ weeks: known }) => known) };
  const tickets = (known: readonly KnownWeek[]) => known.map((week) => week.tickets);
  return {
    reports: verdictOn(bounds, weeks, given),
    tickets: sinceWhen(bounds, tickets(weeks), { alike: given.areas.map(tickets) }),
    areas: areas.map(({ area, weeks: known }) => ({ area, verdict: verdictOn(bounds, known, given) })),
    weeks,
  };
}

/**
 * What may be said of single defects as of the program's last whole week, by their ids: the same in a thread, on a card
 * and wherever creep is told. The week in which a defect was first reported is left out, since a report had to fall into
 * it; a defect younger than that has no verdict.
 *
 * @param defectIds left out, every defect that was ever reported
 */
export async function gatherDefectVerdicts(
  db: Db,
  program: Program,
  now: Date,
  defectIds?: readonly number[],
): Promise<Map<number, SinceWhen>> {
  const bounds = await weeksOfProgram(db, program, now);
  const verdicts = new Map<number, SinceWhen>();
  const [areas, found] = await Promise.all([
    knownAreaWeeks(db, program, bounds),
    countKnownDefectWeeks(db, program.id, bounds, defectIds),
  ]);
  // A single defect has too few reports to tell how late they are.
  const lag = lagChange(weeksOfAll(areas));
  for (const [id, weeks] of found) {
    const from = weeks.findIndex(({ reports, late }) => reports + late > 0) + 1;
    if (from > 0 && from < weeks.length)
      verdicts.set(id, verdictOn(bounds.slice(from), weeks.slice(from), { lag, search: CREEP }));
  }
  return verdicts;
}

/** From the beginning of the program, or of the history that was imported into it. */
export async function weeksOfProgram(db: Db, program: Program, now: Date): Promise<Date[]> {
  const [schedules, imported] = await Promise.all([
    listSchedules(db, program.id),
    findFirstFiledBefore(db, program.id, program.createdAt),
  ]);
  const digest = schedules.find(({ ritual }) => ritual === 'digest');
  const cadence = digest?.cadence ?? defaultCadences(program, localDateOn(now, program.timeZone)).digest;
  return verdictWeeks(cadence, imported ?? program.createdAt, now);
}

function weeksOfAll(areas: readonly { weeks: readonly KnownWeek[] }[]): KnownWeek[] {
  return (areas[0]?.weeks ?? []).map((_, i) => addedUp(areas.map(({ weeks }) => weeks[i])));
}

function addedUp(weeks: readonly (KnownWeek | undefined)[]): KnownWeek {
  const sum = (of: keyof KnownWeek) => weeks.reduce((total, week) => total + (week?.[of] ?? 0), 0);
  return { reports: sum('reports'), tickets: sum('tickets'), late: sum('late') };
}
