import { expect, test } from 'vitest';
import { budgetShareOfDefect, burnRate, errorRatio } from '../../../src/domain/stats/error-budget.ts';

test('at 99.9 %, 0.42 % errors burn the budget 4.2 times too fast', () => {
  const burn = burnRate(0.0042, 0.999);
  expect(burn).toBeCloseTo(4.2, 10);
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
