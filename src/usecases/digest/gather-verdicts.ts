import { countKnownDefectWeeks, findFirstFiledBefore } from '../../db/digest/verdict-facts.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listSchedules } from '../../db/programs/schedules.ts';
import type { KnownWeek, ProgramVerdicts } from '../../domain/digest/program-verdicts.ts';
import { type SinceWhen, sinceWhen } from '../../domain/digest/since-when.ts';
import { verdictWeeks } from '../../domain/digest/verdict-weeks.ts';
import { defaultCadences } from '../../domain/programs/program-defaults.ts';
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
  const weeks = bounds.slice(1).map((_, i) => addedUp(areas.map((area) => area.weeks[i])));
  const verdictOn = (known: readonly KnownWeek[], of: 'reports' | 'tickets') =>
    sinceWhen(
      bounds,
      known.map((week) => week[of]),
    );
  return {
    reports: verdictOn(weeks, 'reports'),
    tickets: verdictOn(weeks, 'tickets'),
    areas: areas.map(({ area, weeks: known }) => ({ area, verdict: verdictOn(known, 'reports') })),
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
  for (const [id, weeks] of await countKnownDefectWeeks(db, program.id, bounds, defectIds)) {
    const from = weeks.findIndex(({ reports, late }) => reports + late > 0) + 1;
    const counts = weeks.slice(from).map(({ reports }) => reports);
    if (from > 0 && counts.length > 0) verdicts.set(id, sinceWhen(bounds.slice(from), counts));
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

function addedUp(weeks: readonly (KnownWeek | undefined)[]): KnownWeek {
  const sum = (of: keyof KnownWeek) => weeks.reduce((total, week) => total + (week?.[of] ?? 0), 0);
  return { reports: sum('reports'), tickets: sum('tickets'), late: sum('late') };
}
