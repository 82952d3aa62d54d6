import { burnRate, errorRatio, type Traffic } from '../stats/error-budget.ts';
import type { AreaReliability, ReliabilityReading } from './reliability.ts';

/** Below this share of the budget an area is said to come near its end. */
export const NEAR_SHARE = 0.25;
const WEEK_DAYS = 7;
const WEEK_MINUTES = WEEK_DAYS * 24 * 60;

export type BudgetStanding = {
  /** What may fail: requests, or the time that an area is up where requests are not counted. */
  measure: 'requests' | 'time';
  target: number;
  periodDays: number;
  /** The share of the period's budget that is left; below 0 it is overspent, minus infinity where none was allowed. */
  left: number;
  /** Points of a hundred that `left` moved by since a week ago; null where the weeks do not reach back far enough. */
  changePoints: number | null;
  /** How many times faster than allowed this week burnt it; null where this week was not read or had no traffic. */
  burn: number | null;
  standing: 'spent' | 'near' | 'holds';
  /** This week alone burnt more than its share. */
  isBurning: boolean;
};

/**
 * How an area stands with its error budget: the failures that the objective allows for the traffic of its period. Where
 * requests are not counted the time that it was down counts instead.
 * The period rolls, so a bad week gives its points back once it is older than the period. `no traffic` where nothing
 * went through in the whole period, `undefined` without an objective or a reading of the period.
 */
export function budgetStanding(area: AreaReliability): BudgetStanding | 'no traffic' | undefined {
  const { objective } = area;
  if (!objective) return undefined;
  const { target, periodDays } = objective;
  const { measure, weeks } = failuresOf(area);
  const period = measure === 'requests' ? area.period : within(weeks, periodDays);
  if (!period) return undefined;
  const left = leftOf(period, target);
  if (left === undefined) return 'no traffic';
  const ratio = errorRatio(weeks.at(-1) ?? { bad: 0, total: 0 });
  const burn = ratio === undefined ? null : burnRate(ratio, target);
  return {
    measure,
    target,
    periodDays,
    left,
    changePoints: changeOf(weeks, { target, periodDays }),
    burn,
    // 1 - 0.999 is no round number, so that a budget used up exactly leaves a trace.
    standing: left < 1e-9 ? 'spent' : left < NEAR_SHARE ? 'near' : 'holds',
    // To one decimal, as it is said.
    isBurning: burn !== null && Math.round(burn * 10) > 10,
  };
}

/** Failed and all requests of each week, or minutes down and all minutes; null where nothing was read. */
type Failures = { measure: BudgetStanding['measure']; weeks: (Traffic | null)[] };

/** What counts as failing in an area: its requests where any week has them, else its time. */
export function failuresOf({ period, weeks }: AreaReliability): Failures {
  const readings = weeks.map(({ reading }) => reading);
  if (period !== null || readings.some((reading) => reading?.requests)) {
    return { measure: 'requests', weeks: readings.map((reading) => reading?.requests ?? null) };
  }
  return { measure: 'time', weeks: readings.map(downtimeOf) };
}

/** Minutes of the week that an area was down. */
export function downtimeOf(reading: ReliabilityReading | null): Traffic | null {
  if (!reading || reading.uptime === null) return null;
  // To a tenth of a second: an average over a week leaves binary noise below that.
  const bad = Math.round((1 - reading.uptime) * WEEK_MINUTES * 600) / 600;
  return { bad: Math.max(0, Math.min(WEEK_MINUTES, bad)), total: WEEK_MINUTES };
}

function leftOf({ bad, total }: Traffic, target: number): number | undefined {
  const ratio = errorRatio({ bad, total });
  return ratio === undefined ? undefined : 1 - burnRate(ratio, target);
}

/** Both ends from the weeks alone, so that the difference is not one between two ways of counting. */
function changeOf(weeks: Failures['weeks'], { target, periodDays }: { target: number; periodDays: number }) {
  const now = within(weeks, periodDays);
  const before = within(weeks.slice(0, -1), periodDays);
  const [leftNow, leftBefore] = [now && leftOf(now, target), before && leftOf(before, target)];
  const moved = leftNow === undefined || leftBefore === undefined ? Number.NaN : (leftNow - leftBefore) * 100;
  return Number.isFinite(moved) ? moved : null;
}

/** The traffic of the last days, of the oldest week the part that lies within; undefined where a week is missing. */
function within(weeks: Failures['weeks'], days: number): Traffic | undefined {
  const sum = { bad: 0, total: 0 };
  for (let left = days, i = weeks.length - 1; left > 0; left -= WEEK_DAYS, i--) {
    const week = weeks[i];
    if (!week || days < WEEK_DAYS) return undefined;
    const part = Math.min(1, left / WEEK_DAYS);
    sum.bad += week.bad * part;
    sum.total += week.total * part;
  }
  return sum;
}
