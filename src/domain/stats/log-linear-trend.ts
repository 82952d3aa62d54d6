import { normalCdf, normalQuantile } from './kernel.ts';
import type { Interval } from './poisson.ts';

export type LogLinearTrend = {
  /** Natural logarithm of the growth from one period to the next. */
  slope: number;
  /** Growth a period as a share: -0.08 is 8 % fewer each period. */
  growth: number;
  growthInterval: Interval;
  /** Two-sided, Wald. */
  p: number;
};

/**
 * By how much do counts change from one equal period to the next? Poisson regression of the counts on the period number
 * with a log link, fitted by Newton's method (McCullagh and Nelder, "Generalized Linear Models", 1989). A dispersion
 * factor above 1 widens the interval. `undefined` below three periods or four events, or where all events are in one
 * end period and no finite slope fits.
 */
export function logLinearTrend(
  counts: readonly number[],
  dispersionFactor = 1,
  confidence = 0.95,
): LogLinearTrend | undefined {
  const k = counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (k < 3 || total < 4 || counts[0] === total || counts[k - 1] === total) return undefined;
  const at = (i: number) => i - (k - 1) / 2;
  const observed = counts.reduce((sum, count, i) => sum + at(i) * count, 0) / total;
  let slope = 0;
  let variance = 1;
  for (let step = 0; step < 100; step++) {
    const weights = counts.map((_, i) => Math.exp(slope * at(i)));
    const sum = weights.reduce((a, b) => a + b, 0);
    const mean = weights.reduce((a, w, i) => a + w * at(i), 0) / sum;
    variance = weights.reduce((a, w, i) => a + w * (at(i) - mean) ** 2, 0) / sum;
    const change = Math.max(-1, Math.min(1, (observed - mean) / variance));
    slope += change;
    if (Math.abs(change) < 1e-14) break;
  }
  const error = Math.sqrt(dispersionFactor / (total * variance));
  const reach = normalQuantile((1 + confidence) / 2) * error;
  return {
    slope,
    growth: Math.expm1(slope),
    growthInterval: { low: Math.expm1(slope - reach), high: Math.expm1(slope + reach) },
    p: 2 * normalCdf(-Math.abs(slope / error)),
  };
}
