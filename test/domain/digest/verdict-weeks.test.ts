import { expect, test } from 'vitest';
import { verdictWeeks } from '../../../src/domain/digest/verdict-weeks.ts';
import { defaultCadences } from '../../../src/domain/programs/program-defaults.ts';

const BERLIN = { timeZone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5], holidays: [] as string[] };
const { digest } = defaultCadences(BERLIN, '2026-08-31');
const at = (text: string) => new Date(text);
const texts = (bounds: Date[]) => bounds.map((one) => one.toISOString().slice(0, 16));

test('the newest week ends when the digest is due, from that very instant on until the next one', () => {
  const from = at('2026-11-10T08:00:00Z');
  const weeks = ['2026-11-13T14:00', '2026-11-20T14:00', '2026-11-27T14:00'];
  expect(texts(verdictWeeks(digest, from, at('2026-11-27T14:00:00Z')))).toEqual(weeks);
  expect(texts(verdictWeeks(digest, from, at('2026-12-03T09:00:00Z')))).toEqual(weeks);
});

test('a holiday moves the digest, and its week not', () => {
  const moved = { ...digest, holidays: ['2026-12-25'] };
  const bounds = verdictWeeks(moved, at('2026-12-01T00:00:00Z'), at('2026-12-28T14:00:00Z'));
  expect(texts(bounds).at(-1)).toBe('2026-12-25T14:00');
});

test('weeks keep their time of day when clocks change', () => {
  const bounds = verdictWeeks(digest, at('2026-10-16T13:00:00Z'), at('2026-10-30T14:00:00Z'));
  expect(texts(bounds)).toEqual(['2026-10-16T13:00', '2026-10-23T13:00', '2026-10-30T14:00']);
});

test('there are none before the first week is over', () => {
  expect(verdictWeeks(digest, at('2026-11-24T09:00:00Z'), at('2026-11-30T09:00:00Z'))).toEqual([]);
});

test('after two years the beginning moves by half a year at a time', () => {
  const from = at('2022-01-07T14:00:00Z');
  const firstOf = (now: string) => texts(verdictWeeks(digest, from, at(now)))[0];
  const firsts = new Set(
    Array.from({ length: 52 }, (_, i) => firstOf(new Date(Date.UTC(2025, 0, 3 + 7 * i, 15)).toISOString())),
  );
  expect(firsts.size).toBeLessThanOrEqual(3);
  expect(verdictWeeks(digest, from, at('2026-11-27T14:00:00Z')).length).toBeLessThanOrEqual(105);
});
