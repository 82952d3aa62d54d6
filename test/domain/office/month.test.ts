import { expect, it } from 'vitest';
import { monthAt, monthBefore, monthSpan, rollUpDueAt } from '../../../src/domain/office/month.ts';

it('a month runs from midnight to midnight on the clock of its program', () => {
  expect(monthSpan('2026-12', 'Europe/Berlin')).toEqual({
    after: new Date('2026-11-30T23:00:00Z'),
    upTo: new Date('2026-12-31T23:00:00Z'),
  });
  expect(monthAt(new Date('2026-11-30T23:00:00Z'), 'Europe/Berlin')).toBe('2026-12');
  expect([monthBefore('2027-01'), monthBefore('2026-10')]).toEqual(['2026-12', '2026-09']);
});

it.each([
  ['2026-11', '2026-11-02T08:00:00Z'],
  ['2026-12', '2026-12-01T08:00:00Z'],
  ['2026-08', '2026-08-03T07:00:00Z'],
])('the roll-up in %s is due at nine on the first day that is no weekend', (month, at) => {
  expect(rollUpDueAt(month, 'Europe/Berlin')).toEqual(new Date(at));
});
