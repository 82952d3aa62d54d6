import { describe, expect, test } from 'vitest';
import { type Path, usualDays } from '../../../src/domain/proof/usual-days.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';

const day = (number: number) => new Date(Date.UTC(2026, 8, 1) + number * DAY_MS);
/** Known since day 0, seen since day 10, fixed at the end of day 49. */
const spans = { rateFrom: day(10), fixedAt: day(50), silentFrom: day(50) };

function daysOf(ran: (day: number) => number, upTo: number): Path['days'] {
  return Array.from({ length: upTo }, (_, i) => ({ startsAt: day(i), ran: ran(i) })).filter((one) => one.ran > 0);
}

/** Of how many usual days the runs up to a day are; ten a day before the fix. */
function usual(since: (day: number) => number, upTo: number): number | undefined {
  const days = daysOf((nth) => (nth < 50 ? 10 : since(nth - 50)), upTo);
  return usualDays([{ share: 1, days }], spans, day(upTo))?.days;
}

describe('the days since a fix count by what ran in them', () => {
  test.each([
    ['as many as before', () => 10, 64, 14],
    ['half as many', () => 5, 64, 7],
    ['none', () => 0, 64, 0],
    ['three times as many count for no more days than there were', () => 30, 64, 14],
    ['none for a week, then as many as before', (nth: number) => (nth < 7 ? 0 : 10), 64, 7],
    [
      'what was missed in three weeks, made up for in one day, counts as that day',
      (nth: number) => (nth === 20 ? 210 : 0),
      71,
      1,
    ],
  ])('%s', (_, since, upTo, expected) => {
    expect(usual(since, upTo)).toBeCloseTo(expected, 9);
  });

  test('quiet weekends cost nothing where they were quiet before', () => {
    const days = daysOf((nth) => (nth % 7 < 5 ? 14 : 0), 63);
    const known = { rateFrom: day(7), fixedAt: day(49), silentFrom: day(49) };
    expect(usualDays([{ share: 1, days }], known, day(63))).toEqual({ days: 14, ran: 10 * 14 });
    expect(usualDays([{ share: 1, days }], known, day(54))?.days).toBeCloseTo(5, 9);
  });

  test('what runs once a week has run as usual when it has run once in a week', () => {
    const days = daysOf((nth) => (nth % 7 === 2 ? 1 : 0), 98);
    const known = { rateFrom: day(0), fixedAt: day(84), silentFrom: day(84) };
    expect(usualDays([{ share: 1, days }], known, day(98))?.days).toBeCloseTo(14, 9);
  });

  test('of today so much counts as has run by now', () => {
    const days = daysOf((nth) => (nth < 50 ? 10 : 5), 51);
    expect(usualDays([{ share: 1, days }], spans, new Date(day(50).getTime() + DAY_MS / 2))?.days).toBeCloseTo(0.5, 9);
    expect(usualDays([{ share: 1, days }], spans, new Date(day(50).getTime() + DAY_MS / 4))?.days).toBeCloseTo(0.25, 9);
  });

  test('usual is what ran while the defect was seen, not what ran before', () => {
    const days = daysOf((nth) => (nth < 10 ? 1000 : 10), 60);
    expect(usualDays([{ share: 1, days }], spans, day(60))?.days).toBeCloseTo(10, 9);
  });
});

describe('several paths', () => {
  const going = daysOf(() => 100, 60);
  const paused = daysOf((nth) => (nth < 50 ? 5 : 0), 60);

  test('a busy one does not hide that the one that failed has stopped', () => {
    const days = usualDays(
      [
        { share: 0.9, days: paused },
        { share: 0.1, days: going },
      ],
      spans,
      day(60),
    )?.days;
    expect(days).toBeCloseTo(1, 9);
  });

  test('what came from where nothing is told of runs counts by days', () => {
    expect(usualDays([{ share: 0.4, days: paused }], spans, day(60))?.days).toBeCloseTo(6, 9);
  });

  test('runs since are added up from the day after the fix on', () => {
    expect(
      usualDays([{ share: 1, days: going }], { ...spans, silentFrom: new Date(day(50).getTime() + 1) }, day(60))?.ran,
    ).toBe(900);
  });
});

describe('nothing is known', () => {
  test.each([
    ['where nothing is told', []],
    ['where it is told since the fix only', daysOf((nth) => (nth < 50 ? 0 : 10), 60)],
    ['where it is told for less than a week before', daysOf((nth) => (nth < 44 ? 0 : 10), 60)],
    ['where it has hardly ever run', daysOf((nth) => (nth % 14 === 0 ? 1 : 0), 60)],
  ])('%s', (_, days) => {
    expect(usualDays([{ share: 1, days }], spans, day(60))).toBeNull();
  });

  test('before silence counts', () => {
    expect(usualDays([{ share: 1, days: daysOf(() => 10, 60) }], spans, day(50))).toBeNull();
  });
});
