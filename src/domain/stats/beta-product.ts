import type { Lifetime } from './kaplan-meier.ts';
import { betaI, bisect } from './kernel.ts';
import type { Interval } from './observed.ts';

/** A beta distribution; one without `b` is all at 1. */
type Beta = { a: number; b: number };

/** The distributions that the lower and the upper bound come from; without `lower` it is all at 0. */
type Bounds = { lower: Beta | null; upper: Beta };

const ALL: Beta = { a: 1, b: 0 };

/**
 * The interval of the share that survives past a time: the beta product confidence procedure of Fay, Brittain and Proschan
 * (Biostatistics 2013), with the product fitted by its two moments and the mid-p mixture of its bounds. Unlike Greenwood's
 * it has its coverage in small groups too, and says something before the first event.
 */
export function survivalInterval(lifetimes: readonly Lifetime[], time: number, confidence = 0.95): Interval {
  const [bounds] = boundsAt(lifetimes, [time]);
  return bounds ? midInterval(bounds, confidence) : { low: 0, high: 1 };
}

/**
 * The interval of the time by which half of them are over: the times at which the interval of the share holds a half. Null is
 * a bound that is not reached yet.
 */
export function medianInterval(
  lifetimes: readonly Lifetime[],
  confidence = 0.95,
): { from: number | null; to: number | null } {
  const tail = (1 - confidence) / 2;
  const times = [...new Set(lifetimes.filter(({ happened }) => happened).map(({ time }) => time))].sort(
    (x, y) => x - y,
  );
  const below = boundsAt(lifetimes, times).map((bounds) => shareBelow(bounds, 0.5));
  const first = (reach: number) => times[below.findIndex((share) => share >= reach)] ?? null;
  return { from: first(tail), to: first(1 - tail) };
}

/** Where the bounds of the share that survives come from, at times from the earliest on. */
function boundsAt(lifetimes: readonly Lifetime[], times: readonly number[]): Bounds[] {
  const sorted = [...lifetimes].sort((x, y) => x.time - y.time);
  let upper = ALL;
  let i = 0;
  return times.map((time) => {
    while (i < sorted.length && (sorted[i]?.time ?? 0) <= time) {
      const at = sorted[i]?.time;
      const atRisk = sorted.length - i;
      let events = 0;
      for (; i < sorted.length && sorted[i]?.time === at; i++) if (sorted[i]?.happened) events++;
      if (events > 0) upper = productOf(upper, { a: atRisk - events + 1, b: events });
    }
    const left = sorted.length - i;
    return { lower: left > 0 ? productOf(upper, { a: left, b: 1 }) : null, upper };
  });
}

/** The same of a mere share, `happened` of `of`. */
export function shareInterval(happened: number, of: number, confidence = 0.95): Interval {
  const missed = of - happened;
  const lower = happened > 0 ? { a: happened, b: missed + 1 } : null;
  return midInterval({ lower, upper: missed > 0 ? { a: happened + 1, b: missed } : ALL }, confidence);
}

function midInterval(bounds: Bounds, confidence: number): Interval {
  const tail = (1 - confidence) / 2;
  const quantile = (p: number) => {
    if (shareBelow(bounds, 0) >= p) return 0;
    return shareBelow(bounds, 1 - 1e-12) < p ? 1 : bisect((x) => shareBelow(bounds, x) < p, 0, 1);
  };
  return { low: quantile(tail), high: quantile(1 - tail) };
}

function shareBelow({ lower, upper }: Bounds, x: number): number {
  return (belowOf(lower, x) + belowOf(upper, x)) / 2;
}

function belowOf(beta: Beta | null, x: number): number {
  if (beta === null || x >= 1) return 1;
  return beta.b === 0 || x <= 0 ? 0 : betaI(x, beta.a, beta.b);
}

/** The beta with the mean and the variance of the product of two independent ones. */
function productOf(one: Beta, other: Beta): Beta {
  if (one.b === 0) return other;
  const first = (beta: Beta) => beta.a / (beta.a + beta.b);
  const second = (beta: Beta) => (first(beta) * (beta.a + 1)) / (beta.a + beta.b + 1);
  const mean = first(one) * first(other);
  const square = second(one) * second(other);
  const weight = (mean - square) / (square - mean * mean);
  return { a: mean * weight, b: (1 - mean) * weight };
}
