import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueReminderOn, nextReminderAt } from '../../../src/domain/reminders/reminders.ts';
import { MINUTE_MS } from '../../../src/domain/time/durations.ts';
import { localDateOn } from '../../../src/domain/time/working-time.ts';

const ZONES = ['America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'Etc/UTC'];
const STEP_MS = 15 * MINUTE_MS;

const cases = fc.record({
  // Around the days on which clocks change in spring and in autumn.
  nowMs: fc.oneof(
    ...['2026-03-07', '2026-03-28', '2026-04-04', '2026-10-24', '2026-10-31'].map((on) =>
      fc.integer({ min: 0, max: 4 * 96 }).map((steps) => Date.parse(`${on}T00:00:00Z`) + steps * STEP_MS),
    ),
  ),
  timeZone: fc.constantFrom(...ZONES),
  localTime: fc.constantFrom('00:00', '02:30', '09:30', '17:45'),
  workingDays: fc.constantFrom([1, 2, 3, 4, 5], [7, 1, 2, 3, 4], [1, 2, 3, 4, 5, 6, 7]),
  looked: fc.constantFrom('never', 'today', 'long ago'),
});

describe('the next reminder of a person', () => {
  it('is the first instant at which one is due, in any zone and whenever clocks change', () => {
    fc.assert(
      fc.property(cases, ({ nowMs, timeZone, localTime, workingDays, looked }) => {
        const now = new Date(nowMs);
        const lastOn = { never: null, today: localDateOn(now, timeZone), 'long ago': '2026-01-01' }[looked];
        const person = { timeZone, lastOn };
        const calendar = { timeZone, workingDays, holidays: ['2026-03-09', '2026-10-26'] };
        const isDue = (at: Date) => dueReminderOn(person, { localTime, now: at, calendar }) !== null;
        const next = nextReminderAt(person, { localTime, now, calendar });
        expect(isDue(next)).toBe(true);
        for (let at = nowMs; at < next.getTime(); at += STEP_MS) expect(isDue(new Date(at))).toBe(false);
      }),
    );
  });
});
