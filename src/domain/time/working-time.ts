import { tzOffset } from '@date-fns/tz';
import { HOUR_MS, MINUTE_MS } from './durations.ts';
import { addDays, isLocalTime, isoWeekday } from './local-date.ts';

// No zone has ever been further from UTC (Alaska before 1867: 15 h 13 min).
const FURTHEST_OFFSET_MS = 16 * HOUR_MS;

/** When a program works: ISO weekdays 1 (Monday) to 7, holidays 'YYYY-MM-DD', an IANA zone. */
export interface WorkCalendar {
  timeZone: string;
  workingDays: readonly number[];
  holidays: readonly string[];
}

function offsetMs(timeZone: string, ms: number): number {
  const minutes = tzOffset(timeZone, new Date(ms));
  if (Number.isNaN(minutes)) throw new RangeError(`"${timeZone}" is no time zone, or ${ms} no instant`);
  return Math.round(minutes * MINUTE_MS);
}

/** The local date 'YYYY-MM-DD' that a calendar on the wall shows at that instant. */
export function localDateOn(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMs(timeZone, at.getTime())).toISOString().slice(0, 10);
}

/** The local time 'HH:mm' that a clock on the wall shows at that instant. */
export function localTimeAt(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMs(timeZone, at.getTime())).toISOString().slice(11, 16);
}

/**
 * The first instant at which a wall clock in the zone shows the given time or a later one. So a time inside the spring
 * gap is the first instant after the gap, and a repeated time is its first pass.
 *
 * @param wallMs the wall clock's reading, as if it were UTC, in milliseconds
 */
export function wallClockToInstant(wallMs: number, timeZone: string): Date {
  const before = offsetMs(timeZone, wallMs - FURTHEST_OFFSET_MS);
  const after = offsetMs(timeZone, wallMs + FURTHEST_OFFSET_MS);
  const early = wallMs - Math.max(before, after);
  const late = wallMs - Math.min(before, after);
  if (early + offsetMs(timeZone, early) === wallMs) return new Date(early);
  if (late + offsetMs(timeZone, late) === wallMs) return new Date(late);
  return new Date(firstInstantWithOffset(after, early, late, timeZone));
}

function firstInstantWithOffset(offset: number, from: number, to: number, timeZone: string): number {
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(timeZone, middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}

/** As wallClockToInstant, for a date 'YYYY-MM-DD' and a time 'HH:mm'. */
export function localTimeToInstant(dateOn: string, localTime: string, timeZone: string): Date {
  const wallMs = isLocalTime(localTime) ? Date.parse(`${dateOn}T${localTime}:00Z`) : Number.NaN;
  if (Number.isNaN(wallMs)) throw new RangeError(`"${dateOn} ${localTime}" is no local time`);
  return wallClockToInstant(wallMs, timeZone);
}

export function isWorkingDay(dateOn: string, calendar: WorkCalendar): boolean {
  return calendar.workingDays.includes(isoWeekday(dateOn)) && !calendar.holidays.includes(dateOn);
}

/** The last working day before the date, never the date itself. */
export function previousWorkingDay(dateOn: string, calendar: WorkCalendar): string {
  return nearestWorkingDay(dateOn, -1, calendar);
}

/** The first working day after the date, never the date itself. */
export function nextWorkingDay(dateOn: string, calendar: WorkCalendar): string {
  return nearestWorkingDay(dateOn, 1, calendar);
}

function nearestWorkingDay(dateOn: string, step: 1 | -1, calendar: WorkCalendar): string {
  if (calendar.workingDays.length === 0) throw new RangeError('a calendar needs at least one working day');
  let day = addDays(dateOn, step);
  while (!isWorkingDay(day, calendar)) day = addDays(day, step);
  return day;
}

/**
 * The instant at which that many working hours have passed. A working hour is any hour of a working day, midnight to
 * midnight in the calendar's zone: 24 working hours from Friday 10:00 end on Monday 10:00.
 * Hours are hours that pass, so a working day of 23 or 25 hours counts as such.
 */
export function addWorkingHours(at: Date, hours: number, calendar: WorkCalendar): Date {
  if (!(hours >= 0)) throw new RangeError(`${hours} is no number of working hours`);
  let leftMs = hours * HOUR_MS;
  if (leftMs === 0) return new Date(at);
  let day = localDateOn(at, calendar.timeZone);
  if (!isWorkingDay(day, calendar)) day = nextWorkingDay(day, calendar);
  for (;;) {
    const startMs = Math.max(at.getTime(), localTimeToInstant(day, '00:00', calendar.timeZone).getTime());
    const endMs = localTimeToInstant(addDays(day, 1), '00:00', calendar.timeZone).getTime();
    const dayMs = Math.max(0, endMs - startMs);
    if (leftMs <= dayMs) return new Date(startMs + leftMs);
    leftMs -= dayMs;
    day = nextWorkingDay(day, calendar);
  }
}
