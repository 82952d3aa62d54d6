/** Which of the small numbers of a date is the day, and whether the year stands before them in two digits. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

const NUMERIC = /^\s*(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;
const CENTURY = 2000;
/** Numbers that differ in as many dates are no year where another place of all those dates holds one number. */
const SEVERAL = 3;

/** The three numbers of a date, in the order in which they stand. */
type Parts = readonly [first: string, second: string, last: string];

function partsOf(text: string): Parts | undefined {
  const [, first, , second, last] = NUMERIC.exec(text) ?? [];
  return first && second && last ? [first, second, last] : undefined;
}

/**
 * The orders in which a date of numbers can be read; empty for a date that says by itself which is which. An order that
 * makes the year later than `latestYear` counts only where every other does so, too.
 */
export function ordersOf(text: string, latestYear = Number.POSITIVE_INFINITY): DateOrder[] {
  const parts = partsOf(text);
  if (!parts) return [];
  const [first, second, last] = parts;
  const isMonth = (part: string) => Number(part) <= 12;
  const isDay = (part: string) => Number(part) <= 31;
  const possible: DateOrder[] = [
    ...(isDay(first) && isMonth(second) ? (['dmy'] as const) : []),
    ...(isMonth(first) && isDay(second) ? (['mdy'] as const) : []),
    ...(parts.every(({ length }) => length === 2) && isMonth(second) && isDay(last) ? (['ymd'] as const) : []),
  ];
  const isPlausible = (order: DateOrder) => {
    const year = order === 'ymd' ? first : last;
    return Number(year) + (year.length === 2 ? CENTURY : 0) <= latestYear;
  };
  const plausible = possible.filter(isPlausible);
  return plausible.length > 0 ? plausible : possible;
}

const FIRST: Record<DateOrder, { place: string; form: string }> = {
  dmy: { place: 'with the day', form: 'd/M/yy' },
  mdy: { place: 'with the month', form: 'M/d/yy' },
  ymd: { place: 'with the year', form: 'yy/M/d' },
};

/** What is said of a date that can be read in several orders. */
export function ambiguityWords(orders: readonly DateOrder[]): string {
  const all = (of: 'place' | 'form') => orders.map((order) => FIRST[order][of]).join(' or ');
  return `can be read ${all('place')} first; say --date-format ${all('form')}`;
}

/** What the dates of a column say of how they are written, seen one after the other. */
export class OrderOfColumn {
  readonly #latestYear: number;
  #left: DateOrder[] = ['dmy', 'mdy', 'ymd'];
  #hasSeen = false;
  readonly #firsts = new Set<string>();
  readonly #lasts = new Set<string>();

  constructor(latestYear: number) {
    this.#latestYear = latestYear;
  }

  note(text: string): void {
    const orders = ordersOf(text, this.#latestYear);
    const parts = partsOf(text);
    if (orders.length === 0 || !parts) return;
    this.#hasSeen = true;
    this.#left = this.#left.filter((order) => orders.includes(order));
    // Whether one place holds one number and another several is known long before a column ends.
    if (this.#firsts.size < SEVERAL) this.#firsts.add(parts[0]);
    if (this.#lasts.size < SEVERAL) this.#lasts.add(parts[2]);
  }

  /** The one order in which all of them can be read, or undefined where several can be or none can. */
  order(): DateOrder | undefined {
    if (!this.#hasSeen) return undefined;
    const [only, ...others] = this.#left.filter((order) => this.#mayHaveYears(order));
    return others.length === 0 ? only : undefined;
  }

  /** Where all dates share one number in the place of a year, no place whose numbers differ is that of the year. */
  #mayHaveYears(order: DateOrder): boolean {
    const [own, other] = order === 'ymd' ? [this.#firsts, this.#lasts] : [this.#lasts, this.#firsts];
    const isOtherOne = this.#left.includes('ymd') && other.size === 1;
    return !(isOtherOne && own.size >= SEVERAL);
  }
}
