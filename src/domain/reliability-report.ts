import { type BudgetStanding, budgetStanding } from './budget-standing.ts';
import type { AreaReliability, LatencyQuantile, ReliabilityReading } from './reliability.ts';
import { errorRatio, type Traffic } from './stats/error-budget.ts';
import { type WeeklyChange, weeklyChange } from './weekly-change.ts';

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
  /** The error ratio of each week, the oldest first; null where it was not read or nothing went through. */
  errorWeeks: (number | null)[];
};

/** The areas that are measured, those with the least budget left first, and the names of those that are not. */
export type ReliabilityReport = { areas: AreaStanding[]; unmeasured: string[] };

const WEEK_MINUTES = 7 * 24 * 60;

/**
 * What may be said of the reliability of the areas this week: budgets, this week beside the last with a verdict that
 * rests on an interval, and the weeks behind it. What the metrics did not say stays unsaid; it never becomes a zero.
 * `undefined` where no area is measured at all.
 */
export function assembleReliability(areas: readonly AreaReliability[]): ReliabilityReport | undefined {
  const isMeasured = ({ trouble, period, weeks }: AreaReliability) =>
    trouble !== null || period !== null || weeks.some(({ reading }) => reading !== null);
  const measured = areas.filter(isMeasured).map(standingOf);
  if (measured.length === 0) return undefined;
  return {
    areas: measured.sort((a, b) => placeOf(a) - placeOf(b)),
    unmeasured: areas.filter((area) => !isMeasured(area)).map(({ area }) => area),
  };
}

function standingOf(area: AreaReliability): AreaStanding {
  const weeks = area.weeks.map(({ reading }) => reading);
  const pick = (of: (reading: ReliabilityReading) => Traffic | null) =>
    measured(weeks.map((reading) => reading && of(reading)));
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
    downtime: pick(({ uptime }) =>
      uptime === null ? null : { bad: (1 - uptime) * WEEK_MINUTES, total: WEEK_MINUTES },
    ),
    errorWeeks: weeks.map((reading) => (reading?.requests && errorRatio(reading.requests)) ?? null),
  };
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
