import type { Severity } from '../vocabulary.ts';
import { labelNames } from './find-value.ts';
import { textOf } from './read-text.ts';

const UNSET = new Set(['', '-', '--', '---', 'n/a', 'none', 'not set', 'unset', 'undefined', 'unspecified', 'null']);

/** `unknown` when a word is there but stands for no severity; a list of labels may say nothing. */
export function readSeverity(
  value: unknown,
  words: Readonly<Record<string, Severity>>,
): { severity?: Severity; unknown?: boolean } {
  if (Array.isArray(value)) {
    const severity = labelNames(value)
      .map((label) => severityOf(label, words))
      .find((found) => found !== undefined);
    return severity ? { severity } : {};
  }
  const word = (textOf(value) ?? '').trim().toLowerCase();
  if (textOf(value) !== undefined && UNSET.has(word)) return {};
  const severity = severityOf(word, words);
  return severity ? { severity } : { unknown: true };
}

function severityOf(word: string, words: Readonly<Record<string, Severity>>): Severity | undefined {
  const key = word.trim().toLowerCase();
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
