import { DAY_MS } from './durations.ts';

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

export const firstYear = 1970;
export const lastYear = 2199;

/** True for a day that is in the calendar ('2024-02-29' is, '2023-02-29' is not), between 1970 and 2199. */
export function isLocalDate(text: string): boolean {
  const [, year, month, day] = SHAPE.exec(text) ?? [];
  if (year === undefined || Number(year) < firstYear || Number(year) > lastYear) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

export function isLocalTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** Days since 1970-01-01, so that calendar arithmetic never meets a time zone. */
export function dayNumber(dateOn: string): number {
  const ms = Date.parse(`${dateOn}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new RangeError(`"${dateOn}" is no date of the form YYYY-MM-DD`);
  return ms / DAY_MS;
}

export function dateOfDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(dateOn: string, days: number): string {
  return dateOfDay(dayNumber(dateOn) + days);
}

/** 1 Monday to 7 Sunday. */
export function isoWeekday(dateOn: string): number {
  return weekdayOfDay(dayNumber(dateOn));
}

/** Day 0, 1970-01-01, was a Thursday (4). */
export function weekdayOfDay(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Whole weeks, Monday to Sunday, counted without regard to years. */
export function weekOfDay(day: number): number {
  return Math.floor((day + 3) / 7);
}
