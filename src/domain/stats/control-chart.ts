import { type Interval, type Observed, poissonQuantile } from './poisson.ts';

export type ChartPoint = {
  /** Events a unit of exposure. */
  value: number;
  /** Mean plus and minus three standard deviations, the low end not below 0. */
  sigmaLimits: Interval;
  /** The limits in force: exact where fewer than nine events are expected, else the three-sigma ones. */
  limits: Interval;
  signal: 'above' | 'below' | undefined;
};

export type ControlChart = { centre: number; points: ChartPoint[] };

const EXACT_BELOW = 9;
const THREE_SIGMA_TAIL = 0.00135;

/**
 * The u-chart of counts over unequal exposures: centre u = events / exposure, limits u ± 3 sqrt(u / e_i)
 * (NIST/SEMATECH e-Handbook 6.3.3.1). Where the expected count is under nine the normal limits are wrong, and the exact
 * Poisson quantiles at 0.00135 and 0.99865 take their place. `undefined` for fewer than two periods or no event.
 */
export function uChart(periods: readonly Observed[]): ControlChart | undefined {
  const exposed = periods.filter(({ exposure }) => exposure > 0);
  const exposure = exposed.reduce((sum, period) => sum + period.exposure, 0);
  const centre = exposed.reduce((sum, period) => sum + period.count, 0) / exposure;
  if (exposed.length < 2 || centre === 0) return undefined;
  return { centre, points: exposed.map((period) => chartPoint(period, centre)) };
}

/** The c-chart: counts of equal periods. */
export function cChart(counts: readonly number[]): ControlChart | undefined {
  return uChart(counts.map((count) => ({ count, exposure: 1 })));
}

/** The counts between which an in-control period stays, at the odds of three sigma, exact for a Poisson mean. */
export function exactLimits(mean: number): Interval {
  return { low: poissonQuantile(THREE_SIGMA_TAIL, mean), high: poissonQuantile(1 - THREE_SIGMA_TAIL, mean) };
}

function chartPoint({ count, exposure }: Observed, centre: number): ChartPoint {
  const reach = 3 * Math.sqrt(centre / exposure);
  const sigmaLimits = { low: Math.max(0, centre - reach), high: centre + reach };
  const mean = centre * exposure;
  const exact = exactLimits(mean);
  const limits = mean < EXACT_BELOW ? { low: exact.low / exposure, high: exact.high / exposure } : sigmaLimits;
  const value = count / exposure;
  const signal = value > limits.high ? 'above' : value < limits.low ? 'below' : undefined;
  return { value, sigmaLimits, limits, signal };
}
