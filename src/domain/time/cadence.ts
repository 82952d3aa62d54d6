import { addDays, dateOfDay, dayNumber, weekdayOfDay, weekOfDay } from './local-date.ts';
import { isWorkingDay, localDateOn, localTimeToInstant } from './working-time.ts';

export function isTimeZone(name: string): boolean {
  try {
    // Fixed offsets such as +02:00 pass Intl, but know no daylight saving time.
    return /^[A-Za-z]/.test(name) && Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/**
 * When a ritual recurs: at a local time on some weekdays of every n-th week. The week of `anchorOn` is one that counts,
 * and the rhythm runs from it in both directions. Weekdays are ISO, 1 (Monday) to 7, in order and each once.
 */
export type Cadence = {
  weekdays: number[];
  /** On the wall clock of the time zone: "09:30". */
  atLocalTime: string;
  everyWeeks: number;
  anchorOn: string;
  timeZone: string;
  holidays: string[];
  onHoliday: 'skip' | 'next_working_day';
  workingDays: number[];
};

function isPlannedOn(cadence: Cadence, day: number): boolean {
  if (!cadence.weekdays.includes(weekdayOfDay(day))) return false;
  return (weekOfDay(day) - weekOfDay(dayNumber(cadence.anchorOn))) % cadence.everyWeeks === 0;
}

/**
 * 1. A planned day that is no holiday is due, whether or not it is a working day: its weekday was chosen.
 * 2. A planned holiday is skipped, or moves to the next working day; where that day is planned too they are one.
 */
function isDueOn(cadence: Cadence, day: number): boolean {
  const dateOn = dateOfDay(day);
  if (cadence.holidays.includes(dateOn)) return false;
  if (isPlannedOn(cadence, day)) return true;
  if (cadence.onHoliday === 'skip' || !isWorkingDay(dateOn, cadence)) return false;
  for (let earlier = day - 1; !isWorkingDay(dateOfDay(earlier), cadence); earlier--) {
    if (isPlannedOn(cadence, earlier) && cadence.holidays.includes(dateOfDay(earlier))) return true;
  }
  return false;
}

function instantOn(cadence: Cadence, day: number): Date {
  return localTimeToInstant(dateOfDay(day), cadence.atLocalTime, cadence.timeZone);
}

// A gap, even one of a whole day, puts an instant on the next local date at most; the second day is for repeated midnights.
const MARGIN_DAYS = 2;

/** The instants of the cadence after `after` up to and including `upTo`, oldest first. */
export function dueInstants(cadence: Cadence, after: Date, upTo: Date): Date[] {
  const instants: Date[] = [];
  const lastDay = dayNumber(localDateOn(upTo, cadence.timeZone)) + MARGIN_DAYS;
  let latestMs = after.getTime();
  for (let day = dayNumber(localDateOn(after, cadence.timeZone)) - MARGIN_DAYS; day <= lastDay; day++) {
    if (!isDueOn(cadence, day)) continue;
    const at = instantOn(cadence, day);
    if (at.getTime() <= latestMs || at > upTo) continue;
    latestMs = at.getTime();
    instants.push(at);
  }
  return instants;
}

/** The first instant of the cadence strictly after `after`. */
export function nextInstant(cadence: Cadence, after: Date): Date {
  for (let day = dayNumber(localDateOn(after, cadence.timeZone)) - MARGIN_DAYS; ; day++) {
    if (!isDueOn(cadence, day)) continue;
    const at = instantOn(cadence, day);
    if (at > after) return at;
  }
}

/** The last instant of the cadence strictly before `before`. */
export function previousInstant(cadence: Cadence, before: Date): Date {
  for (let day = dayNumber(localDateOn(before, cadence.timeZone)) + MARGIN_DAYS; ; day--) {
    if (!isDueOn(cadence, day)) continue;
    const at = instantOn(cadence, day);
    if (at < before) return at;
  }
}

/** The first instant after `after` at which the wall clock of the zone shows this time. */
export function nextLocalTime(localTime: string, timeZone: string, after: Date): Date {
  const todayOn = localDateOn(after, timeZone);
  const today = localTimeToInstant(todayOn, localTime, timeZone);
  return today > after ? today : localTimeToInstant(addDays(todayOn, 1), localTime, timeZone);
}
