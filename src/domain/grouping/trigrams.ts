/** The trigrams of a text's words, each word padded with two spaces before and one after, as pg_trgm does. */
export function trigrams(words: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const word of words) {
    const padded = [' ', ' ', ...word, ' '];
    for (let at = 0; at + 3 <= padded.length; at += 1) found.add(`${padded[at]}${padded[at + 1]}${padded[at + 2]}`);
  }
  return found;
}

/** Jaccard similarity of two sets of trigrams, 0 to 1; two empty sets have nothing in common. */
export function trigramSimilarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const trigram of a) if (b.has(trigram)) shared += 1;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}
