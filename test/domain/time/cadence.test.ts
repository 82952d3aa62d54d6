import { describe, expect, it, test } from 'vitest';
import { type Cadence, dueInstants, nextLocalTime, previousInstant } from '../../../src/domain/time/cadence.ts';
import { HOUR_MS } from '../../../src/domain/time/durations.ts';
import { addDays } from '../../../src/domain/time/local-date.ts';

const aCadence = (change: Partial<Cadence> = {}): Cadence => ({
  weekdays: [1],
  atLocalTime: '10:00',
  everyWeeks: 1,
  anchorOn: '2026-01-05',
  timeZone: 'UTC',
  holidays: [],
  onHoliday: 'next_working_day',
  workingDays: [1, 2, 3, 4, 5],
  ...change,
});

const everyDay = [1, 2, 3, 4, 5, 6, 7];

function due(change: Partial<Cadence>, after: string, upTo: string): string[] {
  return dueInstants(aCadence(change), new Date(after), new Date(upTo)).map((at) => at.toISOString().slice(0, 16));
}

describe('a weekly ritual keeps its local time when the clocks change', () => {
  test.each([
    ['America/New_York', '2026-03-02', ['2026-03-02T15:00', '2026-03-09T14:00']],
    ['America/New_York', '2026-10-26', ['2026-10-26T14:00', '2026-11-02T15:00']],
    ['Europe/Berlin', '2026-03-23', ['2026-03-23T09:00', '2026-03-30T08:00']],
    ['Europe/Berlin', '2026-10-19', ['2026-10-19T08:00', '2026-10-26T09:00']],
    ['Australia/Lord_Howe', '2026-03-30', ['2026-03-29T23:00', '2026-04-05T23:30']],
    ['Australia/Lord_Howe', '2026-09-28', ['2026-09-27T23:30', '2026-10-04T23:00']],
    ['Asia/Kathmandu', '2026-03-23', ['2026-03-23T04:15', '2026-03-30T04:15']],
    ['America/Sao_Paulo', '2018-10-29', ['2018-10-29T13:00', '2018-11-05T12:00']],
    ['Pacific/Apia', '2011-12-26', ['2011-12-26T20:00', '2012-01-01T20:00']],
  ])('in %s from the week of %s', (timeZone, fromOn, expected) => {
    expect(due({ timeZone }, `${addDays(fromOn, -1)}T12:00:00Z`, `${addDays(fromOn, 7)}T23:59:59Z`)).toEqual(expected);
  });
});

describe('a daily ritual', () => {
  test.each([
    ['02:30', 'America/New_York', '2026-03-07T12:00Z', ['2026-03-08T07:00', '2026-03-09T06:30']],
    ['01:30', 'America/New_York', '2026-10-31T12:00Z', ['2026-11-01T05:30', '2026-11-02T06:30']],
    ['02:15', 'Australia/Lord_Howe', '2026-10-03T12:00Z', ['2026-10-03T15:30', '2026-10-04T15:15']],
    ['01:45', 'Australia/Lord_Howe', '2026-04-04T12:00Z', ['2026-04-04T14:45', '2026-04-05T15:15']],
    ['00:00', 'America/Havana', '2026-03-07T12:00Z', ['2026-03-08T05:00', '2026-03-09T04:00']],
    ['00:30', 'America/Havana', '2026-10-31T12:00Z', ['2026-11-01T04:30', '2026-11-02T05:30']],
    ['00:00', 'Asia/Beirut', '2026-03-28T12:00Z', ['2026-03-28T22:00', '2026-03-29T21:00']],
    ['23:30', 'Asia/Beirut', '2026-10-24T12:00Z', ['2026-10-24T20:30', '2026-10-25T21:30']],
  ])(
    'at %s in %s fires once a day, in the gap at its end, when repeated the first time',
    (atLocalTime, timeZone, after, expected) => {
      const upTo = new Date(new Date(after).getTime() + 48 * HOUR_MS).toISOString();
      expect(due({ atLocalTime, timeZone, weekdays: everyDay }, after, upTo)).toEqual(expected);
    },
  );

  it('at midnight meets the one of the day that Samoa left out only once', () => {
    const midnights = { atLocalTime: '00:00', timeZone: 'Pacific/Apia', weekdays: everyDay };
    expect(due(midnights, '2011-12-29T00:00Z', '2011-12-31T23:00Z')).toEqual([
      '2011-12-29T10:00',
      '2011-12-30T10:00',
      '2011-12-31T10:00',
    ]);
  });

  it('fires on leap days and over the end of the year', () => {
    expect(due({ weekdays: everyDay }, '2028-02-28T10:00Z', '2028-03-01T10:00Z')).toEqual([
      '2028-02-29T10:00',
      '2028-03-01T10:00',
    ]);
    expect(due({ weekdays: everyDay }, '2026-12-31T09:00Z', '2027-01-01T10:00Z')).toEqual([
      '2026-12-31T10:00',
      '2027-01-01T10:00',
    ]);
  });
});

