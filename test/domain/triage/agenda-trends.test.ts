import { expect, test } from 'vitest';
import { DAY_MS } from '../../../src/domain/time/durations.ts';
import { agendaTrends } from '../../../src/domain/triage/agenda-trends.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const told = (days: number, lateDays = 0) => ({
  seenAt: new Date(NOW.getTime() - days * DAY_MS),
  filedAt: new Date(NOW.getTime() - (days - lateDays) * DAY_MS),
});
const ago = (...days: number[]) => days.map((day) => told(day));
const every = (step: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + i * step + 0.5);
const old = new Date(NOW.getTime() - 90 * DAY_MS);
const words = (reports: ReturnType<typeof told>[], firstSeenAt = old) =>
  agendaTrends([{ id: 1, firstSeenAt, reports }], NOW).get(1);

test('an item says how often it was reported, in the same words before and after', () => {
  expect(words(ago(...every(2, 0, 28), 30, 40))).toBe('14 reports in 4 weeks, 2 in the 4 before');
  expect(words(ago(...every(2, 28, 56), 5))).toBe('1 report in 4 weeks, 14 in the 4 before');
});

test('nothing is said of a young defect, nor of one that was quiet all along', () => {
  expect(words(ago(1, 2, 3), new Date(NOW.getTime() - 55 * DAY_MS))).toBeUndefined();
  expect(words(ago(70, 80))).toBeUndefined();
});

test('what was told late is left out of both spans, so that the newest does not look better', () => {
  const late = (from: number, to: number) => every(2, from, to).map((day) => told(day, day % 4 < 2 ? 10 : 0));
  const known = [...late(0, 28), ...late(28, 56)].filter(({ filedAt }) => filedAt <= NOW);
  expect(words(known)).toBe('11 reports in 4 weeks, 11 in the 4 before');
});
