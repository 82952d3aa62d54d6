import { expect, test } from 'vitest';
import { logLinearTrend } from '../../../src/domain/stats/log-linear-trend.ts';
import { mulberry32, samplePoisson } from '../../../src/domain/stats/random.ts';

test('twelve weeks that fall by 8 % a week', () => {
  const trend = logLinearTrend([9, 7, 12, 8, 11, 6, 10, 5, 4, 6, 3, 4]);
  expect(trend?.slope).toBeCloseTo(-0.083825, 6);
  expect(100 * (trend?.growth ?? 0)).toBeCloseTo(-8.04, 2);
  expect(trend?.p).toBeCloseTo(0.009276, 6);
});

test('no finite slope fits when all events are in an end period', () => {
  expect(logLinearTrend([9, 0, 0])).toBeUndefined();
  expect(logLinearTrend([0, 0, 0, 9])).toBeUndefined();
  expect(logLinearTrend([1, 1, 1])).toBeUndefined();
  expect(logLinearTrend([5, 9])).toBeUndefined();
});

test('steep growth still converges', () => {
  expect(logLinearTrend([1, 10, 100, 1000, 10_000])?.growth).toBeCloseTo(9, 6);
});

test('the 95 % interval of the growth covers the truth in 93 to 97 % of simulated runs', () => {
  const random = mulberry32(11);
  const slope = -0.1;
  let covered = 0;
  for (let run = 0; run < 3000; run++) {
    const counts = Array.from({ length: 12 }, (_, i) => samplePoisson(random, 8 * Math.exp(slope * i)));
    const interval = logLinearTrend(counts)?.growthInterval;
    if (interval && interval.low <= Math.expm1(slope) && Math.expm1(slope) <= interval.high) covered++;
  }
  expect(covered / 3000).toBeGreaterThan(0.93);
  expect(covered / 3000).toBeLessThan(0.97);
});
