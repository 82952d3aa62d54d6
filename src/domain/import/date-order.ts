/** Which of the two small numbers of a date is the day. */
export type DateOrder = 'dmy' | 'mdy';

const NUMERIC = /^\s*(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;

/** The orders in which a date of numbers can be read; empty for a date that says by itself which is which. */
export function ordersOf(text: string): DateOrder[] {
  const [, first, , second] = NUMERIC.exec(text) ?? [];
  if (first === undefined || second === undefined) return [];
  return [
    ...(Number(first) <= 31 && Number(second) <= 12 ? (['dmy'] as const) : []),
    ...(Number(first) <= 12 && Number(second) <= 31 ? (['mdy'] as const) : []),
  ];
}

/** What the dates of a column say of how they are written, seen one after the other. */
export class OrderOfColumn {
  readonly #seen = new Set<DateOrder>();

  note(text: string): void {
    const orders = ordersOf(text);
    if (orders.length === 1 && orders[0]) this.#seen.add(orders[0]);
  }

  /** The one order in which all of them can be read, or undefined where both can be or neither can. */
  order(): DateOrder | undefined {
    return this.#seen.size === 1 ? [...this.#seen][0] : undefined;
  }
}
