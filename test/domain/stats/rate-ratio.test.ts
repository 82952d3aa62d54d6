import { describe, expect, test } from 'vitest';
import { mulberry32, samplePoisson } from '../../../src/domain/stats/random.ts';
import { binomialCdf, binomialUpperTail, rateRatio } from '../../../src/domain/stats/rate-ratio.ts';

const over = (count: number, exposure: number) => ({ count, exposure });

function compare(before: [number, number], after: [number, number]) {
  const result = rateRatio({ before: over(...before), after: over(...after) });
  if (!result) throw new Error('expected an answer');
  return result;
}

test('11 in 800 against 21 in 3011, from the documentation of R poisson.test', () => {
  const result = compare([21, 3011], [11, 800]);
  expect(result.ratio).toBeCloseTo(1.971488, 6);
  expect(result.p).toBeCloseTo(0.0796686, 7);
  expect(result.interval.low).toBeCloseTo(0.858426, 6);
  expect(result.interval.high).toBeCloseTo(4.277266, 6);
  expect(result.grade).toBe('no clear change');
});

test('40 in 8 weeks, then 22 in 8 weeks, is fewer', () => {
  const result = compare([40, 8], [22, 8]);
  expect(result.ratio).toBeCloseTo(0.55, 12);
  expect(result.interval.low).toBeCloseTo(0.311328, 6);
  expect(result.interval.high).toBeCloseTo(0.947926, 6);
  expect(result.p).toBeCloseTo(0.030016, 6);
  expect(result.midP).toBeCloseTo(0.022575, 6);
  expect(result.chanceOfFewer).toBeCloseTo(0.989258, 6);
  expect(result.grade).toBe('fewer');
});

test('5 then 0 is no clear change yet', () => {
  const result = compare([5, 4], [0, 4]);
  expect(result.interval.low).toBe(0);
  expect(result.interval.high).toBeCloseTo(1.091279, 6);
  expect(result.p).toBeCloseTo(0.0625, 10);
  expect(result.grade).toBe('no clear change');
});

test('growth from nothing is more, with no upper end', () => {
  const result = compare([0, 4], [9, 4]);
  expect(result.ratio).toBe(Number.POSITIVE_INFINITY);
  expect(result.interval.high).toBe(Number.POSITIVE_INFINITY);
  expect(result.midPInterval.high).toBe(Number.POSITIVE_INFINITY);
  expect(result.grade).toBe('more');
});

test('nothing then nothing is no clear change, and no exposure is no answer', () => {
  expect(compare([0, 4], [0, 4])).toMatchObject({ ratio: Number.NaN, p: 1, grade: 'no clear change' });
  expect(rateRatio({ before: over(3, 0), after: over(1, 4) })).toBeUndefined();
  expect(rateRatio({ before: over(3, 4), after: over(1, 0) })).toBeUndefined();
});

test('swapping the periods turns the ratio over', () => {
  const there = compare([17, 28], [6, 14]);
  const back = compare([6, 14], [17, 28]);
  expect(there.interval.low * back.interval.high).toBeCloseTo(1, 10);
  expect(there.midPInterval.high * back.midPInterval.low).toBeCloseTo(1, 10);
  expect(there.p).toBeCloseTo(back.p, 12);
  expect(there.chanceOfFewer + back.chanceOfFewer).toBeCloseTo(1, 12);
});

test('the mid-p interval lies within the exact one', () => {
  for (const [x, y] of [
    [3, 9],
    [0, 5],
    [20, 4],
  ] as const) {
    const { interval, midPInterval } = compare([x, 10], [y, 10]);
    expect(midPInterval.low).toBeGreaterThanOrEqual(interval.low);
    expect(midPInterval.high).toBeLessThanOrEqual(interval.high);
  }
});

test('binomial tails add up', () => {
  expect(binomialUpperTail(4, 6, 0.3) + binomialCdf(3, 7, 0.3)).toBeCloseTo(1, 12);
  expect(binomialUpperTail(0, 6, 0.3)).toBe(1);
  expect(binomialCdf(6, 0, 0.3)).toBe(1);
});

describe('over simulated pairs of periods', () => {
  const cases = [
    { mean: 4, ratio: 1 },
    { mean: 10, ratio: 0.5 },
    { mean: 15, ratio: 2 },
    { mean: 25, ratio: 0.8 },
  ];

  test.each(cases)('before $mean, ratio $ratio: the exact interval covers at least 95 %', ({ mean, ratio }) => {
    expect(simulate(mean, ratio).exact).toBeGreaterThanOrEqual(0.945);
  });

  test('the mid-p interval covers 93 to 97 % on average', () => {
    const average = cases.reduce((sum, { mean, ratio }) => sum + simulate(mean, ratio).midP, 0) / cases.length;
    expect(average).toBeGreaterThan(0.93);
    expect(average).toBeLessThan(0.97);
  });

  test('an unchanged rate is called changed in under 5 %', () => {
    for (const mean of [1, 4, 12]) expect(simulate(mean, 1).called).toBeLessThan(0.05);
  });
});

function simulate(mean: number, ratio: number, runs = 1500) {
  const random = mulberry32(Math.round(mean * 100 + ratio * 7));
  const known = new Map<string, ReturnType<typeof compare>>();
  let [exact, midP, called] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const [x, y] = [samplePoisson(random, mean), samplePoisson(random, (mean * ratio) / 2)];
    const result = known.get(`${x}:${y}`) ?? compare([x, 8], [y, 4]);
    known.set(`${x}:${y}`, result);
    if (result.interval.low <= ratio && ratio <= result.interval.high) exact++;
    if (result.midPInterval.low <= ratio && ratio <= result.midPInterval.high) midP++;
    if (result.grade !== 'no clear change') called++;
  }
  return { exact: exact / runs, midP: midP / runs, called: called / runs };
}
