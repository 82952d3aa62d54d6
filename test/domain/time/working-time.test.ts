import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addWorkingHours,
  isWorkingDay,
  localDateOn,
  localTimeAt,
  localTimeToInstant,
  nextWorkingDay,
  previousWorkingDay,
  type WorkCalendar,
} from '../../../src/domain/time/working-time.ts';
import { ZONES } from './zones.ts';

const aCalendar = (change: Partial<WorkCalendar> = {}): WorkCalendar => ({
  timeZone: 'Europe/Berlin',
  workingDays: [1, 2, 3, 4, 5],
  holidays: [],
  ...change,
});

describe('a local time becomes one instant', () => {
  test.each([
    ['an ordinary day', 'America/New_York', '2026-01-15', '09:30', '2026-01-15T14:30:00.000Z'],
    ['a quarter-hour offset', 'Asia/Kathmandu', '2026-01-15', '09:30', '2026-01-15T03:45:00.000Z'],
    ['before the gap', 'America/New_York', '2026-03-08', '01:59', '2026-03-08T06:59:00.000Z'],
    ['at the start of the gap', 'America/New_York', '2026-03-08', '02:00', '2026-03-08T07:00:00.000Z'],
    ['inside the gap', 'America/New_York', '2026-03-08', '02:30', '2026-03-08T07:00:00.000Z'],
    ['at the end of the gap', 'America/New_York', '2026-03-08', '03:00', '2026-03-08T07:00:00.000Z'],
    ['after the gap', 'America/New_York', '2026-03-08', '03:01', '2026-03-08T07:01:00.000Z'],
    ['before the repeated hour', 'America/New_York', '2026-11-01', '00:59', '2026-11-01T04:59:00.000Z'],
    ['in the repeated hour', 'America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
    ['after the repeated hour', 'America/New_York', '2026-11-01', '02:00', '2026-11-01T07:00:00.000Z'],
    ['inside the gap of Berlin', 'Europe/Berlin', '2026-03-29', '02:45', '2026-03-29T01:00:00.000Z'],
    ['in the repeated hour of Berlin', 'Europe/Berlin', '2026-10-25', '02:15', '2026-10-25T00:15:00.000Z'],
    ['inside a gap of half an hour', 'Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:30:00.000Z'],
    ['just after a gap of half an hour', 'Australia/Lord_Howe', '2026-10-04', '02:31', '2026-10-03T15:31:00.000Z'],
    ['in a repeated half hour', 'Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
    ['a gap over midnight in Havana', 'America/Havana', '2026-03-08', '00:30', '2026-03-08T05:00:00.000Z'],
    ['a gap over midnight in Beirut', 'Asia/Beirut', '2026-03-29', '00:00', '2026-03-28T22:00:00.000Z'],
    ['a gap over midnight in Sao Paulo', 'America/Sao_Paulo', '2018-11-04', '00:15', '2018-11-04T03:00:00.000Z'],
    ['a repeated hour before midnight', 'America/Sao_Paulo', '2019-02-16', '23:30', '2019-02-17T01:30:00.000Z'],
    ['midnight after a repeated hour', 'America/Sao_Paulo', '2019-02-17', '00:00', '2019-02-17T03:00:00.000Z'],
    ['the Friday that Samoa left out', 'Pacific/Apia', '2011-12-30', '10:00', '2011-12-30T10:00:00.000Z'],
    ['the Thursday before it', 'Pacific/Apia', '2011-12-29', '10:00', '2011-12-29T20:00:00.000Z'],
    ['the Saturday after it', 'Pacific/Apia', '2011-12-31', '10:00', '2011-12-30T20:00:00.000Z'],
    ['the eve of the year', 'Pacific/Chatham', '2025-12-31', '23:59', '2025-12-31T10:14:00.000Z'],
    ['a leap day', 'America/New_York', '2028-02-29', '12:00', '2028-02-29T17:00:00.000Z'],
  ])('%s: %s %s %s', (_case, timeZone, dateOn, localTime, expected) => {
    expect(localTimeToInstant(dateOn, localTime, timeZone).toISOString()).toBe(expected);
  });

  it('is the first instant at which the wall clock shows that time or a later one', () => {
    const minute = fc.integer({ min: Date.UTC(2005, 0) / 60_000, max: Date.UTC(2037, 0) / 60_000 });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), minute, (timeZone, wallMinute) => {
        const wall = new Date(wallMinute * 60_000).toISOString();
        const at = localTimeToInstant(wall.slice(0, 10), wall.slice(11, 16), timeZone);
        const shown = (ms: number) => `${localDateOn(new Date(ms), timeZone)}T${localTimeAt(new Date(ms), timeZone)}`;
        expect(shown(at.getTime()) >= wall.slice(0, 16)).toBe(true);
        expect(shown(at.getTime() - 60_000) < wall.slice(0, 16)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['2026-01-15', '24:00'],
    ['2026-01-15', '9:30'],
    ['2026-13-15', '09:30'],
    ['yesterday', '09:30'],
  ])('refuses %s %s', (dateOn, localTime) => {
    expect(() => localTimeToInstant(dateOn, localTime, 'UTC')).toThrow('is no local time');
  });

  it('refuses a zone that does not exist', () => {
    expect(() => localDateOn(new Date(0), 'Mars/Olympus')).toThrow('"Mars/Olympus" is no time zone');
  });
});

describe('the local date of an instant', () => {
  test.each([
    ['2026-01-01T04:59:00Z', 'America/New_York', '2025-12-31'],
    ['2026-01-01T05:00:00Z', 'America/New_York', '2026-01-01'],
    ['2025-12-31T10:15:00Z', 'Pacific/Chatham', '2026-01-01'],
    ['2024-02-29T18:15:00Z', 'Asia/Kathmandu', '2024-03-01'],
    ['2011-12-30T09:59:00Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
  ])('%s in %s is %s', (at, timeZone, expected) => {
    expect(localDateOn(new Date(at), timeZone)).toBe(expected);
  });
});

describe('working days', () => {
  const easter = aCalendar({ holidays: ['2026-04-03', '2026-04-06'] });

  it('are the chosen weekdays without the holidays', () => {
    expect(isWorkingDay('2026-04-02', easter)).toBe(true);
    expect(isWorkingDay('2026-04-03', easter)).toBe(false);
    expect(isWorkingDay('2026-04-04', easter)).toBe(false);
    expect(isWorkingDay('2026-04-05', aCalendar({ workingDays: [7, 1, 2, 3, 4] }))).toBe(true);
  });

  it('are found over holidays and weekends in both directions', () => {
    expect(nextWorkingDay('2026-04-02', easter)).toBe('2026-04-07');
    expect(previousWorkingDay('2026-04-07', easter)).toBe('2026-04-02');
    expect(previousWorkingDay('2026-01-01', easter)).toBe('2025-12-31');
  });

  it('cannot be found in a calendar without any', () => {
    expect(() => nextWorkingDay('2026-04-02', aCalendar({ workingDays: [] }))).toThrow('at least one working day');
  });
});

describe('24 working hours', () => {
  const later = (at: string, change?: Partial<WorkCalendar>) =>
    addWorkingHours(new Date(at), 24, aCalendar(change)).toISOString();

  it('from Monday 10:00 end on Tuesday 10:00', () => {
    expect(later('2026-06-08T08:00:00Z')).toBe('2026-06-09T08:00:00.000Z');
  });

  it('from Friday 10:00 end on Monday 10:00', () => {
    expect(later('2026-06-05T08:00:00Z')).toBe('2026-06-08T08:00:00.000Z');
  });

  it('jump over a holiday', () => {
    expect(later('2026-06-05T08:00:00Z', { holidays: ['2026-06-08'] })).toBe('2026-06-09T08:00:00.000Z');
  });

  it('from a Saturday are the whole of Monday', () => {
    expect(later('2026-06-06T13:00:00Z')).toBe('2026-06-08T22:00:00.000Z');
  });

  it('keep their length over a change of the clocks on a working Sunday', () => {
    const sundays = { workingDays: [6, 7, 1] };
    expect(later('2026-03-28T11:00:00Z', sundays)).toBe('2026-03-29T11:00:00.000Z');
    expect(later('2026-10-24T10:00:00Z', sundays)).toBe('2026-10-25T10:00:00.000Z');
  });

  it('over a weekend in which the clocks change end at the same local time', () => {
    expect(later('2026-03-27T09:00:00Z')).toBe('2026-03-30T08:00:00.000Z');
    expect(later('2026-10-23T08:00:00Z')).toBe('2026-10-26T09:00:00.000Z');
  });

  it('survive a midnight that was shown twice', () => {
    const stJohns = { timeZone: 'America/St_Johns', workingDays: [1, 2, 3, 4, 5, 6, 7] };
    expect(later('2010-11-07T02:35:00Z', stJohns)).toBe('2010-11-08T02:35:00.000Z');
  });

  it('of which none are asked for end at once', () => {
    expect(addWorkingHours(new Date('2026-06-06T13:00:00Z'), 0, aCalendar()).toISOString()).toBe(
      '2026-06-06T13:00:00.000Z',
    );
  });

  test.each([-1, Number.NaN])('%s hours are refused', (hours) => {
    expect(() => addWorkingHours(new Date(0), hours, aCalendar())).toThrow('working hours');
  });

  it('add up: first some and then the rest end where all of them end', () => {
    const instant = fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2037, 0) }).map((ms) => new Date(ms));
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    const hours = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), days, instant, hours, hours, (timeZone, workingDays, at, some, rest) => {
        const calendar = aCalendar({ timeZone, workingDays });
        const inTwo = addWorkingHours(addWorkingHours(at, some, calendar), rest, calendar);
        const inOne = addWorkingHours(at, some + rest, calendar);
        // Hours that end with the last working minute and the first working minute later are the same moment of work.
        expect(addWorkingHours(inTwo, 1, calendar)).toEqual(addWorkingHours(inOne, 1, calendar));
      }),
      { numRuns: 1000 },
    );
  });
});
