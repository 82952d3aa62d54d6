import { startOf } from '../text/clean-text.ts';

/** How often each word stands in a title and in a description. */
export type WordCounts = Map<string, { title: number; description: number }>;

const LONGEST_WORD = 64;

/** Past this many words a description is a log or a dump, and the beginning tells what failed. */
const MOST_WORDS = 1_000;
const LONGEST_READ = 20 * MOST_WORDS;

/**
 * The words of a text in order, lower case and unstemmed: runs of letters and digits, apostrophes dropped ("doesn't"
 * is `doesnt`). A camelCase name gives its parts and itself; scripts without spaces give pairs of characters.
 */
export function splitWords(text: string): string[] {
  const found: string[] = [];
  // A single character may become eighteen in NFKC.
  const plain = startOf(startOf(text, LONGEST_READ).normalize('NFKC'), LONGEST_READ).replace(/['’]/g, '');
  for (const [run] of plain.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    for (const word of wordsOf(run)) {
      found.push(startOf(word.toLowerCase(), LONGEST_WORD));
      if (found.length === MOST_WORDS) return found;
    }
  }
  return found;
}

function wordsOf(run: string): string[] {
  if (UNSPACED.test(run)) return pairs(run);
  const parts = run.split(/(?<=\p{Ll})(?=\p{Lu})/u);
  return parts.length === 1 ? parts : [...parts, run];
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function pairs(run: string): string[] {
  const characters = [...run];
  return characters.length < 2
    ? [run]
    : characters.slice(1).map((character, before) => `${characters[before]}${character}`);
}

/** Words of a report by field. */
export function countWords(title: string, description: string): WordCounts {
  const counts: WordCounts = new Map();
  const add = (word: string, field: 'title' | 'description') => {
    const count = counts.get(word) ?? { title: 0, description: 0 };
    count[field] += 1;
    counts.set(word, count);
  };
  for (const word of splitWords(title)) add(word, 'title');
  for (const word of splitWords(description)) add(word, 'description');
  return counts;
}
