import { oneLine, TITLE_LIMIT } from '../report-draft.ts';
import type { Severity } from '../vocabulary.ts';

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

/** A title of at most the length that a report may have, cut between words where it is too long. */
export function titleOf(text: string): string {
  const line = oneLine(text);
  if (line.length <= TITLE_LIMIT) return line;
  return `${line
    .slice(0, TITLE_LIMIT - 1)
    .toWellFormed()
    .replace(/\s+\S*$/, '')}…`;
}

/** The parts that are there, one a line, as a report's description. */
export function descriptionOf(parts: readonly (string | null | undefined)[]): string {
  return parts
    .filter((part): part is string => Boolean(part))
    .join('\n')
    .slice(0, 2900)
    .toWellFormed();
}

/** A key of bounded length from parts of any. */
export function keyOf(...parts: (string | number | null | undefined)[]): string {
  return parts
    .map((part) => String(part ?? '').slice(0, 150))
    .join(':')
    .toWellFormed();
}

/** An instant that a sender's clock put into the future is when it arrived. */
export function seenAtOf(at: Date | null, receivedAt: Date): Date {
  return at && at <= receivedAt ? at : receivedAt;
}
