import { expect, test } from 'vitest';
import { dayWords } from '../../../src/domain/time/day-words.ts';

test('a day is that of the time zone, in short English', () => {
  const at = new Date('2026-08-31T23:30:00Z');
  expect(dayWords(at, 'UTC')).toBe('31 Aug');
  expect(dayWords(at, 'Asia/Tokyo')).toBe('1 Sep');
  expect(dayWords(at, 'America/New_York')).toBe('31 Aug');
});
