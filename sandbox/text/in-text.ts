/** A stranger's value inside a sentence. Objects are named by kind: String() throws for one such as `{ toString: 0 }`. */
export function inText(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** The value, if it is text. */
export function textOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
