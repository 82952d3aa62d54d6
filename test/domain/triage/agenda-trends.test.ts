import { expect, test } from 'vitest';
import { DAY_MS } from '../../../src/domain/time/durations.ts';
import { agendaTrends } from '../../../src/domain/triage/agenda-trends.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const ago = (...days: number[]) => days.map((day) => new Date(NOW.getTime() - day * DAY_MS));
const every = (step: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + i * step + 0.5);
const old = new Date(NOW.getTime() - 90 * DAY_MS);
const words = (seenAts: Date[], firstSeenAt = old) => agendaTrends([{ id: 1, firstSeenAt, seenAts }], NOW).get(1);

test('an item says how often it was reported, in the same words before and after', () => {
  expect(words(ago(...every(2, 0, 28), 30, 40))).toBe('14 reports in 4 weeks, 2 in the 4 before');
  expect(words(ago(...every(2, 28, 56), 5))).toBe('1 report in 4 weeks, 14 in the 4 before');
});

test('nothing is said of a young defect, nor of one that was quiet all along', () => {
  expect(words(ago(1, 2, 3), new Date(NOW.getTime() - 55 * DAY_MS))).toBeUndefined();
  expect(words(ago(70, 80))).toBeUndefined();
});
