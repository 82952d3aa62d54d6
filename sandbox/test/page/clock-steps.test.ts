import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochSeconds, wallTime } from '../../page/elements/date-input.tsx';
import { nextWeekday } from '../../page/shell/controls/next-weekday.ts';

const iso = (ms: number) => new Date(ms).toISOString();

describe('the next Monday 10:00', () => {
  test.each([
    ['on a Friday', '2026-11-20T12:00:00Z', 'Europe/Berlin', '2026-11-23T09:00:00.000Z'],
    ['on the Monday itself, before ten', '2026-11-23T08:59:00Z', 'Europe/Berlin', '2026-11-23T09:00:00.000Z'],
    ['on the Monday itself, at ten', '2026-11-23T09:00:00Z', 'Europe/Berlin', '2026-11-30T09:00:00.000Z'],
    ['over the end of summer time', '2026-10-23T12:00:00Z', 'Europe/Berlin', '2026-10-26T09:00:00.000Z'],
    ['over the start of summer time', '2026-03-27T12:00:00Z', 'Europe/Berlin', '2026-03-30T08:00:00.000Z'],
    ['where it is Monday already', '2026-11-22T20:00:00Z', 'Pacific/Auckland', '2026-11-22T21:00:00.000Z'],
  ])('%s', (_when, now, tz, expected) => {
    expect(iso(nextWeekday(new Date(now), tz, 1, 10))).toBe(expected);
  });
});

test('a wall time that a picker shows leads back to the same minute', () => {
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
  fc.assert(
    fc.property(zones, fc.integer({ min: 28_400_000, max: 31_600_000 }), (tz, minute) => {
      const shown = wallTime(minute * 60, tz);
      const back = epochSeconds(shown, tz);
      expect(back === undefined ? '' : wallTime(back, tz)).toBe(shown);
    }),
  );
});

test('half a date is no instant', () => {
  expect(epochSeconds('', 'Europe/Berlin')).toBeUndefined();
  expect(epochSeconds('2026-11-23', 'Europe/Berlin')).toBeUndefined();
});
