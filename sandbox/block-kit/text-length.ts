import { isRecord } from './check-schema.ts';

/** Characters of text in a value: every string under a `text` key, however deep. */
export function textLength(value: unknown): number {
  const left: unknown[] = [value];
  let length = 0;
  while (left.length > 0) {
    const next = left.pop();
    if (Array.isArray(next)) for (const item of next) left.push(item);
    if (!isRecord(next)) continue;
    for (const [key, child] of Object.entries(next)) {
      if (key === 'text' && typeof child === 'string') length += child.length;
      else left.push(child);
    }
  }
  return length;
}
