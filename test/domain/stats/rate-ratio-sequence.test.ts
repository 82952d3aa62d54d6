import { describe, expect, test } from 'vitest';
import { mulberry32, samplePoisson } from '../../../src/domain/stats/random.ts';
import { rateRatioInterval } from '../../../src/domain/stats/rate-ratio.ts';
import { rateRatioSequence } from '../../../src/domain/stats/rate-ratio-sequence.ts';

const of = (before: [number, number], after: [number, number]) => ({
  before: { count: before[0], exposure: before[1] },
  after: { count: after[0], exposure: after[1] },
});

describe('the interval of two rates that is looked at again and again', () => {
  test.each([of([40, 56], [22, 56]), of([20, 40], [1, 30]), of([3, 20], [9, 20]), of([24, 56], [2, 28])])(
    'holds that of one look',
    (counted) => {
      const once = rateRatioInterval(counted);
      const ever = rateRatioSequence(counted);
      expect(ever.low).toBeLessThan(once.low);
      expect(ever.high).toBeGreaterThan(once.high);
    },
  );

  test('is open where one side has seen nothing', () => {
    expect(rateRatioSequence(of([20, 40], [0, 40])).low).toBe(0);
    expect(rateRatioSequence(of([0, 40], [5, 40])).high).toBe(Number.POSITIVE_INFINITY);
  });

  test('does not depend on the unit of the exposures', () => {
    const days = rateRatioSequence(of([20, 40], [2, 30]));
    const hours = rateRatioSequence(of([20, 960], [2, 720]));
    expect(hours.high).toBeCloseTo(days.high, 9);
    expect(hours.low).toBeCloseTo(days.low, 9);
  });

  test('leaves out a ratio that is true in under 5 % of lives, however often one looks', () => {
    const random = mulberry32(20_261_129);
    const lives = 400;
    let wrong = 0;
    for (let life = 0; life < lives; life++) {
      // Known after 20 returns, since a rate that is hardly known has a wide interval anyway.
      const before = { count: 20, exposure: 0 };
      for (let i = 0; i < before.count; i++) before.exposure -= Math.log(1 - random());
      const after = { count: 0, exposure: 0 };
      for (let day = 1; day <= 60; day++) {
        after.exposure += 1;
        after.count += samplePoisson(random, 0.5);
        const { low, high } = rateRatioSequence({ before, after });
        if (low <= 0.5 && 0.5 <= high) continue;
        wrong += 1;
        break;
      }
    }
    expect(wrong / lives).toBeLessThan(0.05);
  });
});
