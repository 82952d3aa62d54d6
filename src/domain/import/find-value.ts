import { startOf } from '../text/clean-text.ts';

type RecordOf = Record<string, unknown>;

const LABEL_COLUMN = /^(.+)\[(\w+)\]$/;

/** The first of the columns that holds something, and its name as the file spells it. */
export function findValue(
  record: RecordOf,
  columns: readonly string[],
): { column: string; value: unknown } | undefined {
  for (const column of columns) {
    const found = columnIn(record, column);
    if (found !== undefined && !isEmpty(found.value)) return found;
  }
  return undefined;
}

/** The name of the first of the columns that the record has, empty or not. */
export function findColumn(record: RecordOf, columns: readonly string[]): string | undefined {
  for (const column of columns) {
    const found = columnIn(record, column.replace(LABEL_COLUMN, '$1'));
    if (found !== undefined) return found.column;
  }
  return undefined;
}

function columnIn(record: RecordOf, column: string): { column: string; value: unknown } | undefined {
  const [, list, prefix] = LABEL_COLUMN.exec(column) ?? [];
  if (list !== undefined && prefix !== undefined) {
    const labels = columnIn(record, list);
    const value = labels && labelNames(labels.value).map(withPrefix(prefix)).find(Boolean);
    return labels && value ? { column: labels.column, value } : undefined;
  }
  const key = keyIn(record, column);
  if (key !== undefined) return { column: key, value: record[key] };
  const value = valueAt(record, column.split('.'));
  return value === undefined ? undefined : { column, value };
}

function keyIn(record: RecordOf, column: string): string | undefined {
  if (Object.hasOwn(record, column)) return column;
  const wanted = lettersAndDigits(column);
  return wanted === '' ? undefined : Object.keys(record).find((key) => lettersAndDigits(key) === wanted);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  // A name may itself have dots in it: fields, then System.Title.
  for (let steps = path.length; steps > 0; steps -= 1) {
    const key = keyIn(value as RecordOf, path.slice(0, steps).join('.'));
    if (key !== undefined) return valueAt((value as RecordOf)[key], path.slice(steps));
  }
  return undefined;
}

function lettersAndDigits(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return typeof value === 'string' && value.trim() === '';
}

/** The names in a list of labels: ["bug"], [{ name: "bug" }] or "bug, area: billing". */
export function labelNames(value: unknown): string[] {
  if (typeof value === 'string') return value.split(',').map((label) => label.trim());
  if (!Array.isArray(value)) return [];
  return value.flatMap((label) => {
    if (typeof label === 'string') return [label.trim()];
    const name = typeof label === 'object' && label !== null ? (label as RecordOf).name : undefined;
    return typeof name === 'string' ? [name.trim()] : [];
  });
}

function withPrefix(prefix: string) {
  return (label: string): string | undefined => {
    const separator = /^\s*[:/=]\s*/.exec(label.slice(prefix.length));
    if (!separator || startOf(label, prefix.length).toLowerCase() !== prefix.toLowerCase()) return undefined;
    return label.slice(prefix.length + separator[0].length).trim() || undefined;
  };
}
