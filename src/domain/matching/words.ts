/** How often each word stands in a title and in a description. */
export type WordCounts = Map<string, { title: number; description: number }>;

const LONGEST_WORD = 64;

/** Past this many words a description is a log or a dump, and the beginning tells what failed. */
const MOST_WORDS = 1_000;

/**
 * The words of a text in order, lower case and unstemmed: runs of letters and digits, with camelCase taken apart,
 * apostrophes dropped ("doesn't" is `doesnt`) and scripts without spaces cut into pairs of characters.
 */
export function splitWords(text: string): string[] {
  const found: string[] = [];
  const plain = text
    .slice(0, MOST_WORDS * 20)
    .normalize('NFKC')
    .replace(/['’]/g, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase();
  for (const [run] of plain.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    for (const word of UNSPACED.test(run) ? pairs(run) : [run]) {
      found.push(word.slice(0, LONGEST_WORD));
      if (found.length === MOST_WORDS) return found;
    }
  }
  return found;
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
