import { describe, expect, test } from 'vitest';
import { growthOfCounts, growthOfTimes, meanTimeBetween } from '../../../src/domain/stats/crow-amsaa.ts';
import { mulberry32, type Random, samplePoisson } from '../../../src/domain/stats/random.ts';

const NIST_REPAIRS = [5, 40, 43, 175, 389, 712, 747, 795, 1299, 1478];
const RELIAWIKI = [
  2.7, 10.3, 12.5, 30.6, 57.0, 61.3, 80.0, 109.5, 125.0, 128.6, 143.8, 167.9, 229.2, 296.7, 320.6, 328.2, 366.2, 396.7,
  421.1, 438.2, 501.2, 620.0,
];
const grouped = (ends: number[], counts: number[]) => ends.map((end, i) => ({ end, count: counts[i] ?? 0 }));

test('the NIST repair data, time-truncated at 1500', () => {
  const model = growthOfTimes(NIST_REPAIRS, { kind: 'time', end: 1500 });
  expect(model?.beta).toBeCloseTo(0.537229, 6);
  expect(model?.betaUnbiased).toBeCloseTo(0.483506, 6);
  expect(1 - (model?.betaUnbiased ?? 0)).toBeCloseTo(0.516494, 6);
  expect(10 / 1500 ** (model?.betaUnbiased ?? 0)).toBeCloseTo(0.2913003, 6);
  const mean = meanTimeBetween(NIST_REPAIRS, 1500, 0.8);
  expect(mean?.meanTime).toBeCloseTo(310.234, 3);
  expect(mean?.interval.low).toBeCloseTo(157.7138, 3);
  expect(mean?.interval.high).toBeCloseTo(548.5566, 3);
});

test('22 published failures, truncated at the last', () => {
  const model = growthOfTimes(RELIAWIKI, { kind: 'failure' });
  expect(model?.beta).toBeCloseTo(0.6142, 4);
  expect(model?.lambda).toBeCloseTo(0.4239, 4);
  expect(1 / (model?.rateNow ?? 0)).toBeCloseTo(45.883, 3);
});

test('six published groups', () => {
  const model = growthOfCounts(grouped([62, 100, 187, 210, 350, 500], [12, 6, 15, 3, 18, 16]));
  expect(model?.beta).toBeCloseTo(0.81361, 5);
  expect(model?.lambda).toBeCloseTo(0.44585, 5);
});

test('too few events, or events where no finite beta fits, give no answer', () => {
  expect(growthOfTimes([1, 2], { kind: 'time', end: 5 })).toBeUndefined();
  expect(growthOfTimes([7, 7, 7], { kind: 'failure' })).toBeUndefined();
  expect(meanTimeBetween([1, 2], 5)).toBeUndefined();
  expect(growthOfCounts(grouped([7, 14], [2, 1]))).toBeUndefined();
  expect(growthOfCounts(grouped([7, 14], [9, 0]))).toBeUndefined();
  expect(growthOfCounts(grouped([7, 14], [0, 9]))).toBeUndefined();
  expect(growthOfCounts([])).toBeUndefined();
});

describe('the 95 % interval of beta covers the truth in 93 to 97 % of simulated runs', () => {
  test.each([0.6, 1, 1.5])('time-truncated, beta %d', (beta) => {
    expectCovered(beta, (random) => {
      const times = Array.from({ length: samplePoisson(random, 12) }, () => 90 * (1 - random()) ** (1 / beta));
      return growthOfTimes(times, { kind: 'time', end: 90 })?.betaInterval;
    });
  });

  test.each([0.6, 1.5])('failure-truncated, beta %d', (beta) => {
    expectCovered(beta, (random) => {
      let sum = 0;
      const times = Array.from({ length: 15 }, () => {
        sum -= Math.log(1 - random());
        return sum ** (1 / beta);
      });
      return growthOfTimes(times, { kind: 'failure' })?.betaInterval;
    });
  });

  test.each([0.7, 1, 1.4])('weekly counts over 8 weeks, beta %d', (beta) => {
    expectCovered(beta, (random) => {
      const counts = Array.from({ length: 8 }, (_, i) => samplePoisson(random, 30 * shareOfWeek(i, 8, beta)));
      return growthOfCounts(counts.map((count, i) => ({ end: 7 * (i + 1), count })))?.betaInterval;
    });
  });
});

test('the 80 % interval of the time between events covers about 80 %', () => {
  const random = mulberry32(5);
  const [beta, end, expected] = [0.7, 90, 15];
  const truth = end / (expected * beta);
  let [covered, answered] = [0, 0];
  for (let run = 0; run < 2000; run++) {
    const times = Array.from({ length: samplePoisson(random, expected) }, () => end * (1 - random()) ** (1 / beta));
    const interval = meanTimeBetween(times, end, 0.8)?.interval;
    if (!interval) continue;
    answered++;
    if (interval.low <= truth && truth <= interval.high) covered++;
  }
  expect(covered / answered).toBeGreaterThan(0.77);
  expect(covered / answered).toBeLessThan(0.84);
});

function shareOfWeek(i: number, weeks: number, beta: number): number {
  return ((i + 1) / weeks) ** beta - (i / weeks) ** beta;
}

function expectCovered(beta: number, intervalOf: (random: Random) => { low: number; high: number } | undefined) {
  const random = mulberry32(Math.round(beta * 1000));
  let [covered, answered] = [0, 0];
  for (let run = 0; run < 2000; run++) {
    const interval = intervalOf(random);
    if (!interval) continue;
    answered++;
    if (interval.low <= beta && beta <= interval.high) covered++;
  }
  expect(answered).toBeGreaterThan(1950);
  expect(covered / answered).toBeGreaterThan(0.93);
  expect(covered / answered).toBeLessThan(0.97);
}
