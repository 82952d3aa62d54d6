import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { paretoOf } from '../../../src/domain/digest/pareto.ts';

const numbered = (harms: number[]) => harms.map((harm, i) => ({ key: `D-${i + 1}`, harm }));

test('the few that make most of the harm are counted and named', () => {
  const pareto = paretoOf(numbered([1, 30, 1, 1, 20, 1, 1, 12, 1, 1, 1, 9, 1, 1, 1, ...Array(16).fill(1)]));
  expect(pareto?.sentence).toBe('4 of 31 defects make 72 % of the harm: D-2, D-5, D-8 and D-12.');
  expect(pareto?.top.map(({ key }) => key)).toEqual(['D-2', 'D-5', 'D-8', 'D-12']);
});

test('a single offender is said in the singular', () => {
  expect(paretoOf(numbered([90, 5, 5]))?.sentence).toBe('1 of 3 defects makes 90 % of the harm: D-1.');
});

test('even harm is called spread instead of naming everybody', () => {
  expect(paretoOf(numbered([1, 1, 1, 1, 1]))?.sentence).toBe(
    'The harm is spread: it takes 4 of 5 defects to make 80 % of it.',
  );
});

test('where the most harmful that were looked at are too few to make the share, the harm is spread', () => {
  const most = numbered(Array(20).fill(1));
  expect(paretoOf(most, { count: 4_000, harm: 3_900 })?.sentence).toBe(
    'The harm is spread: no 20 defects of 4,000 make 70 % of it.',
  );
  expect(paretoOf(most, { count: 4_000, harm: 25 })?.sentence).toMatch(/^18 of 4,000 defects make 72 % of the harm: /);
});

test('nothing to compare has nothing to say', () => {
  expect(paretoOf([])).toBeUndefined();
  expect(paretoOf(numbered([5]))).toBeUndefined();
  expect(paretoOf(numbered([5, 0, 0]))).toBeUndefined();
  expect(paretoOf(numbered([3, 2]))).toBeUndefined();
  expect(paretoOf(numbered([1, 1, 1, 1]))).toBeUndefined();
});

test('the top always reaches the share, and without its last it does not', () => {
  const harms = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 5, maxLength: 60 });
  fc.assert(
    fc.property(harms, (values) => {
      const pareto = paretoOf(numbered(values));
      const total = values.reduce((a, b) => a + b, 0);
      const made = pareto?.top.reduce((sum, { harm }) => sum + harm, 0) ?? 0;
      expect(made).toBeGreaterThanOrEqual(0.7 * total * (1 - 1e-9));
      expect(made - (pareto?.top.at(-1)?.harm ?? 0)).toBeLessThan(0.7 * total * (1 + 1e-9));
    }),
  );
});
