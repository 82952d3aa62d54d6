import { describe, expect, test } from 'vitest';
import { mulberry32, samplePoisson } from '../../../src/domain/stats/random.ts';
import { binomialCdf, binomialUpperTail, gradeOf, rateRatioInterval } from '../../../src/domain/stats/rate-ratio.ts';

const over = (count: number, exposure: number) => ({ count, exposure });

function compare(before: [number, number], after: [number, number]) {
  const interval = rateRatioInterval({ before: over(...before), after: over(...after) });
  return { ...interval, grade: gradeOf(interval) };
}

test('11 in 800 against 21 in 3011, from the documentation of R poisson.test', () => {
  const result = compare([21, 3011], [11, 800]);
  expect(result.low).toBeCloseTo(0.858426, 6);
  expect(result.high).toBeCloseTo(4.277266, 6);
  expect(result.grade).toBe('no clear change');
});

test('40 in 8 weeks, then 22 in 8 weeks, is fewer', () => {
  const result = compare([40, 8], [22, 8]);
  expect(result.low).toBeCloseTo(0.311328, 6);
  expect(result.high).toBeCloseTo(0.947926, 6);
  expect(result.grade).toBe('fewer');
});

test('5 then 0 is no clear change yet', () => {
  const result = compare([5, 4], [0, 4]);
  expect(result.low).toBe(0);
  expect(result.high).toBeCloseTo(1.091279, 6);
  expect(result.grade).toBe('no clear change');
});

test('growth from nothing is more, with no upper end', () => {
  expect(compare([0, 4], [9, 4])).toMatchObject({ high: Number.POSITIVE_INFINITY, grade: 'more' });
});

test('swapping the periods turns the ratio over', () => {
  expect(compare([17, 28], [6, 14]).low * compare([6, 14], [17, 28]).high).toBeCloseTo(1, 10);
});

test('binomial tails add up', () => {
  expect(binomialUpperTail(4, 6, 0.3) + binomialCdf(3, 7, 0.3)).toBeCloseTo(1, 12);
  expect(binomialUpperTail(0, 6, 0.3)).toBe(1);
  expect(binomialCdf(6, 0, 0.3)).toBe(1);
});

describe('over simulated pairs of periods', () => {
  test.each([
    { mean: 4, ratio: 1 },
    { mean: 10, ratio: 0.5 },
    { mean: 15, ratio: 2 },
    { mean: 25, ratio: 0.8 },
  ])('before $mean, ratio $ratio: the exact interval covers at least 95 %', ({ mean, ratio }) => {
    expect(simulate(mean, ratio).covered).toBeGreaterThanOrEqual(0.945);
  });

  test('an unchanged rate is called changed in under 5 %', () => {
    for (const mean of [1, 4, 12]) expect(simulate(mean, 1).called).toBeLessThan(0.05);
  });
});

function simulate(mean: number, ratio: number, runs = 1500) {
  const random = mulberry32(Math.round(mean * 100 + ratio * 7));
  const known = new Map<string, ReturnType<typeof compare>>();
  let [covered, called] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const [x, y] = [samplePoisson(random, mean), samplePoisson(random, (mean * ratio) / 2)];
    const result = known.get(`${x}:${y}`) ?? compare([x, 8], [y, 4]);
    known.set(`${x}:${y}`, result);
    if (result.low <= ratio && ratio <= result.high) covered++;
    if (result.grade !== 'no clear change') called++;
  }
  return { covered: covered / runs, called: called / runs };
}
