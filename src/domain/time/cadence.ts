import { z } from 'zod';
import { cleanLine } from '../text.ts';
import { addDays, dateOfDay, dayNumber, isLocalDate, isLocalTime, weekdayOfDay, weekOfDay } from './local-date.ts';
import { isWorkingDay, localDateOn, localTimeToInstant } from './working-time.ts';

const text = (value: unknown) => (typeof value === 'string' ? `"${cleanLine(value, 60)}"` : String(value));

const noWeekday = {
  error: (issue: { input: unknown }) => `${text(issue.input)} is no weekday; use 1 for Monday to 7 for Sunday`,
};

const weekdaysSchema = (what: string) =>
  z
    .array(z.int(noWeekday).min(1, noWeekday).max(7, noWeekday), {
      error: `${what} must be a list of weekdays, 1 for Monday to 7 for Sunday`,
    })
    .min(1, { error: `${what} needs at least one weekday` })
    .transform((days) => [...new Set(days)].sort((a, b) => a - b));

const dateSchema = z
  .string({ error: (issue) => `${text(issue.input)} is no date; use the form 2026-12-31` })
  .refine(isLocalDate, { error: (issue) => `${text(issue.input)} is no date; use the form 2026-12-31` });

export function isTimeZone(name: string): boolean {
  try {
    // Fixed offsets such as +02:00 pass Intl, but know no daylight saving time.
    return /^[A-Za-z]/.test(name) && Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

export const timeZoneSchema = z
  .string({ error: 'the time zone is missing; use a name such as Europe/Berlin' })
  .refine(isTimeZone, { error: (issue) => `${text(issue.input)} is no time zone; use a name such as Europe/Berlin` });

export const cadenceSchema = z.object({
  weekdays: weekdaysSchema('weekdays'),
  atLocalTime: z
    .string({ error: (issue) => `${text(issue.input)} is no time of day; use the form 09:30` })
    .refine(isLocalTime, {
      error: (issue) => `${text(issue.input)} is no time of day; use the form 09:30, up to 23:59`,
    }),
  everyWeeks: z
    .int({ error: (issue) => `${text(issue.input)} is no number of weeks; use 1 to 52` })
    .min(1, { error: 'a rhythm is at least 1 week' })
    .max(52, { error: 'a rhythm is at most 52 weeks' })
    .default(1),
  anchorOn: dateSchema,
  timeZone: timeZoneSchema,
  holidays: z
    .array(dateSchema, { error: 'holidays must be a list of dates' })
    .max(2000, { error: 'at most 2000 holidays' })
    .transform((dates) => [...new Set(dates)].sort())
    .default([]),
  onHoliday: z.enum(['skip', 'next_working_day'], {
    error: (issue) => `${text(issue.input)} is no rule for holidays; use skip or next_working_day`,
  }),
  workingDays: weekdaysSchema('workingDays'),
});

/**
 * When a ritual recurs: at a local time on some weekdays of every n-th week. The week of `anchorOn` is one that counts,
 * and the rhythm runs from it in both directions. Weekdays are ISO, 1 (Monday) to 7.
 */
export type Cadence = z.infer<typeof cadenceSchema>;

/** Reads a stored or typed cadence; `bad` names every field that is wrong and what it should be. */
export function parseCadence(value: unknown): { ok: Cadence } | { bad: string[] } {
  const parsed = cadenceSchema.safeParse(value);
  if (parsed.success) return { ok: parsed.data };
  return { bad: parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': ')) };
}

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
