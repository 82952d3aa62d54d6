import { LONGEST_FINGERPRINT } from '../grouping/fingerprint.ts';
import { cleanText, startOf } from '../text/clean-text.ts';
import { SEVERITIES, type Severity } from '../vocabulary.ts';
import { isForUsers } from './release-reach.ts';

const LONGEST_DESCRIPTION = 2900;
const LONGEST_KEY_PART = 150;
const LONGEST_VERSION = 100;
const LONGEST_PLACE = 150;

const WORDS: readonly [Severity, readonly string[]][] = [
  [
    'S1',
    ['critical', 'crit', 'fatal', 'emergency', 'emerg', 'panic', 'disaster', 'blocker', 'page', 'urgent', 'highest'],
  ],
  ['S2', ['error', 'err', 'high', 'major', 'alert', 'severe']],
  ['S3', ['warning', 'warn', 'medium', 'moderate', 'average', 'minor', 'normal']],
  ['S4', ['info', 'information', 'informational', 'notice', 'debug', 'low', 'lowest', 'trivial', 'none']],
];
/** A letter or word with a number, 0 or 1 being the worst of them. */
const NUMBERED = /^(?:s|sev|severity|p|prio|priority)[\s\-_:.]?([0-5])$/;

/** The severity that a monitoring tool's word stands for, or null where it is none of those in use. */
export function severityOf(word: string | null): Severity | null {
  const known = word?.trim().toLowerCase();
  const numbered = NUMBERED.exec(known ?? '')?.[1];
  if (numbered) return SEVERITIES[Math.min(3, Math.max(0, Number(numbered) - 1))] ?? null;
  return WORDS.find(([, words]) => words.includes(known ?? ''))?.[0] ?? null;
}

const SAYS_SEVERITY = /^(severity|sev|impact)\P{L}*/iu;
const SAYS_PRIORITY = /^(priority|prio)\P{L}*/iu;

/** How much a label or a name says how bad something is: 2 by its severity, 1 by its priority or a word alone, else 0. */
function saidOutright(label: string): number {
  if (SAYS_SEVERITY.test(label) || /\bseverity$/i.test(label)) return 2;
  return 1;
}

/**
 * The severity that labels such as `sev:2`, `priority/critical-urgent`, `High severity` or `P1 - Critical` stand for; what
 * says severity counts before what says priority. Null where none says either.
 */
export function severityNamed(labels: readonly string[]): Severity | null {
  const said = labels.flatMap((label) => {
    const severity = severityOfLabel(label);
    return severity ? [{ severity, weight: saidOutright(wordsIn(label)) }] : [];
  });
  return said.sort((a, b) => b.weight - a.weight)[0]?.severity ?? null;
}

function severityOfLabel(label: string): Severity | null {
  const words = wordsIn(label);
  const whole = severityOf(words) ?? severityOf(label);
  if (whole) return whole;
  const numbered = /^(?:s|sev|severity|p|prio|priority) ?[0-5](?= |$)/i.exec(words)?.[0];
  if (numbered) return severityOf(numbered);
  const isSaid = SAYS_SEVERITY.test(words) || SAYS_PRIORITY.test(words) || / (severity|priority)$/i.test(words);
  if (!isSaid) return null;
  return (
    words
      .split(' ')
      .map((word) => severityOf(word))
      .find((one) => one !== null) ?? null
  );
}

/** Letters and digits, apart from signs and pictures. */
function wordsIn(label: string): string {
  return label
    .replace(/:[a-z\d_+-]+:/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
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

/** What a sender calls a repository, a branch, a place or a part of the product, as it is stored. */
export function placeOf(text: string | null): string | null {
  return text === null ? null : startOf(text, LONGEST_PLACE);
}

/** An instant that a sender's clock put into the future is when it arrived. */
export function seenAtOf(at: Date | null, receivedAt: Date): Date {
  return at && at <= receivedAt ? at : receivedAt;
}
