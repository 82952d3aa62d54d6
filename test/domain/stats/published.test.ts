import { expect, test } from 'vitest';
import { adjustedPValues } from '../../../src/domain/stats/benjamini-hochberg.ts';
import { type Lifetime, survivalCurve } from '../../../src/domain/stats/kaplan-meier.ts';
import { betaQuantile } from '../../../src/domain/stats/kernel.ts';
import { rateRatioInterval } from '../../../src/domain/stats/rate-ratio.ts';

// Newcombe, Statistics in Medicine 17 (1998), 857, table I, method 5: Clopper and Pearson.
test.each([
  [81, 263, 0.2527, 0.3676],
  [15, 148, 0.0578, 0.1617],
  [0, 20, 0, 0.1684],
  [1, 29, 0.0009, 0.1776],
])('%d of %d has the published exact limits', (x, n, low, high) => {
  expect(x === 0 ? 0 : betaQuantile(0.025, x, n - x + 1)).toBeCloseTo(low, 4);
  expect(betaQuantile(0.975, x + 1, n - x)).toBeCloseTo(high, 4);
});

// Boice and Monson, JNCI 59 (1977), as worked by Rothman and in Stata's manual of epitab: iri 41 15 28010 19017.
test('41 cases in 28,010 person-years against 15 in 19,017', () => {
  const { low, high } = rateRatioInterval({
    before: { count: 15, exposure: 19_017 },
    after: { count: 41, exposure: 28_010 },
  });
  expect(low).toBeCloseTo(1.005684, 4);
  expect(high).toBeCloseTo(3.6093, 3);
});

// Benjamini and Hochberg, J. Royal Statistical Society B 57 (1995), 289, section 4: thrombolysis, 15 comparisons.
test('the fifteen p-values of the first paper on false discoveries: four stand at 5 %', () => {
  const values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459];
  const others = [0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];
  const adjusted = adjustedPValues([...values, ...others]);
  expect(adjusted.filter((q) => q <= 0.05)).toHaveLength(4);
  expect(adjusted[3]).toBeCloseTo(0.035625, 10);
  expect(adjusted[4]).toBeCloseTo(0.0603, 10);
  expect(adjusted[6]).toBeCloseTo(0.063857, 6);
});

// Miller, Survival Analysis (1981): maintained remission in leukaemia, the `aml` data of R's survival package.
test('the remissions of patients with maintenance', () => {
  const lifetimes = (text: string): Lifetime[] =>
    text.split(',').map((part) => ({ time: Number.parseFloat(part), happened: !part.endsWith('+') }));
  const maintained = lifetimes('9,13,13+,18,23,28+,31,34,45+,48,161+');
  const { steps } = survivalCurve(maintained);
  expect(steps.map(({ time, survival }) => [time, Number(survival.toFixed(3))])).toEqual([
    [9, 0.909],
    [13, 0.818],
    [18, 0.716],
    [23, 0.614],
    [31, 0.491],
    [34, 0.368],
    [48, 0.184],
  ]);
  expect(steps.map(({ standardError }) => Number(standardError.toFixed(4)))).toEqual([
    0.0867, 0.1163, 0.1397, 0.1526, 0.1642, 0.1627, 0.1535,
  ]);
});
