import { isWebAddress } from '../reports/report-draft.ts';
import { cleanLine, cleanText, startOf } from '../text/clean-text.ts';

const LONGEST_TEXT = 3000;
const MOST_ITEMS = 1000;
const MOST_MEMBERS = 100;
const MOST_COUNTED = 1_000_000;
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

/** Clean text with its line breaks; null where there is none. */
export function linesAt(document: unknown, pointer: string): string | null {
  const value = valueAt(document, pointer);
  return typeof value === 'string' ? cleanText(value, LONGEST_TEXT) || null : null;
}

/** A whole number from 0 on, up to a million; 0 where there is none. */
export function countAt(document: unknown, pointer: string): number {
  const value = valueAt(document, pointer);
  const count = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isNaN(count) ? 0 : Math.min(MOST_COUNTED, Math.max(0, Math.trunc(count)));
}

/** The first thousand of a list: labels and tags are never as many. */
export function listAt(document: unknown, pointer: string): unknown[] {
  const value = valueAt(document, pointer);
  return Array.isArray(value) ? value.slice(0, MOST_ITEMS) : [];
}

const FIRST_MS = Date.UTC(2000, 0);
const LAST_MS = Date.UTC(2100, 0);
/** Seconds, milliseconds, microseconds and nanoseconds since 1970: within a century, no number can be two of them. */
const UNITS_IN_MS = [1_000, 1, 1e-3, 1e-6];

const HAS_ZONE = /(?:\dZ|\d\s+[A-Z]{3,4}|[+-]\d{2}:?\d{2})(?: \(.*\))?$/i;

/**
 * An instant between the years 2000 and 2100, as ISO text or as a number since 1970 in any of the usual units, which may
 * itself be text. A text without a zone is of UTC, wherever the bot runs.
 */
export function instantAt(document: unknown, pointer: string): Date | null {
  const value = valueAt(document, pointer);
  const text = typeof value === 'string' ? startOf(value, LONGEST_INSTANT).trim() : '';
  const since1970 = typeof value === 'number' ? value : /^\d{9,19}(\.\d+)?$/.test(text) ? Number(text) : null;
  const read = since1970 === null ? [Date.parse(inUtc(text))] : UNITS_IN_MS.map((unit) => since1970 * unit);
  const ms = read.find((one) => one >= FIRST_MS && one < LAST_MS);
  return ms === undefined ? null : new Date(Math.floor(ms));
}

function inUtc(text: string): string {
  if (HAS_ZONE.test(text)) return text;
  return /^\S+T\S+$/.test(text) ? `${text}Z` : `${text} UTC`;
}

export function linkAt(document: unknown, pointer: string): string | null {
  const text = textAt(document, pointer);
  return text && isWebAddress(text) ? text : null;
}

/** The texts of an object by their names. */
export function membersAt(document: unknown, pointer: string): [name: string, text: string][] {
  const object = valueAt(document, pointer);
  if (!isObject(object)) return [];
  return Object.keys(object)
    .slice(0, MOST_MEMBERS)
    .flatMap((name) => {
      const text = textAt(object, `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      return text ? [[name, text] satisfies [string, string]] : [];
    });
}
