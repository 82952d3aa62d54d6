import { isWebAddress } from '../reports/report-draft.ts';
import { cleanLine, startOf } from '../text.ts';

const LONGEST_TEXT = 3000;
const MOST_ITEMS = 1000;
// Longer than any way of writing an instant.
const LONGEST_INSTANT = 100;

/** What a JSON pointer (RFC 6901) leads to, or undefined. Only a document's own keys are followed. */
export function valueAt(document: unknown, pointer: string): unknown {
  if (pointer === '') return document;
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce<unknown>((at, step) => {
    if (Array.isArray(at)) return /^(0|[1-9]\d*)$/.test(step) ? at[Number(step)] : undefined;
    return isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }, document);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One clean line; a number is read as its digits. Null where there is no text. */
export function textAt(document: unknown, pointer: string): string | null {
  const value = valueAt(document, pointer);
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  return typeof text === 'string' ? cleanLine(text, LONGEST_TEXT) || null : null;
}

/** The first thousand of a list: labels and tags are never as many. */
export function listAt(document: unknown, pointer: string): unknown[] {
  const value = valueAt(document, pointer);
  return Array.isArray(value) ? value.slice(0, MOST_ITEMS) : [];
}

/** An instant as ISO text or as seconds since 1970, between the years 2000 and 2100. */
export function instantAt(document: unknown, pointer: string): Date | null {
  const value = valueAt(document, pointer);
  const text = typeof value === 'string' ? startOf(value, LONGEST_INSTANT) : '';
  const ms = typeof value === 'number' ? value * 1000 : Date.parse(text);
  return ms >= Date.UTC(2000, 0) && ms < Date.UTC(2100, 0) ? new Date(ms) : null;
}

export function linkAt(document: unknown, pointer: string): string | null {
  const text = textAt(document, pointer);
  return text && isWebAddress(text) ? text : null;
}
