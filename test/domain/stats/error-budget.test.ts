import { expect, test } from 'vitest';
import {
  alertingBurnRate,
  budgetLeft,
  budgetShareOfDefect,
  budgetUsed,
  burnRate,
  errorRatio,
} from '../../../src/domain/stats/error-budget.ts';

test('at 99.9 %, 0.42 % errors over 7 days burn at 4.2 and use 98 % of a 30-day budget', () => {
  const burn = burnRate(0.0042, 0.999);
  expect(burn).toBeCloseTo(4.2, 10);
  expect(budgetUsed(burn, 7, 30)).toBeCloseTo(0.98, 10);
  expect(budgetLeft([{ burn, window: 7 }], 30)).toBeCloseTo(0.02, 10);
});

test.each([
  [0.02, 1, 14.4],
  [0.05, 6, 6],
  [0.1, 24, 3],
  [0.1, 72, 1],
])('%d of 30 days in %d hours is a burn rate of %d', (share, hours, factor) => {
  expect(alertingBurnRate(share, hours, 30 * 24)).toBeCloseTo(factor, 10);
});

test('an overspent budget is negative', () => {
  expect(
    budgetLeft(
      [
        { burn: 4, window: 7 },
        { burn: 1, window: 7 },
      ],
      30,
    ),
  ).toBeCloseTo(1 - 35 / 30, 10);
});

test('no traffic is not "no errors"', () => {
  expect(errorRatio({ bad: 0, total: 0 })).toBeUndefined();
  expect(errorRatio({ bad: 3, total: 1000 })).toBe(0.003);
  expect(budgetShareOfDefect(3, 0, 0.999)).toBeUndefined();
});

test('an objective of 100 % has no budget to burn', () => {
  expect(burnRate(0, 1)).toBe(0);
  expect(burnRate(1e-9, 1)).toBe(Number.POSITIVE_INFINITY);
  expect(budgetShareOfDefect(1, 1000, 1)).toBe(Number.POSITIVE_INFINITY);
  expect(budgetShareOfDefect(0, 1000, 1)).toBe(0);
});

test('a defect that cost 25 of the 100 failures the quarter allows burnt a quarter of the budget', () => {
  expect(budgetShareOfDefect(25, 100_000, 0.999)).toBeCloseTo(0.25, 10);
});
