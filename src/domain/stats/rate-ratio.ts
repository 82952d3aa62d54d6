import { betaI, betaQuantile, binomialDensity, bisect } from './kernel.ts';
import type { Interval, Observed } from './observed.ts';

/** Two periods of the same thing, counted over exposures of the same unit. */
export type BeforeAfter = { before: Observed; after: Observed };

export type Grade = 'fewer' | 'more' | 'no clear change';

export type RateRatio = {
  /** The rate after divided by the rate before; infinite when only the period before is empty. */
  ratio: number;
  interval: Interval;
  midPInterval: Interval;
  p: number;
  midP: number;
  /** The chance that the rate fell, from Jeffreys' prior on both rates. */
  chanceOfFewer: number;
  grade: Grade;
};

/**
 * Has a rate changed? Given the sum of both counts, the count after is binomial (Przyborowski and Wilenski, Biometrika
 * 1940); the interval is that of Clopper and Pearson carried over to the ratio of rates, the p-value adds up what is no
 * more likely than the observed split (the rule of R's poisson.test). The mid-p companions (Lancaster 1961) are less
 * cautious. The grade rests on the exact interval alone: "no clear change" while it contains 1.
 * With no event on either side: ratio NaN, interval 0 to infinity, p 1. `undefined` without exposure on both sides.
 */
export function rateRatio({ before, after }: BeforeAfter, confidence = 0.95): RateRatio | undefined {
  if (!(before.exposure > 0 && after.exposure > 0)) return undefined;
  const exposures = after.exposure + before.exposure;
  const share = { p: after.exposure / exposures, q: before.exposure / exposures };
  const toRatio = (p: number) => ((p / (1 - p)) * before.exposure) / after.exposure;
  const [x, y] = [after.count, before.count];
  const tail = (1 - confidence) / 2;
  const interval = rateRatioInterval({ before, after }, confidence);
  const lowMidP = x === 0 ? 0 : bisect((p) => binomialMidUpperTail(x, y, p, 1 - p) < tail, 0, 1);
  const highMidP = y === 0 ? 1 : bisect((p) => midLowerTail(x, y, p, 1 - p) > tail, 0, 1);
  const tails = Math.min(binomialMidUpperTail(x, y, share.p, share.q), midLowerTail(x, y, share.p, share.q));
  return {
    ratio: after.count / after.exposure / (before.count / before.exposure),
    interval,
    midPInterval: { low: toRatio(lowMidP), high: highMidP === 1 ? Number.POSITIVE_INFINITY : toRatio(highMidP) },
    p: x + y === 0 ? 1 : binomialTest(x, y, share.p, share.q),
    midP: Math.min(1, 2 * tails),
    chanceOfFewer: betaI(share.p, x + 0.5, y + 0.5, share.q),
    grade: gradeOf(interval),
  };
}

/**
 * The exact interval of the ratio alone, at a cost that does not grow with the counts. Real counts are allowed, as those
 * divided by their dispersion are. Both exposures must be above 0.
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

/** The exact two-sided binomial p-value for x of x + y trials, by the "no more likely" rule. Counts must be whole. */
function binomialTest(x: number, y: number, p: number, q: number): number {
  const [a, b] = [Math.round(x), Math.round(y)];
  const n = a + b;
  const limit = binomialDensity(a, b, p, q) * (1 + 1e-7);
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    const density = binomialDensity(k, n - k, p, q);
    if (density <= limit) sum += density;
  }
  return Math.min(1, sum);
}

/** P(X >= x) with half of the chance of x itself left out (Lancaster's mid-p). */
export function binomialMidUpperTail(x: number, y: number, p: number, q: number): number {
  return binomialUpperTail(x, y, p, q) - binomialDensity(x, y, p, q) / 2;
}

function midLowerTail(x: number, y: number, p: number, q: number): number {
  return binomialCdf(x, y, p, q) - binomialDensity(x, y, p, q) / 2;
}
