import { betaI, betaQuantile } from './kernel.ts';
import type { Interval, Observed } from './observed.ts';

/** Two periods of the same thing, counted over exposures of the same unit. */
export type BeforeAfter = { before: Observed; after: Observed };

export type Grade = 'fewer' | 'more' | 'no clear change';

/**
 * The exact interval of the ratio of two rates: given the sum of both counts, the count after is binomial (Przyborowski and
 * Wilenski, Biometrika 1940), and the interval is that of Clopper and Pearson carried over to the ratio. Its cost does not
 * grow with the counts. Real counts are allowed, as those divided by their dispersion are. Both exposures must be above 0.
 */
export function rateRatioInterval({ before, after }: BeforeAfter, confidence = 0.95): Interval {
  const toRatio = (p: number) => ((p / (1 - p)) * before.exposure) / after.exposure;
  const [x, y] = [after.count, before.count];
  const tail = (1 - confidence) / 2;
  return {
    low: x === 0 ? 0 : toRatio(betaQuantile(tail, x, y + 1)),
    high: y === 0 ? Number.POSITIVE_INFINITY : toRatio(betaQuantile(1 - tail, x + 1, y)),
  };
}

/** The grade of an interval of ratios: a direction only where the whole interval lies on one side of 1. */
export function gradeOf({ low, high }: Interval): Grade {
  if (high < 1) return 'fewer';
  return low > 1 ? 'more' : 'no clear change';
}

/** P(X >= x) of x + y binomial trials: one-sided evidence that the rate after is higher. */
export function binomialUpperTail(x: number, y: number, p: number, q = 1 - p): number {
  return x === 0 ? 1 : betaI(p, x, y + 1, q);
}

/** P(X <= x) of x + y binomial trials. */
export function binomialCdf(x: number, y: number, p: number, q = 1 - p): number {
  return y === 0 ? 1 : betaI(q, y, x + 1, p);
}
