import { describe, expect, test } from 'vitest';
import {
  compareRates,
  compareWeeks,
  gradeTogether,
  growthWords,
  ratioWords,
} from '../../../src/domain/digest/trend-words.ts';
import { mulberry32, samplePoisson } from '../../../src/domain/stats/random.ts';

const over = (count: number, days = 28) => ({ count, days });

describe('comparing two periods', () => {
  test('a clear fall states both counts, the ratio and its interval', () => {
    expect(compareRates(over(40, 56), over(22, 56))).toMatchObject({
      grade: 'fewer',
      sentence: 'Fewer reports: 40 then 22 reports, in 8 weeks each (ratio 0.55, 95 % interval 0.31 to 0.95).',
    });
  });

  test('5 then 0 is no clear change yet', () => {
    expect(compareRates(over(5), over(0))).toMatchObject({
      grade: 'no clear change',
      sentence: 'No clear change yet: 5 then 0 reports, in 4 weeks each (ratio 0.00, 95 % interval 0.00 to 1.09).',
    });
  });

  test('periods of different length say so', () => {
    expect(compareRates(over(4, 28), over(12, 9)).sentence).toBe(
      'More reports: 4 reports in 4 weeks, then 12 in 9 days (ratio 9.33, 95 % interval 2.83 to 39.71).',
    );
  });

  test('growth from nothing has no upper end', () => {
    const trend = compareRates(over(0), over(9));
    expect(trend.grade).toBe('more');
    expect(trend.sentence).toMatch(/ratio from none, 95 % sure: at least \d\.\d\d times/);
  });

  test('nothing on either side, and no days at all', () => {
    expect(compareRates(over(0), over(0)).sentence).toBe('No clear change: no report in either period.');
    expect(compareRates(over(3, 0), over(2))).toEqual({
      grade: 'no clear change',
      sentence: 'Nothing to compare with yet.',
      ratio: undefined,
    });
  });

  test('with plenty of evidence for no change the word "yet" goes', () => {
    expect(compareRates(over(400), over(405)).sentence).toMatch(/^No clear change: 400 then 405 reports/);
  });

  test('a ratio is never rounded onto 1', () => {
    expect([0.9999, 1, 1.0001, 0.55, 123.4, Number.POSITIVE_INFINITY].map(ratioWords)).toEqual([
      'just under 1',
      '1.00',
      'just over 1',
      '0.55',
      '123',
      'any',
    ]);
  });
});

test('weeks that come in bursts need more evidence than even ones', () => {
  expect(compareWeeks([10, 9, 11, 10], [4, 5, 5, 4]).grade).toBe('fewer');
  expect(compareWeeks([39, 0, 1, 0], [0, 17, 1, 0]).grade).toBe('no clear change');
});

test('flat weeks, bursty or not, are called a change in under 6 % of simulated runs', () => {
  const random = mulberry32(31);
  let [even, bursty] = [0, 0];
  for (let run = 0; run < 1000; run++) {
    const weeks = (draw: () => number) => [0, 1, 2, 3].map(draw);
    const plain = () => samplePoisson(random, 5);
    const burst = () => samplePoisson(random, 1.25) * 4;
    if (compareWeeks(weeks(plain), weeks(plain)).grade !== 'no clear change') even++;
    if (compareWeeks(weeks(burst), weeks(burst)).grade !== 'no clear change') bursty++;
  }
  expect(even / 1000).toBeLessThan(0.05);
  expect(bursty / 1000).toBeLessThan(0.1);
});

test('one small change among forty defects is not named, a large one is', () => {
  const flat = Array.from({ length: 38 }, () => ({ before: over(6), after: over(6) }));
  const graded = gradeTogether([{ before: over(1), after: over(9) }, { before: over(40), after: over(5) }, ...flat]);
  expect(compareRates(over(1), over(9)).grade).toBe('more');
  expect(graded.map(({ trend }) => trend.grade).slice(0, 3)).toEqual(['no clear change', 'fewer', 'no clear change']);
  expect(graded[0]?.trend.sentence).toBe(
    'No clear change yet: 1 then 9 reports, in 4 weeks each; among so many defects a change like this comes by chance.',
  );
  expect(gradeTogether([])).toEqual([]);
});

describe('the growth verdict of an area', () => {
  test('slowing, speeding up and unclear each name beta and its interval', () => {
    expect(growthWords('billing', [14, 12, 9, 8, 6, 5, 4, 4])).toMatchObject({ grade: 'fewer' });
    expect(growthWords('billing', [14, 12, 9, 8, 6, 5, 4, 4]).sentence).toMatch(
      /^billing 0\.\d\d \[0\.\d\d-0\.\d\d\]: arrivals slowing$/,
    );
    expect(growthWords('billing', [1, 2, 2, 4, 6, 9, 11, 14]).sentence).toMatch(/: arrivals speeding up$/);
    expect(growthWords('billing', [5, 4, 6, 5, 5, 6, 4, 5]).sentence).toMatch(/: no clear change$/);
  });

  test('three reports in eight weeks give no verdict', () => {
    expect(growthWords('billing', [1, 0, 0, 1, 0, 1, 0, 0])).toEqual({
      grade: 'no clear change',
      sentence: 'billing: no verdict from 3 reports in 8 weeks',
    });
  });
});
