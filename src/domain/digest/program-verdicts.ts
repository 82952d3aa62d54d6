import { rateChanges, type Search, STEPS } from '../stats/change-point.ts';
import { type SinceWhen, sinceWhen } from './since-when.ts';

/**
 * A week as it was known when it ended; `late` was filed within a fortnight after that, so that weeks of any age compare.
 * It is none for the two newest weeks.
 */
export type KnownWeek = { reports: number; tickets: number; late: number };

/** The verdicts on a program, on its support tickets and on each of its areas. */
export type ProgramVerdicts = {
  reports: SinceWhen;
  tickets: SinceWhen;
  areas: readonly { area: string; verdict: SinceWhen }[];
  /** The weeks that they rest on. */
  weeks: readonly KnownWeek[];
};

/** What is filed late of these is not all filed yet. */
export const UNSETTLED_WEEKS = 2;
/** A smaller difference in how late people report explains little of a change. */
const LAG_POINTS = 0.1;
/** For so many weeks that it changed is news. */
const NEWS_WEEKS = 8;

/** What is late of a week varies hardly more than chance, so that this evidence, asked for, is as rarely wrong. */
const LAGS: Search = { ...STEPS, alpha: () => 0.2 };

/** The share of reports that came in time before and since a week in which that changed. */
export type LagChange = { before: number; since: number; isNews: boolean };

/**
 * Did people begin to report later or sooner? Weeks are compared as they were known when they ended, so that would look
 * like a change of the rate, or hide one. It is found as that of a rate is, among all reports of each week, so that looking
 * every week finds none that is none; one of less than ten points is not told.
 */
export function lagChange(weeks: readonly KnownWeek[]): LagChange | null {
  const settled = settledOf(weeks);
  const changes = rateChanges(
    settled.map(({ late }) => late),
    { exposures: settled.map(({ reports, late }) => reports + late), search: LAGS },
  );
  const at = changes.at(-1)?.at;
  if (at === undefined) return null;
  const [before, since] = [settled.slice(changes.at(-2)?.at ?? 0, at), settled.slice(at)].map(shareInTime);
  if (before === undefined || since === undefined || !(Math.abs(before - since) >= LAG_POINTS)) return null;
  return { before, since, isNews: settled.length - at <= NEWS_WEEKS };
}

/**
 * The verdict on weeks of reports: each as it was known when it ended. Where people began to report later or sooner, each
 * as it was known a fortnight after that, which both ages share, so that the two newest are not compared yet.
 *
 * @param areas the same weeks of each area of the program
 */
export function verdictOn(
  bounds: readonly Date[],
  weeks: readonly KnownWeek[],
  { lag, areas = [weeks], search = STEPS }: VerdictGiven,
): SinceWhen {
  const asKnown = sinceWhen(bounds, knownOf(weeks), { alike: areas.map(knownOf), search });
  if (!lag) return asKnown;
  const settled = settledCounts(weeks);
  const {
    grade,
    since,
    weeks: lasting,
  } = sinceWhen(bounds.slice(0, settled.length + 1), settled, {
    alike: areas.map(settledCounts),
    search,
  });
  return { ...asKnown, grade, since, weeks: lasting + weeks.length - settled.length };
}

type VerdictGiven = { lag: LagChange | null; areas?: readonly (readonly KnownWeek[])[]; search?: Search };

const knownOf = (weeks: readonly KnownWeek[]) => weeks.map(({ reports }) => reports);
const settledCounts = (weeks: readonly KnownWeek[]) => settledOf(weeks).map(({ reports, late }) => reports + late);
const settledOf = (weeks: readonly KnownWeek[]) => weeks.slice(0, -UNSETTLED_WEEKS);

function shareInTime(weeks: readonly KnownWeek[]): number {
  const inTime = weeks.reduce((sum, { reports }) => sum + reports, 0);
  return inTime / weeks.reduce((sum, { reports, late }) => sum + reports + late, 0);
}
