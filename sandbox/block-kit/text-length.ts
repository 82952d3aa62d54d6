import { isRecord } from './check-schema.ts';

/** Characters of text in a value: every string under a `text` key, at any depth. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textLength(item), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, child]) => sum + (key === 'text' && typeof child === 'string' ? child.length : textLength(child)),
    0,
  );
}
