import { bisect, gammaP, gammaQ, gammaQuantile, poissonDensity } from './kernel.ts';

export type Interval = { low: number; high: number };

/** How many events were seen over how much exposure (days, weeks, requests; the same unit throughout one call). */
export type Observed = { count: number; exposure: number };

/**
 * The exact two-sided interval for a Poisson rate (Garwood, Biometrika 1936), in events a unit of exposure.
 * With no event at all the lower end is 0 and the upper end still says how bad it may be; without exposure nothing is
 * known and the interval is 0 to infinity. Real counts are allowed: a count divided by its dispersion widens the interval.
 */
export function rateInterval({ count, exposure }: Observed, confidence = 0.95): Interval {
  if (!(exposure > 0)) return { low: 0, high: Number.POSITIVE_INFINITY };
  const tail = (1 - confidence) / 2;
  return { low: gammaQuantile(tail, count) / exposure, high: gammaQuantile(1 - tail, count + 1) / exposure };
}

/**
 * The mid-p interval for a Poisson rate (Lancaster, JASA 1961): half of the chance of the observed count is left out of
 * each tail, so that it covers 95 % on average where the exact interval covers at least 95 % always.
 */
export function midPRateInterval({ count, exposure }: Observed, confidence = 0.95): Interval {
  if (!(exposure > 0)) return { low: 0, high: Number.POSITIVE_INFINITY };
  const tail = (1 - confidence) / 2;
  const atLeast = (mean: number) => poissonUpperTail(count, mean) - poissonDensity(count, mean) / 2;
  const atMost = (mean: number) => poissonCdf(count, mean) - poissonDensity(count, mean) / 2;
  const exact = rateInterval({ count, exposure: 1 }, confidence);
  const low = count === 0 ? 0 : bisect((mean) => atLeast(mean) < tail, 0, count);
  const high = bisect((mean) => atMost(mean) > tail, count, exact.high + 1);
  return { low: low / exposure, high: high / exposure };
}

/** P(X <= count) for a Poisson variable. */
export function poissonCdf(count: number, mean: number): number {
  return count < 0 ? 0 : gammaQ(Math.floor(count) + 1, mean);
}

/** P(X >= count) for a Poisson variable. */
export function poissonUpperTail(count: number, mean: number): number {
  return count <= 0 ? 1 : gammaP(Math.ceil(count), mean);
}

/** The smallest count whose cumulative probability reaches p. */
export function poissonQuantile(p: number, mean: number): number {
  let count = 0;
  let cumulative = poissonDensity(0, mean);
  while (cumulative < p && count < mean + 40 * Math.sqrt(mean + 1) + 40) cumulative += poissonDensity(++count, mean);
  return count;
}

/**
 * The exact two-sided p-value of "the true rate is `rate`": the chance of all counts that are no more likely than the
 * observed one (the rule of R's poisson.test). 1 without exposure.
 */
export function poissonTest({ count, exposure }: Observed, rate: number): number {
  const mean = rate * exposure;
  if (!(mean > 0)) return exposure > 0 && count > 0 ? 0 : 1;
  const limit = poissonDensity(count, mean) * (1 + 1e-7);
  if (count === mean) return 1;
  if (count < mean) {
    let other = Math.ceil(2 * mean - count);
    while (poissonDensity(other, mean) > limit) other++;
    while (other - 1 > mean && poissonDensity(other - 1, mean) <= limit) other--;
    return Math.min(1, poissonCdf(count, mean) + poissonUpperTail(other, mean));
  }
  let other = Math.floor(mean);
  while (other >= 0 && poissonDensity(other, mean) > limit) other--;
  return Math.min(1, poissonUpperTail(count, mean) + poissonCdf(other, mean));
}
