import { bisect, normalQuantile } from './kernel.ts';
import type { Interval } from './observed.ts';

/**
 * The power law process N(t) = lambda * t^beta (Crow 1974; MIL-HDBK-189): beta below 1 means that events grow rarer.
 * Times are in one unit of the caller's choice, counted from the start of observation.
 */
export type GrowthModel = {
  count: number;
  beta: number;
  betaInterval: Interval;
  lambda: number;
  /** Events a unit of time at the end of observation. */
  rateNow: number;
};

/**
 * Fits counts of consecutive periods given by their ends (MIL-HDBK-189, grouped data). The interval of beta is normal in
 * ln beta with Fisher's information; a dispersion factor above 1 widens it. `undefined` below four events or two
 * periods, or when all events are in the first or all in the last period, where no finite beta fits.
 */
export function growthOfCounts(
  periods: readonly { end: number; count: number }[],
  dispersionFactor = 1,
  confidence = 0.95,
): GrowthModel | undefined {
  const n = periods.reduce((sum, { count }) => sum + count, 0);
  const last = periods.at(-1);
  if (periods.length < 2 || !last || n < 4 || periods[0]?.count === n || last.count === n) return undefined;
  const cells = periods.map(({ end, count }, i) => ({
    count,
    from: (periods[i - 1]?.end ?? 0) / last.end,
    to: end / last.end,
  }));
  const score = (beta: number) =>
    cells.reduce((sum, cell) => sum + (cell.count * slopeOf(cell, beta)) / shareOf(cell, beta), 0);
  const beta = bisect((b) => score(b) > 0, 1e-6, 1e3);
  const information =
    (n / dispersionFactor) * cells.reduce((sum, cell) => sum + slopeOf(cell, beta) ** 2 / shareOf(cell, beta), 0);
  const reach = normalQuantile((1 + confidence) / 2) / (beta * Math.sqrt(information));
  return {
    ...modelOf(n, beta, last.end),
    betaInterval: { low: beta * Math.exp(-reach), high: beta * Math.exp(reach) },
  };
}

function modelOf(count: number, beta: number, end: number) {
  return { count, beta, lambda: count / end ** beta, rateNow: (count * beta) / end };
}

type Cell = { from: number; to: number };

/** The share of all events that falls into a period. */
function shareOf({ from, to }: Cell, beta: number): number {
  return to ** beta - from ** beta;
}

/** The derivative of that share by beta. */
function slopeOf({ from, to }: Cell, beta: number): number {
  return to ** beta * Math.log(to) - (from === 0 ? 0 : from ** beta * Math.log(from));
}