describe('an interval', () => {
  it('excludes its start and includes its end', () => {
    expect(due({}, '2026-01-05T10:00Z', '2026-01-12T10:00Z')).toEqual(['2026-01-12T10:00']);
    expect(due({}, '2026-01-05T09:59:59.999Z', '2026-01-12T09:59:59.999Z')).toEqual(['2026-01-05T10:00']);
  });

  it('that is empty or runs backwards has no instants', () => {
    expect(due({}, '2026-01-05T10:00Z', '2026-01-05T10:00Z')).toEqual([]);
    expect(due({}, '2026-02-05T10:00Z', '2026-01-05T10:00Z')).toEqual([]);
  });
});

describe('a rhythm of several weeks', () => {
  it('goes on over a year of 53 weeks', () => {
    expect(due({ everyWeeks: 2, anchorOn: '2026-12-21' }, '2026-12-14T12:00Z', '2027-02-01T12:00Z')).toEqual([
      '2026-12-21T10:00',
      '2027-01-04T10:00',
      '2027-01-18T10:00',
      '2027-02-01T10:00',
    ]);
  });

  it('counts weeks from Monday on, whichever day of the week the anchor is', () => {
    for (const anchorOn of ['2026-12-21', '2026-12-24', '2026-12-27']) {
      expect(due({ everyWeeks: 4, anchorOn, weekdays: [1, 5] }, '2026-12-14T12:00Z', '2027-01-22T12:00Z')).toEqual([
        '2026-12-21T10:00',
        '2026-12-25T10:00',
        '2027-01-18T10:00',
        '2027-01-22T10:00',
      ]);
    }
  });

  it('runs backwards from its anchor too', () => {
    expect(previousInstant(aCadence({ everyWeeks: 3 }), new Date('2026-01-05T10:00Z')).toISOString()).toBe(
      '2025-12-15T10:00:00.000Z',
    );
  });
});

describe('a ritual on a holiday', () => {
  const easterMonday = { holidays: ['2026-04-03', '2026-04-06'] };

  it('is skipped where the program says so', () => {
    expect(due({ ...easterMonday, onHoliday: 'skip' }, '2026-04-01T00:00Z', '2026-04-13T12:00Z')).toEqual([
      '2026-04-13T10:00',
    ]);
  });

  it('moves to the next working day', () => {
    expect(due(easterMonday, '2026-04-01T00:00Z', '2026-04-13T12:00Z')).toEqual([
      '2026-04-07T10:00',
      '2026-04-13T10:00',
    ]);
  });

  it('moves over the weekend, and past a start of the interval that lies between', () => {
    const fridays = { ...easterMonday, weekdays: [5] };
    expect(due(fridays, '2026-04-05T00:00Z', '2026-04-10T12:00Z')).toEqual(['2026-04-07T10:00', '2026-04-10T10:00']);
  });

  it('is one with the ritual that is planned on that day anyway', () => {
    expect(due({ ...easterMonday, weekdays: [1, 2] }, '2026-04-01T00:00Z', '2026-04-08T12:00Z')).toEqual([
      '2026-04-07T10:00',
    ]);
  });

  it('does not move off a weekend that was chosen', () => {
    expect(due({ weekdays: [7] }, '2026-04-01T00:00Z', '2026-04-06T12:00Z')).toEqual(['2026-04-05T10:00']);
  });

  it('leaves the rhythm as it was', () => {
    const holidays = ['2026-01-05'];
    expect(due({ everyWeeks: 2, holidays }, '2026-01-01T00:00Z', '2026-01-20T00:00Z')).toEqual([
      '2026-01-06T10:00',
      '2026-01-19T10:00',
    ]);
  });
});

describe('the next time that a wall clock shows an hour', () => {
  it.each([
    ['later the same day', 'Europe/Berlin', '2026-03-02T07:00:00Z', '2026-03-02T08:30:00.000Z'],
    ['the day after, at that very instant', 'Europe/Berlin', '2026-03-02T08:30:00Z', '2026-03-03T08:30:00.000Z'],
    ['where it is another day already', 'Asia/Tokyo', '2026-03-02T20:00:00Z', '2026-03-03T00:30:00.000Z'],
    ['after summer time has begun', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T07:30:00.000Z'],
  ])('%s', (_when, timeZone, after, expected) => {
    expect(nextLocalTime('09:30', timeZone, new Date(after)).toISOString()).toBe(expected);
  });
});
