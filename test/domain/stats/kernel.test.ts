import { describe, expect, test } from 'vitest';
import {
  betaI,
  betaQuantile,
  binomialDensity,
  gammaQ,
  lgamma,
  normalCdf,
  normalQuantile,
  poissonDensity,
  studentQuantile,
  studentTails,
} from '../../../src/domain/stats/kernel.ts';

/** Equal to twelve significant digits. */
function expectDigits(got: number, wanted: number, digits = 12) {
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(Math.abs(wanted) * 10 ** -digits);
}

// Reference values computed with 40-digit arithmetic (mpmath).
const LGAMMA: [number, number][] = [
  [0.001, 6.907178885383853],
  [0.5, 0.5723649429247001],
  [2.5, 0.2846828704729192],
  [15.99, 27.87186447594001],
  [100, 359.1342053695754],
  [12345.6, 103959.18506616846],
];
const GAMMA: [number, number, number][] = [
  [0.5, 0.3, 0.4385780260809999],
  [1, 2, 0.1353352832366127],
  [5, 1.6234863, 0.9750000051442934],
  [5, 14, 0.001805248849173846],
  [10, 18.39, 0.012433217596399168],
  [41, 22.5, 0.9997082058404222],
  [137, 150, 0.13444459665124384],
  [1000, 1003.5, 0.45181028547693897],
];
const BETA: [number, number, number, number][] = [
  [0.001, 0.5, 0.5, 0.020135041633377492],
  [0.25, 1, 5, 0.7626953125],
  [0.5, 22, 41, 0.9924329595012764],
  [0.9, 3.5, 0.7, 0.5377805842763587],
  [0.2, 137, 900, 0.9999999959001297],
  [0.03, 2, 60, 0.5497413267395848],
  [0.999, 40, 1.5, 0.9940659901753421],
  [0.62, 1000.5, 600, 0.3349178383172208],
];
const NORMAL: [number, number][] = [
  [-6, 9.86587645037698e-10],
  [-2.623612, 0.004350141734719443],
  [-1, 0.15865525393145705],
  [-0.1, 0.460172162722971],
  [0.5, 0.6914624612740131],
  [1.6448536269514722, 0.95],
  [3, 0.9986501019683699],
];

describe('the special functions hold twelve digits', () => {
  test.each(LGAMMA)('lgamma(%d)', (a, wanted) => expectDigits(lgamma(a), wanted));
  test.each(GAMMA)('Q at (%d, %d)', (a, x, q) => {
    expectDigits(gammaQ(a, x), q);
  });
  test.each(BETA)('I at (%d; %d, %d)', (x, a, b, wanted) => expectDigits(betaI(x, a, b), wanted));
  test.each(NORMAL)('the normal distribution at %d', (z, p) => {
    expectDigits(normalCdf(z), p);
    expectDigits(normalQuantile(p), z, 10);
  });

  test('quantiles undo their distribution', () => {
    for (const p of [1e-9, 0.00135, 0.025, 0.5, 0.9, 0.975, 0.99865]) {
      for (const a of [0.5, 1, 3.5, 22.5, 137, 2500]) {
        expectDigits(betaI(betaQuantile(p, a, 7.5), a, 7.5), p, 11);
      }
    }
  });

  test.each([
    [1, 12.706204736174707],
    [10, 2.2281388519649385],
    [30, 2.0422724563012373],
  ])("Student's distribution with %d degrees of freedom, from R qt(0.975, df)", (df, wanted) => {
    expectDigits(studentQuantile(0.975, df), wanted, 10);
    expectDigits(studentTails(wanted, df), 0.05, 10);
  });

  test('the ends of the range have their limits', () => {
    expect([gammaQ(3, 0), betaI(0, 2, 3), betaI(1, 2, 3)]).toEqual([1, 0, 1]);
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
    expect([poissonDensity(0, 0), poissonDensity(2, 0), binomialDensity(0, 3, 0), binomialDensity(3, 0, 1)]).toEqual([
      1, 0, 1, 1,
    ]);
    expect(lgamma(0)).toBe(Number.POSITIVE_INFINITY);
    expect(lgamma(-1.5)).toBeNaN();
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  });
});
