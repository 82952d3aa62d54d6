import { describe, expect, test } from 'vitest';
import {
  midPRateInterval,
  poissonCdf,
  poissonQuantile,
  poissonTest,
  poissonUpperTail,
  rateInterval,
} from '../../../src/domain/stats/poisson.ts';
import { mulberry32, samplePoisson } from '../../../src/domain/stats/random.ts';

test.each([
  [0, 0, 3.688879],
  [1, 0.025318, 5.571643],
  [5, 1.623486, 11.668332],
  [10, 4.795389, 18.390356],
])('Garwood: %d events', (count, low, high) => {
  const interval = rateInterval({ count, exposure: 1 });
  expect(interval.low).toBeCloseTo(low, 6);
  expect(interval.high).toBeCloseTo(high, 6);
});

test('137 events in 24.19893 units, from the documentation of R poisson.test', () => {
  const interval = rateInterval({ count: 137, exposure: 24.19893 });
  expect(137 / 24.19893).toBeCloseTo(5.661407, 6);
  expect(interval.low).toBeCloseTo(4.753125, 6);
  expect(interval.high).toBeCloseTo(6.692709, 6);
});

test('without exposure nothing is known', () => {
  expect(rateInterval({ count: 0, exposure: 0 })).toEqual({ low: 0, high: Number.POSITIVE_INFINITY });
  expect(midPRateInterval({ count: 0, exposure: 0 })).toEqual({ low: 0, high: Number.POSITIVE_INFINITY });
  expect(poissonTest({ count: 0, exposure: 0 }, 2)).toBe(1);
});

// scipy.stats.poisson and the two-sided sum over all counts that are no more likely.
test.each([
  [10, 5, 0.038566004305],
  [2, 7.3, 0.041251900798],
  [0, 3.2, 0.085381304934],
  [137, 110, 0.013034225954],
])('the two-sided test of %d events against a mean of %d', (count, mean, p) => {
  expect(poissonTest({ count, exposure: 1 }, mean)).toBeCloseTo(p, 9);
  expect(poissonTest({ count, exposure: 4 }, mean / 4)).toBeCloseTo(p, 9);
});

test('tails and quantiles agree with each other', () => {
  for (const mean of [0.2, 4, 15.5]) {
    for (let count = 0; count < 30; count++) {
      expect(poissonCdf(count - 1, mean) + poissonUpperTail(count, mean)).toBeCloseTo(1, 12);
    }
    expect(poissonCdf(poissonQuantile(0.9, mean), mean)).toBeGreaterThanOrEqual(0.9);
    expect(poissonCdf(poissonQuantile(0.9, mean) - 1, mean)).toBeLessThan(0.9);
  }
});

describe('coverage over simulated counts', () => {
  test.each([0.7, 3, 12, 40])('at a mean of %d the exact interval covers at least 95 %', (mean) => {
    expect(coverage(mean, rateInterval)).toBeGreaterThanOrEqual(0.945);
  });

  test('the mid-p interval covers 93 to 97 % on average over means', () => {
    const means = [2, 3.5, 5, 8, 12, 17, 25, 40];
    const average = means.reduce((sum, mean) => sum + coverage(mean, midPRateInterval), 0) / means.length;
    expect(average).toBeGreaterThan(0.93);
    expect(average).toBeLessThan(0.97);
  });
});

function coverage(mean: number, intervalOf: typeof rateInterval): number {
  const random = mulberry32(Math.round(mean * 1000));
  const intervals = new Map<number, ReturnType<typeof rateInterval>>();
  let covered = 0;
  for (let run = 0; run < 2000; run++) {
    const count = samplePoisson(random, mean);
    const interval = intervals.get(count) ?? intervalOf({ count, exposure: 1 });
    intervals.set(count, interval);
    if (interval.low <= mean && mean <= interval.high) covered++;
  }
  return covered / 2000;
}
