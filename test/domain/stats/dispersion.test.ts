import { expect, test } from 'vitest';
import { dispersion, thinned } from '../../../src/domain/stats/dispersion.ts';
import { mulberry32, samplePoisson } from '../../../src/domain/stats/random.ts';

const weekly = (counts: number[]) => counts.map((count) => ({ count, exposure: 1 }));

test('twelve plain weeks are no more spread than chance', () => {
  const result = dispersion(weekly([9, 7, 12, 8, 11, 6, 10, 5, 4, 6, 3, 4]));
  expect(result?.chiSquare).toBeCloseTo(13.4, 1);
  expect(result?.df).toBe(11);
  expect(result?.p).toBeCloseTo(0.267987, 6);
  expect(result?.factor).toBe(1);
});

test('bursts are found, and thinning by their factor leaves the rate as it is', () => {
  const bursts = weekly([0, 14, 0, 1, 12, 0, 0, 13]);
  const result = dispersion(bursts);
  expect(result?.p).toBeLessThan(1e-6);
  expect(result?.factor).toBeGreaterThan(5);
  expect(thinned({ count: 40, exposure: 8 }, 4)).toEqual({ count: 10, exposure: 2 });
});

test('exposure explains counts that only look spread', () => {
  expect(
    dispersion([
      { count: 4, exposure: 1 },
      { count: 40, exposure: 10 },
    ])?.factor,
  ).toBe(1);
});

test('fewer than two periods, or no event, give no answer', () => {
  expect(dispersion(weekly([7]))).toBeUndefined();
  expect(dispersion(weekly([0, 0, 0]))).toBeUndefined();
  expect(dispersion([])).toBeUndefined();
});

test('Poisson weeks are called too spread in about 5 % of simulated runs', () => {
  const random = mulberry32(3);
  let called = 0;
  for (let run = 0; run < 4000; run++) {
    if ((dispersion(weekly(Array.from({ length: 12 }, () => samplePoisson(random, 5))))?.p ?? 1) < 0.05) called++;
  }
  expect(called / 4000).toBeGreaterThan(0.035);
  expect(called / 4000).toBeLessThan(0.065);
});
