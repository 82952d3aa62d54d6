import { type WeeklyChange, weeklyChange } from '../digest/weekly-change.ts';
import { adjustedPValues, FALSE_CALL_SHARE } from '../stats/benjamini-hochberg.ts';
import { errorRatio, type Traffic } from '../stats/error-budget.ts';
import { type BudgetStanding, budgetStanding, downtimeOf, failuresOf } from './budget-standing.ts';
import type { AreaReliability, LatencyQuantile, ReliabilityReading } from './reliability.ts';

/** `not read`: earlier weeks were, this one was not. Null: never measured. */
export type Measured<T> = T | 'no traffic' | 'not read' | null;

/** A quantile beside that of last week. Within one bucket of the histogram nothing can be told apart. */
export type QuantileChange = { now: LatencyQuantile; before: LatencyQuantile | null; isSameBucket: boolean };

/** How one area stands in a week. */
export type AreaStanding = {
  area: string;
  /** Why nothing was read, in one sentence; nothing else is said of the area then. */
  trouble: string | null;
  hasObjective: boolean;
  budget: BudgetStanding | 'no traffic' | null;
  errors: Measured<WeeklyChange>;
  /** Requests that were slower than the threshold. */
  slow: Measured<WeeklyChange & { thresholdSeconds: number }>;
  p99: QuantileChange | null;
  /** The share of the week that the area was down. */
  downtime: Measured<WeeklyChange>;
  /** What the weeks below are a share of. */
  measure: BudgetStanding['measure'];
  /** The share that failed in each week, the oldest first; null where it was not read or nothing went through. */
  failureWeeks: { endsAt: Date; share: number | null }[];
};

/** The areas that are measured, those with the least budget left first, and the names of those that are not. */
export type ReliabilityReport = { areas: AreaStanding[]; unmeasured: string[] };

/**
 * What may be said of the reliability of the areas this week: budgets, this week beside the last with a verdict that
 * rests on an interval, and the weeks behind it. What the metrics did not say stays unsaid; it never becomes a zero.
 * `undefined` where no area is measured at all.
 *
 * @param allNames of every area of the program, so that those without metrics are named too
 */
export function assembleReliability(
  areas: readonly AreaReliability[],
  allNames: readonly string[] = [],
): ReliabilityReport | undefined {
  const known = areas.filter(
    ({ trouble, period, weeks }) =>
      trouble !== null || period !== null || weeks.some(({ reading }) => reading !== null),
  );
  if (known.length === 0) return undefined;
  return {
    areas: gradedTogether(known.map(standingOf)).sort((a, b) => placeOf(a) - placeOf(b)),
    unmeasured: allNames.filter((name) => !known.some(({ area }) => area === name)),
  };
}

/** Is a budget spent, nearly so, or burning faster than allowed? */
export function isEndangered({ budget, trouble }: AreaStanding): boolean {
  if (trouble !== null || budget === null || budget === 'no traffic') return false;
  return budget.standing !== 'holds' || budget.isBurning;
}

/** A budget in danger, a measure that changed, or an area that could not be read. */
export function isNews({ areas }: ReliabilityReport): boolean {
  const isChanged = (change: Measured<WeeklyChange>) =>
    change !== null && typeof change === 'object' && change.grade !== 'no clear change';
  return areas.some(
    (area) => area.trouble !== null || isEndangered(area) || [area.errors, area.slow, area.downtime].some(isChanged),
  );
}

/**
 * Keeps a direction only where it also survives the correction of Benjamini and Hochberg over all that is compared, so
 * that at most a tenth of the changes named in a digest of many areas are chance.
 */
function gradedTogether(areas: readonly AreaStanding[]): AreaStanding[] {
  const isTested = (change: Measured<WeeklyChange>): change is WeeklyChange =>
    change !== null &&
    typeof change === 'object' &&
    change.interval !== null &&
    (change.now > 0 || change.before !== 0);
  const tested = areas.flatMap(({ errors, slow, downtime }) => [errors, slow, downtime].filter(isTested));
  const adjusted = adjustedPValues(tested.map(({ p }) => p));
  const doubtful = new Set<unknown>(tested.filter((_, i) => (adjusted[i] ?? 1) > FALSE_CALL_SHARE));
  const settled = <C extends Measured<WeeklyChange>>(change: C): C =>
    doubtful.has(change) ? { ...(change as C & object), grade: 'no clear change' } : change;
  return areas.map((area) => ({
    ...area,
    errors: settled(area.errors),
    slow: settled(area.slow),
    downtime: settled(area.downtime),
  }));
}

function standingOf(area: AreaReliability): AreaStanding {
  const weeks = area.weeks.map(({ reading }) => reading);
  const pick = (of: (reading: ReliabilityReading) => Traffic | null) =>
    measured(weeks.map((reading) => reading && of(reading)));
  const failures = failuresOf(area);
  const slow = pick((reading) => reading.slow);
  const thresholdSeconds = area.objective?.thresholdSeconds ?? null;
  return {
    area: area.area,
    trouble: area.trouble,
    hasObjective: area.objective !== null,
    budget: budgetStanding(area) ?? null,
    errors: pick((reading) => reading.requests),
    slow: thresholdSeconds === null ? null : slow && typeof slow === 'object' ? { ...slow, thresholdSeconds } : slow,
    p99: quantileChange(weeks),
    downtime: measured(weeks.map(downtimeOf)),
    measure: failures.measure,
    failureWeeks: area.weeks.map(({ endsAt }, i) => ({ endsAt, share: shareOf(failures.weeks[i]) })),
  };
}

function shareOf(week: Traffic | null | undefined): number | null {
  return (week && errorRatio(week)) ?? null;
}

function measured(weeks: readonly (Traffic | null)[]): Measured<WeeklyChange> {
  const change = weeklyChange(weeks);
  return change ?? (weeks.some((week) => week !== null) ? 'not read' : null);
}

function quantileChange(weeks: readonly (ReliabilityReading | null)[]): QuantileChange | null {
  const [now, before] = [weeks.at(-1)?.p99 ?? null, weeks.at(-2)?.p99 ?? null];
  return now && { now, before, isSameBucket: before?.above === now.above && before.upTo === now.upTo };
}

/** The least budget left first, then those without a budget, then those that nothing was read of. */
function placeOf({ budget, trouble }: AreaStanding): number {
  if (trouble !== null) return 3;
  return budget && typeof budget === 'object' ? Math.max(-1e6, Math.min(1, budget.left)) : 2;
}
