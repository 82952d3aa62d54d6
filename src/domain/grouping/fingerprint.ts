import { startOf } from '../text/clean-text.ts';

/** One kind of text that differs between two occurrences of the same failure, and what stands for it. */
export type Mask = { name: string; mask: string; pattern: RegExp; example: string };

const MONTHS = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const DAYS = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+)?';
const CLOCK = '\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?';
const OFFSET = '(?:\\s?(?:z|utc|gmt|[+-]\\d{2}:?\\d{2}))?';
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';

const SAFE = '[bcdfghjklmnpqrstvwxz2456789]';

/**
 * What a fingerprint leaves out, in the order in which it is looked for: the longer kinds first, since a URL may
 * hold an address, an address numbers, and an instant looks like durations and numbers. The text is lower case by then.
 * Senders write it: no pattern may look at a character more than a bounded number of times.
 */
export const MASKS: readonly Mask[] = [
  { name: 'ANSI colour', mask: '', pattern: /\p{Cc}\[[\d;]*m/gu, example: '\u001b[31m' },
  {
    name: 'URL',
    mask: '<url>',
    pattern: /\b[a-z][a-z\d+.-]{0,15}:\/\/[^\s"'<>`)\]}]+/g,
    example: 'https://api.stripe.com/v1/charges?limit=3',
  },
  {
    name: 'e-mail',
    mask: '<email>',
    pattern: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g,
    example: 'ana.diaz+test@example.com',
  },
  {
    name: 'UUID',
    mask: '<id>',
    pattern: /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g,
    example: '0b9f3c52-6d1e-4f0a-9a67-2f1f6f1f9a10',
  },
  {
    name: 'instant, ISO 8601 or with a space',
    mask: '<time>',
    pattern: new RegExp(`\\b\\d{4}[-/]\\d{2}[-/]\\d{2}(?:[t ]${CLOCK}${OFFSET})?(?![\\d-])`, 'g'),
    example: '2026-11-04T09:30:12.481Z',
  },
  {
    name: 'IPv6',
    mask: '<ip>',
    pattern:
      /\[?(?<![\w:])(?=[\da-f:]{0,39}::|(?:[\da-f]{1,4}:){7})[\da-f]{0,4}(?::[\da-f]{0,4}){2,8}(?!\w)(?:\]:\d+)?/g,
    example: 'fe80::1ff:fe23:4567:890a',
  },
  { name: 'MAC address', mask: '<id>', pattern: /\b(?:[\da-f]{2}[:-]){5}[\da-f]{2}\b/g, example: '00:1b:44:11:3a:b7' },
  {
    name: 'date with the name of a month, as syslog, HTTP and access logs print it',
    mask: '<time>',
    pattern: new RegExp(
      `\\b${DAYS}(?:\\d{1,2}[ /-]${MONTHS}(?:[ /-]\\d{4})?|${MONTHS}\\s+\\d{1,2}(?:,?\\s+\\d{4}(?!:))?)(?:[ :]+${CLOCK}${OFFSET})?(?![\\w])`,
      'g',
    ),
    example: 'Wed, 04 Nov 2026 09:30:12 GMT',
  },
  {
    name: 'time of day',
    mask: '<time>',
    pattern: new RegExp(`\\b${CLOCK}${OFFSET}(?![\\d:])`, 'g'),
    example: '09:30:12,481',
  },
  {
    name: 'IPv4, with a port or a prefix length',
    mask: '<ip>',
    pattern: new RegExp(`\\b(?:${OCTET}\\.){3}${OCTET}\\b(?:[:/]\\d{1,5}\\b)?`, 'g'),
    example: '10.128.0.7:8443',
  },
  {
    name: 'duration',
    mask: '<duration>',
    pattern:
      /\b\d+(?:[.,]\d+)?\s?(?:ns|µs|us|ms|milliseconds?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|[smhd])(?:\d+(?:\.\d+)?(?:ms|[smhd]))*\b/g,
    example: '1m30.5s',
  },
  { name: 'size', mask: '<size>', pattern: /\b\d+(?:\.\d+)?\s?(?:[kmgt]i?b|bytes?)\b/g, example: '512MiB' },
  { name: 'Windows path', mask: '<path>', pattern: /\b[a-z]:\\[^\s"'<>|]+/g, example: 'C:\\jobs\\sync\\run.log' },
  {
    name: 'path, absolute or from here, with its line',
    mask: '<path>',
    pattern: /(?<![\w<>/.])(?:~|\.{1,2})?\/[\w.@%+=~-]+(?:\/[\w.@%+=~-]+)*\/?(?::\d+){0,2}/g,
    example: '/var/lib/fivetran/jobs/88/out.csv',
  },
  {
    name: 'quoted id: a quoted word that holds a digit',
    mask: '<id>',
    pattern: /"(?=[^"\s]*\d)[^"\s]+"|'(?=[^'\s]*\d)[^'\s]+'|`(?=[^`\s]*\d)[^`\s]+`/g,
    example: '"tenant-4711"',
  },
  {
    name: 'id with a prefix, as payment and sync vendors write them',
    mask: '<id>',
    pattern: /\b[a-z]{2,8}(?:_(?:live|test))?_(?=[a-z]*\d)[a-z\d]{8,}\b/g,
    example: 'evt_1NG8Du2eZvKYlo2CUI79vXWy',
  },
  {
    name: 'suffix of a generated name, in the vowel-free alphabet of Kubernetes',
    mask: '-<id>',
    pattern: new RegExp(`(?<=[a-z])-(?=[a-z]*\\d)(?:${SAFE}{8,10}(?:-${SAFE}{5})?|${SAFE}{5})\\b`, 'g'),
    example: '-7d9f8b6c5d-x2x4q',
  },
  {
    name: 'hexadecimal',
    mask: '<hex>',
    pattern: /\b(?:0x[\da-f]+|(?=[a-f]*\d)(?=\d*[a-f])[\da-f]{7,})\b/g,
    example: '0x7ffdc0ffee',
  },
  { name: 'number', mask: '<n>', pattern: /(?<![a-z<])[+-]?\d+(?:[.,]\d+)*%?/g, example: '1,204.50' },
];

export const LONGEST_FINGERPRINT = 300;
/** Masks are shorter than what they stand for. */
const LONGEST_MASKED = 10 * LONGEST_FINGERPRINT;

/**
 * What two machine reports of the same failure have in common: the text in lower case without what changes from one
 * occurrence to the next (`MASKS`), white space evened out, cut to 300 characters.
 */
export function fingerprintOf(text: string): string {
  // A single character may become eighteen in NFKC.
  const plain = startOf(startOf(text, LONGEST_MASKED).normalize('NFKC').toLowerCase(), LONGEST_MASKED);
  const masked = MASKS.reduce((left, { pattern, mask }) => left.replace(pattern, mask), plain);
  return startOf(masked.replace(/\s+/g, ' ').trim(), LONGEST_FINGERPRINT);
}
