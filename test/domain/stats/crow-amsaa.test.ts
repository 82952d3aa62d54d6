import { describe, expect, test } from 'vitest';
import { growthOfCounts } from '../../../src/domain/stats/crow-amsaa.ts';
import { mulberry32, type Random, samplePoisson } from '../../../src/domain/stats/random.ts';

const grouped = (ends: number[], counts: number[]) => ends.map((end, i) => ({ end, count: counts[i] ?? 0 }));

test('six published groups', () => {
  const model = growthOfCounts(grouped([62, 100, 187, 210, 350, 500], [12, 6, 15, 3, 18, 16]));
  expect(model?.beta).toBeCloseTo(0.81361, 5);
  expect(model?.lambda).toBeCloseTo(0.44585, 5);
});

test('too few events, or events where no finite beta fits, give no answer', () => {
  expect(growthOfCounts(grouped([7, 14], [2, 1]))).toBeUndefined();
  expect(growthOfCounts(grouped([7, 14], [9, 0]))).toBeUndefined();
  expect(growthOfCounts(grouped([7, 14], [0, 9]))).toBeUndefined();
  expect(growthOfCounts([])).toBeUndefined();
});

describe('the 95 % interval of beta covers the truth in 93 to 97 % of simulated runs', () => {
  test.each([0.7, 1, 1.4])('weekly counts over 8 weeks, beta %d', (beta) => {
    expectCovered(beta, (random) => {
      const counts = Array.from({ length: 8 }, (_, i) => samplePoisson(random, 30 * shareOfWeek(i, 8, beta)));
      return growthOfCounts(counts.map((count, i) => ({ end: 7 * (i + 1), count })))?.betaInterval;
    });
  });
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
