import { bisect, chiSquareQuantile, normalQuantile } from './kernel.ts';
import type { Interval } from './poisson.ts';

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

export type Truncation = { kind: 'time'; end: number } | { kind: 'failure' };

/**
 * Fits exact instants by maximum likelihood: beta = n / sum of ln(T / t_i), lambda = n / T^beta. Observation ends at a
 * set time, or with the last event. The interval of beta is exact: 2 n beta / betaHat is chi-square with 2n degrees of
 * freedom (2(n - 1) when it ends with an event). `undefined` below three events or when every event is at the end.
 */
export function growthOfTimes(
  times: readonly number[],
  truncation: Truncation,
  confidence = 0.95,
): (GrowthModel & { betaUnbiased: number }) | undefined {
  const n = times.length;
  const end = truncation.kind === 'time' ? truncation.end : times.reduce((last, time) => Math.max(last, time), 0);
  const logs = times.reduce((sum, time) => sum + Math.log(end / time), 0);
  if (n < 3 || !(logs > 0)) return undefined;
  const lost = truncation.kind === 'time' ? 0 : 1;
  const tail = (1 - confidence) / 2;
  const bound = (p: number) => chiSquareQuantile(p, 2 * (n - lost)) / (2 * logs);
  return {
    ...modelOf(n, n / logs, end),
    betaUnbiased: (n - 1 - lost) / logs,
    betaInterval: { low: bound(tail), high: bound(1 - tail) },
  };
}

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

/**
 * The mean time between events at the end of a time-truncated observation, from the unbiased beta, with the approximate
 * interval of the NIST/SEMATECH e-Handbook 8.4.5.1. `undefined` below three events, and no upper end where the formula
 * has none (few events at a high confidence).
 */
export function meanTimeBetween(
  times: readonly number[],
  end: number,
  confidence = 0.95,
): { meanTime: number; interval: Interval } | undefined {
  const model = growthOfTimes(times, { kind: 'time', end });
  if (!model) return undefined;
  const r = model.count;
  const z = normalQuantile((1 + confidence) / 2);
  const meanTime = end / (r * model.betaUnbiased);
  const root = r - z * Math.sqrt(r / 2);
  return {
    meanTime,
    interval: {
      low: (meanTime * r * (r - 1)) / (r + (z * z) / 4 + Math.sqrt((r * z * z) / 2 + z ** 4 / 16)) ** 2,
      high: root > 0 ? (meanTime * r * (r - 1)) / root ** 2 : Number.POSITIVE_INFINITY,
    },
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
