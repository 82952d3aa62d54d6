import type { AreaReliability, ReliabilityWeek } from './reliability.ts';
import { burnRate, errorRatio, type Traffic } from './stats/error-budget.ts';

/** Below this share of the budget an area is said to come near its end. */
export const NEAR_SHARE = 0.25;
const WEEK_DAYS = 7;

export type BudgetStanding = {
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
 * How an area stands with its error budget: the failures that the objective allows for the traffic of its period.
 * The period rolls, so a bad week gives its points back once it is older than the period. `no traffic` where nothing
 * went through in the whole period, `undefined` without an objective or a reading of the period.
 */
export function budgetStanding({
  objective,
  period,
  weeks,
}: AreaReliability): BudgetStanding | 'no traffic' | undefined {
  if (!objective || !period) return undefined;
  const left = leftOf(period, objective.target);
  if (left === undefined) return 'no traffic';
  const ratio = errorRatio(weeks.at(-1)?.reading?.requests ?? { bad: 0, total: 0 });
  const burn = ratio === undefined ? null : burnRate(ratio, objective.target);
  return {
    ...objective,
    left,
    changePoints: changeOf(weeks, objective),
    burn,
    // 1 - 0.999 is no round number, so that a budget used up exactly leaves a trace.
    standing: left < 1e-9 ? 'spent' : left < NEAR_SHARE ? 'near' : 'holds',
    // To one decimal, as it is said.
    isBurning: burn !== null && Math.round(burn * 10) > 10,
  };
}

function leftOf({ bad, total }: Traffic, target: number): number | undefined {
  const ratio = errorRatio({ bad, total });
  return ratio === undefined ? undefined : 1 - burnRate(ratio, target);
}

/** Both ends from the weeks alone, so that the difference is not one between two ways of counting. */
function changeOf(weeks: readonly ReliabilityWeek[], { target, periodDays }: { target: number; periodDays: number }) {
  const requests = weeks.map(({ reading }) => reading?.requests ?? null);
  const now = within(requests, periodDays);
  const before = within(requests.slice(0, -1), periodDays);
  const [leftNow, leftBefore] = [now && leftOf(now, target), before && leftOf(before, target)];
  const moved = leftNow === undefined || leftBefore === undefined ? Number.NaN : (leftNow - leftBefore) * 100;
  return Number.isFinite(moved) ? moved : null;
}

/** The traffic of the last days, of the oldest week the part that lies within; undefined where a week is missing. */
function within(requests: readonly (Traffic | null)[], days: number): Traffic | undefined {
  const sum = { bad: 0, total: 0 };
  for (let left = days, i = requests.length - 1; left > 0; left -= WEEK_DAYS, i--) {
    const week = requests[i];
    if (!week || days < WEEK_DAYS) return undefined;
    const part = Math.min(1, left / WEEK_DAYS);
    sum.bad += week.bad * part;
    sum.total += week.total * part;
  }
  return sum;
}
