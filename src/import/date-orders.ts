import { type DateOrder, OrderOfColumn } from '../domain/import/date-order.ts';
import { findValue } from '../domain/import/find-value.ts';
import { type DateField, dateFields } from '../domain/import/imported-report.ts';
import type { Mapping } from '../domain/import/mapping.ts';
import { hasZone } from '../domain/import/read-date.ts';

/** What the columns of dates of a file say, seen row by row. */
export type DateColumns = {
  note: (record: Record<string, unknown>) => void;
  orders: () => Partial<Record<DateField, DateOrder>>;
  /** Whether some of them name no zone. */
  needZone: () => boolean;
};

export function watchDates(mapping: Mapping, now: Date): DateColumns {
  const columns = new Map(dateFields.map((field) => [field, new OrderOfColumn(now.getUTCFullYear())]));
  let isWithoutZone = false;
  return {
    note: (record) => {
      for (const [field, column] of columns) {
        const value = findValue(record, mapping.columns[field] ?? [])?.value;
        if (typeof value !== 'string') continue;
        column.note(value);
        isWithoutZone ||= !hasZone(value);
      }
    },
    // A tracker writes all its dates alike, so that what one column shows holds for the others.
    orders: () => {
      const known = [...columns].flatMap(([field, column]) => {
        const order = column.order();
        return order ? [[field, order] as const] : [];
      });
      const [first] = new Set(known.map(([, order]) => order)).size === 1 ? known : [];
      return first ? Object.fromEntries(dateFields.map((field) => [field, first[1]])) : Object.fromEntries(known);
    },
    needZone: () => isWithoutZone,
  };
}
