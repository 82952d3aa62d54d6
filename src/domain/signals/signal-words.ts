import { LONGEST_FINGERPRINT } from '../grouping/fingerprint.ts';
import { cleanText, startOf } from '../text/clean-text.ts';
import type { Severity } from '../vocabulary.ts';
import { isForUsers } from './release-reach.ts';

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

/**
 * The same, of a failure in an environment. What is seen where no users are is never counted with what users meet, unless
 * the sender itself calls both one thing.
 */
export function fingerprintIn(environment: string | null, text: string): string {
  const isApart = environment !== null && !isForUsers(environment);
  return fingerprintKey(isApart ? `${text}@${environment.trim().toLowerCase()}` : text);
}

/** The label by which senders name the account that was hit, in the ways in which they write it. */
export const ACCOUNT_LABELS = [
  'account',
  'customer',
  'tenant',
  'account_id',
  'customer_id',
  'tenant_id',
  'org',
  'organization',
  'workspace',
];

/** The version of a release, as it is stored. */
export function versionOf(text: string): string {
  return startOf(text, LONGEST_VERSION);
}

/** An instant that a sender's clock put into the future is when it arrived. */
export function seenAtOf(at: Date | null, receivedAt: Date): Date {
  return at && at <= receivedAt ? at : receivedAt;
}
