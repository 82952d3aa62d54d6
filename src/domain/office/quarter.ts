import { addDays } from '../time/local-date.ts';
import { localDateOn, localTimeToInstant } from '../time/working-time.ts';

/** A quarter of a year, `2026-Q3`. */
export type Quarter = `${number}-Q${number}`;

/** From the first midnight of the quarter, on a clock on the wall, to the first one after it. */
export type Span = { after: Date; upTo: Date };

export function quarterAt(at: Date, timeZone: string): Quarter {
  const [year = 0, month = 1] = localDateOn(at, timeZone).split('-').map(Number);
  return `${year}-Q${Math.ceil(month / 3)}`;
}

export function quarterBefore(quarter: Quarter): Quarter {
  const [year, number] = partsOf(quarter);
  return number === 1 ? `${year - 1}-Q4` : `${year}-Q${number - 1}`;
}

export function spanOf(quarter: Quarter, timeZone: string): Span {
  const [year, number] = partsOf(quarter);
  const next = number === 4 ? firstDay(year + 1, 1) : firstDay(year, number + 1);
  const midnight = (dateOn: string) => localTimeToInstant(dateOn, '00:00', timeZone);
  return { after: midnight(firstDay(year, number)), upTo: midnight(next) };
}

/** The first and the last day of a quarter. */
export function daysOf(quarter: Quarter): [string, string] {
  const [year, number] = partsOf(quarter);
  const next = number === 4 ? firstDay(year + 1, 1) : firstDay(year, number + 1);
  return [firstDay(year, number), addDays(next, -1)];
}

/** "Q3 2026". */
export function quarterWords(quarter: Quarter): string {
  const [year, number] = partsOf(quarter);
  return `Q${number} ${year}`;
}

/** What somebody typed for a quarter: a quarter, one of an unnamed year, or the last one that is over. */
export type TypedQuarter = Quarter | 1 | 2 | 3 | 4 | 'last';

/** Reads "Q3 2026", "2026-Q3", "q3" and "last"; undefined for anything else. */
export function parseQuarter(text: string): TypedQuarter | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === 'last') return 'last';
  const [, yearFirst, number = '', yearLast] = /^(?:(\d{4})[ -]?)?q([1-4])(?:[ -]?(\d{4}))?$/.exec(typed) ?? [];
  if (number === '' || (yearFirst && yearLast)) return undefined;
  const year = yearFirst ?? yearLast;
  const quarter = Number(number) as 1 | 2 | 3 | 4;
  return year === undefined ? quarter : `${Number(year)}-Q${quarter}`;
}

/** The quarter that was meant; without a year the latest that has begun, without anything the running one. */
export function meantQuarter(typed: TypedQuarter | null, now: Date, timeZone: string): Quarter {
  const running = quarterAt(now, timeZone);
  if (typed === null) return running;
  if (typed === 'last') return quarterBefore(running);
  if (typeof typed === 'string') return typed;
  const [year, number] = partsOf(running);
  return `${typed <= number ? year : year - 1}-Q${typed}`;
}

function partsOf(quarter: Quarter): [year: number, number: number] {
  const [year = 0, number = 1] = quarter.split('-Q').map(Number);
  return [year, number];
}

function firstDay(year: number, number: number): string {
  return `${String(year).padStart(4, '0')}-${String(3 * number - 2).padStart(2, '0')}-01`;
}
