import { expect, test } from 'vitest';
import { counted } from '../../../src/domain/text/counted.ts';

test('one is singular, nothing and many are plural', () => {
  expect([0, 1, 2, 1204].map((count) => counted(count, 'report'))).toEqual([
    '0 reports',
    '1 report',
    '2 reports',
    '1,204 reports',
  ]);
  expect([1, 2].map((count) => counted(count, 'fix was', 'fixes were'))).toEqual(['1 fix was', '2 fixes were']);
});
