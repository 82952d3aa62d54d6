import { LONGEST_FINGERPRINT } from '../grouping/fingerprint.ts';
import { TITLE_LIMIT } from '../reports/report-draft.ts';
import { cleanLine, cleanText, startOf } from '../text.ts';
import type { Severity } from '../vocabulary.ts';

const LONGEST_DESCRIPTION = 2900;
const LONGEST_KEY_PART = 150;
const LONGEST_VERSION = 100;

const WORDS: readonly [Severity, readonly string[]][] = [
  ['S1', ['s1', 'sev1', 'sev-1', 'p1', 'p0', 'critical', 'fatal', 'emergency', 'blocker', 'page']],
  ['S2', ['s2', 'sev2', 'sev-2', 'p2', 'error', 'high', 'major', 'alert']],
  ['S3', ['s3', 'sev3', 'sev-3', 'p3', 'warning', 'warn', 'medium', 'minor']],
  ['S4', ['s4', 'sev4', 'sev-4', 'p4', 'p5', 'info', 'notice', 'debug', 'low', 'none']],
];

/** The severity that a monitoring tool's word stands for, or null where it is none of those in use. */
export function severityOf(word: string | null): Severity | null {
  const known = word?.trim().toLowerCase();
  return WORDS.find(([, words]) => words.includes(known ?? ''))?.[0] ?? null;
}

/** A title of at most the length that a report may have. */
export function titleOf(text: string): string {
  return cleanLine(text, TITLE_LIMIT);
}

/** The parts that are there, one a line, as a report's description. */
export function descriptionOf(parts: readonly (string | null | undefined)[]): string {
  return cleanText(parts.filter(Boolean).join('\n'), LONGEST_DESCRIPTION);
}

/** A key of bounded length from parts of any. */
export function keyOf(...parts: (string | number | null | undefined)[]): string {
  return parts.map((part) => startOf(String(part ?? ''), LONGEST_KEY_PART)).join(':');
}

/** What reports of the same failure have in common, as it is stored. */
export function fingerprintKey(text: string): string {
  return startOf(text, LONGEST_FINGERPRINT);
}

/** The version of a release, as it is stored. */
export function versionOf(text: string): string {
  return startOf(text, LONGEST_VERSION);
}

/** An instant that a sender's clock put into the future is when it arrived. */
export function seenAtOf(at: Date | null, receivedAt: Date): Date {
  return at && at <= receivedAt ? at : receivedAt;
}
