import { excessIn } from '../domain/signals/body-bounds.ts';
import { isObject } from '../domain/signals/json-pointer.ts';

/** A JSON object with its text as it was signed, or what is wrong with a body, in words that quote nothing of it. */
export function readJson(body: Buffer): { json: Record<string, unknown>; text: string } | { bad: string } {
  const excess = excessIn(body);
  if (excess) return { bad: excess };
  try {
    // Strictly UTF-8: what is kept must be what was signed.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return { json, text };
  } catch {
    // The parser's own message may quote the body, so it goes nowhere.
  }
  return { bad: 'The body is not a JSON object.' };
}
