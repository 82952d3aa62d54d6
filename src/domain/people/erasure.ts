import { startOf } from '../text/clean-text.ts';

/** What stands where somebody's words stood. */
export const ERASED_WORDS = 'Words erased';

/** How every pseudonym begins. */
export const pseudonymPrefix = 'somebody-';

/** A name that says nothing of whom it stands for, and is nobody's in Slack. `random` has eight characters or more. */
export function pseudonymOf(random: string): string {
  return `${pseudonymPrefix}${random.slice(0, 8).toLowerCase()}`;
}

/** What is left of a note: the addresses that a proof rests on, such as that of a regression test. */
export function addressesOf(note: string): string {
  return [ERASED_WORDS, ...(note.match(/https?:\/\/[^\s<>|]+/g) ?? [])].join(' ');
}

const LONGEST_START = 20;

/** Tells whether a text holds the beginning of any of the words that are erased, as typed or escaped for Slack. */
export function quotesAny(text: string, erased: readonly string[]): boolean {
  const plain = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return erased.some((words) => words.trim() !== '' && plain.includes(startOf(words.trim(), LONGEST_START)));
}
