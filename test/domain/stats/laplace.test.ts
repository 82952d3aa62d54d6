import { expect, test } from 'vitest';
import {
  laplaceOfCounts,
  laplaceOfTimes,
  militaryHandbookTest,
  reverseArrangements,
} from '../../../src/domain/stats/laplace.ts';
import { mulberry32, samplePoisson } from '../../../src/domain/stats/random.ts';

const NIST_REPAIRS = [5, 40, 43, 175, 389, 712, 747, 795, 1299, 1478];

test('the NIST repair data give the published trend statistics', () => {
  const laplace = laplaceOfTimes(NIST_REPAIRS, 1500);
  expect(laplace?.score).toBeCloseTo(-1.32695, 5);
  expect(laplace?.pFewer).toBeCloseTo(0.09226, 4);
  const handbook = militaryHandbookTest(NIST_REPAIRS, 1500);
  expect(handbook?.chiSquare).toBeCloseTo(37.22808, 5);
  expect(handbook?.df).toBe(20);
  expect(handbook?.pFewer).toBeCloseTo(0.010986, 6);
  const reversals = reverseArrangements(NIST_REPAIRS);
  expect(reversals).toMatchObject({ reversals: 33, pairs: 45 });
  expect(reversals?.score).toBeCloseTo(1.96774, 5);
});

test('twelve weeks of counts that fall', () => {
  const trend = laplaceOfCounts([9, 7, 12, 8, 11, 6, 10, 5, 4, 6, 3, 4]);
  expect(trend?.score).toBeCloseTo(-2.623612, 6);
  expect(trend?.p).toBeCloseTo(0.0087, 6);
});

test('a series and its mirror image have opposite scores', () => {
  const counts = [1, 4, 2, 9, 7];
  expect(laplaceOfCounts(counts)?.score).toBeCloseTo(-(laplaceOfCounts([...counts].reverse())?.score ?? 0), 12);
});

test('too few events or periods give no answer', () => {
  expect(laplaceOfCounts([1, 1, 1])).toBeUndefined();
  expect(laplaceOfCounts([9, 9])).toBeUndefined();
  expect(laplaceOfTimes([1, 2, 3], 4)).toBeUndefined();
  expect(militaryHandbookTest([], 4)).toBeUndefined();
  expect(reverseArrangements([1, 2, 3])).toBeUndefined();
});

test('a dispersion above 1 makes the same counts less certain', () => {
  const counts = [9, 7, 12, 8, 11, 6, 10, 5, 4, 6, 3, 4];
  expect(laplaceOfCounts(counts, 4)?.score).toBeCloseTo((laplaceOfCounts(counts)?.score ?? 0) / 2, 12);
});

test('flat weeks are called a trend in about 5 % of simulated runs', () => {
  const random = mulberry32(4);
  let [byCounts, byTimes, byHandbook] = [0, 0, 0];
  const runs = 4000;
  for (let run = 0; run < runs; run++) {
    const counts = Array.from({ length: 12 }, () => samplePoisson(random, 3));
    if ((laplaceOfCounts(counts)?.p ?? 1) < 0.05) byCounts++;
    const times = Array.from({ length: 20 }, () => random() * 100);
    if ((laplaceOfTimes(times, 100)?.p ?? 1) < 0.05) byTimes++;
    if ((militaryHandbookTest(times, 100)?.pFewer ?? 1) < 0.05) byHandbook++;
  }
  for (const called of [byCounts, byTimes, byHandbook]) {
    expect(called / runs).toBeGreaterThan(0.035);
    expect(called / runs).toBeLessThan(0.065);
  }
});
