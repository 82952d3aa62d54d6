import { isoWeekday } from '../time/local-date.ts';
import { localDateOn, localTimeToInstant } from '../time/working-time.ts';
import type { Span } from './quarter.ts';

/** A month of a year, `2026-11`. */
export type Month = string;

const AT = '09:00';
const SATURDAY = 6;

export function monthAt(at: Date, timeZone: string): Month {
  return localDateOn(at, timeZone).slice(0, 7);
}

export function monthBefore(month: Month): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? named(year - 1, 12) : named(year, number - 1);
}

export function monthSpan(month: Month, timeZone: string): Span {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const next = number === 12 ? named(year + 1, 1) : named(year, number + 1);
  const midnight = (one: Month) => localTimeToInstant(`${one}-01`, '00:00', timeZone);
  return { after: midnight(month), upTo: midnight(next) };
}

/** When the roll-up of the month before is due: at nine on the first day of the month that is no weekend. */
export function rollUpDueAt(month: Month, timeZone: string): Date {
  const day = [1, 2, 3].find((one) => isoWeekday(`${month}-0${one}`) < SATURDAY) ?? 3;
  return localTimeToInstant(`${month}-0${day}`, AT, timeZone);
}

function named(year: number, number: number): Month {
  return `${year}-${String(number).padStart(2, '0')}`;
}
