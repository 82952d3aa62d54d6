import { expect, it } from 'vitest';
import { HOUR_MS } from '../../../src/domain/time/durations.ts';
import { weekBounds } from '../../../src/domain/time/week-bounds.ts';

it('a week ends at the same time on the wall, also where a night had an hour more or less', () => {
  const bounds = weekBounds({ timeZone: 'Europe/Berlin' }, new Date('2026-11-20T14:00:30Z'));
  expect(bounds).toHaveLength(13);
  expect(bounds.at(-1)).toEqual(new Date('2026-11-20T14:00:30Z'));
  expect(bounds.at(0)).toEqual(new Date('2026-08-28T13:00:30Z'));
  const hours = bounds.slice(1).map((at, i) => (at.getTime() - (bounds[i]?.getTime() ?? 0)) / HOUR_MS);
  expect(hours).toEqual([168, 168, 168, 168, 168, 168, 168, 168, 169, 168, 168, 168]);
  const spring = weekBounds({ timeZone: 'America/New_York' }, new Date('2026-03-13T19:00:00Z'));
  expect((spring.at(-1)?.getTime() ?? 0) - (spring.at(-2)?.getTime() ?? 0)).toBe(167 * HOUR_MS);
});
