import { keepPlaceForBestFit } from '../../src/domain/grouping/kept-place.ts';
import { trigramSimilarity, trigrams } from '../../src/domain/grouping/trigrams.ts';
import { splitWords } from '../../src/domain/grouping/words.ts';
import { DAY_MS } from '../../src/domain/time/durations.ts';

/** A way to score: the bot's own with something changed. Weights are relative to a full BM25F score of 1. */
export type Variant = {
  name: string;
  titleWeight: number;
  saturation: number;
  lengthCorrection: number;
  askedTitleWeight: number;
  askedSaturation: number;
  trigram: number;
  /** Of character 4-grams of the titles' words, by their idf. */
  grams: number;
  /** Of neighbours in the asked title that are neighbours in the stored one. */
  proximity: number;
  /** Of how new a report is, by its age in days. */
  newness: (days: number) => number;
  /** The last of the places that people look at is kept for what fits best, however old. */
  keepsPlace: boolean;
  /** Of the logarithm of how many reports the defect has. */
  size: number;
  /** Of the defect's second best report. */
  second: number;
  /** Of how rare a word is: what its idf is raised to. */
  rarity: number;
  /** Undefined for a word that does not count, such as "the". */
  stem: Stem;
};

export type Stem = (word: string) => string | undefined;

export type StreamText = { title: string; description: string; at: number };

type Ways = { english: Stem };

/** A full score of the bot is 1 where it is the words' 1 and the trigrams' 0.3 here. */
export const UNIT_OF_SCORE = 1 / 1.3;

/** What the bot does, and what was thought of besides. */
export function variantsOf({ english }: Ways): [Variant, ...Variant[]] {
  const bot: Variant = {
    ...{ name: 'as it is', titleWeight: 2, saturation: 1.5, lengthCorrection: 0.75, askedTitleWeight: 5 },
    ...{ askedSaturation: 5, trigram: 0.3, grams: 0, proximity: 0, size: 0, second: 0 },
    ...{ newness: (days: number) => 0.1 / (1 + days / 10), keepsPlace: true, rarity: 1, stem: english },
  };
  const counted = (word: string) => english(word) !== undefined;
  const nouns = (word: string) => word.replace(/(?<=[^s])s$/, '').replace(/(?<=..)ie$/, 'y');
  const verbs = (word: string) => word.replace(/(?<=...)(?:ing|ed)$/, '');
  return [
    bot,
    { ...bot, name: 'stored title counts 1', titleWeight: 1 },
    { ...bot, name: 'stored title counts 3', titleWeight: 3 },
    { ...bot, name: 'stored title counts 5', titleWeight: 5 },
    { ...bot, name: 'asked title counts 2', askedTitleWeight: 2 },
    { ...bot, name: 'asked title counts 10', askedTitleWeight: 10 },
    { ...bot, name: 'half the length correction', lengthCorrection: 0.4 },
    { ...bot, name: 'repeats saturate sooner (k1 0.9)', saturation: 0.9 },
    { ...bot, name: 'no trigrams', trigram: 0 },
    { ...bot, name: 'twice the trigrams', trigram: 0.6 },
    { ...bot, name: 'character 4-grams of titles, 0.3', grams: 0.3 },
    { ...bot, name: 'character 4-grams for trigrams', grams: 0.3, trigram: 0 },
    { ...bot, name: 'neighbouring words, 0.1', proximity: 0.1 },
    { ...bot, name: 'neighbouring words, 0.3', proximity: 0.3 },
    { ...bot, name: 'however old', newness: () => 0 },
    { ...bot, name: 'no place kept', keepsPlace: false },
    {
      ...bot,
      name: 'halving every 90 days, no place kept',
      newness: (days) => 0.05 * 2 ** (-days / 90),
      keepsPlace: false,
    },
    { ...bot, name: 'halving every 30 days, 0.08', newness: (days) => 0.08 * 2 ** (-days / 30) },
    { ...bot, name: 'newer reports first, 0.2', newness: (days) => 0.2 / (1 + days / 10) },
    { ...bot, name: 'larger defects first, 0.02', size: 0.02 },
    { ...bot, name: 'second best report, 0.2', second: 0.2 },
    { ...bot, name: 'rarity to the power of 1.25', rarity: 1.25 },
    { ...bot, name: 'rarity to the power of 1.5', rarity: 1.5 },
    { ...bot, name: 'every word counts, "the" too', stem: (word) => english(word) ?? word },
    { ...bot, name: 'no stemming', stem: (word) => (counted(word) ? word : undefined) },
    { ...bot, name: 'stems of nouns only', stem: (word) => (counted(word) ? nouns(word) : undefined) },
    { ...bot, name: 'stems of verbs only', stem: (word) => (counted(word) ? verbs(word) : undefined) },
  ];
}

/** A defect that was found: `score` is how well it fits by its words and trigrams, `rank` what it is ordered by. */
export type Found = {
  defect: number;
  rank: number;
  score: number;
  words: number;
  trigram: number;
  newness: number;
  /** The rank of its second best report. */
  second: number;
  size: number;
};

const NOTHING_FOUND = { first: 0, second: 0, score: 0, words: 0, trigram: 0, newness: 0 };

type Stored = {
  defect: number;
  length: number;
  trigrams: Set<string>;
  pairs: Set<string>;
  gramNorm: number;
  at: number;
};

/** Reports in memory, ranked by one variant over all of them: slow where there are millions, and exact. */
export function ranker(variant: Variant) {
  const stored: Stored[] = [];
  const postings = new Map<string, { report: number; count: number }[]>();
  const gramPostings = new Map<string, number[]>();
  const sizes = new Map<number, number>();
  let words = 0;

  const stemsOf = (titleWords: readonly string[]) => titleWords.flatMap((word) => variant.stem(word) ?? []);
  const countsOf = (title: string, description: string, titleWeight: number) => {
    const counts = new Map<string, number>();
    const add = (text: string, weight: number) => {
      for (const word of splitWords(text)) {
        const stem = variant.stem(word);
        if (stem !== undefined) counts.set(stem, (counts.get(stem) ?? 0) + weight);
      }
    };
    add(title, titleWeight);
    add(description, 1);
    return counts;
  };

  return {
    add({ title, description, at }: StreamText, defect: number): void {
      const counts = countsOf(title, description, variant.titleWeight);
      const length = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const report = stored.length;
      const titleWords = splitWords(title);
      const grams = variant.grams > 0 ? gramsOf(titleWords) : new Set<string>();
      stored.push({
        ...{ defect, length, at, gramNorm: grams.size },
        trigrams: trigrams(titleWords),
        pairs: variant.proximity > 0 ? pairsOf(stemsOf(titleWords)) : new Set(),
      });
      sizes.set(defect, (sizes.get(defect) ?? 0) + 1);
      words += length;
      for (const [stem, count] of counts) push(postings, stem, { report, count });
      for (const gram of grams) push(gramPostings, gram, report);
    },

    /** Defects, the likeliest first. */
    rank(report: StreamText): number[] {
      return this.find(report).map(({ defect }) => defect);
    },

    /** The same with what the order comes from. */
    find({ title, description, at }: StreamText): Found[] {
      const scores = new Float64Array(stored.length);
      const average = words / Math.max(1, stored.length) || 1;
      let most = 0;
      for (const [stem, asked] of countsOf(title, description, variant.askedTitleWeight)) {
        const found = postings.get(stem) ?? [];
        const rarity = idf(found.length, stored.length) ** variant.rarity;
        const weight = (rarity * asked) / (asked + variant.askedSaturation);
        most += weight;
        for (const { report, count } of found) {
          const relative = (stored[report]?.length ?? 0) / average;
          const damped = variant.saturation * (1 - variant.lengthCorrection + variant.lengthCorrection * relative);
          scores[report] = (scores[report] ?? 0) + (weight * count) / (count + damped);
        }
      }
      const titleWords = splitWords(title);
      const asked = { trigrams: trigrams(titleWords), pairs: pairsOf(stemsOf(titleWords)) };
      const grams = variant.grams > 0 ? gramScores(titleWords) : null;
      const best = new Map<number, Omit<Found, 'defect' | 'rank' | 'size'> & { first: number }>();
      for (const [i, report] of stored.entries()) {
        const bm25 = (scores[i] ?? 0) / (most || 1);
        if (bm25 === 0) continue;
        const trigram = trigramSimilarity(asked.trigrams, report.trigrams);
        let score = bm25 + variant.trigram * trigram;
        if (grams) score += variant.grams * (grams[i] ?? 0);
        if (variant.proximity > 0) score += variant.proximity * shareOf(asked.pairs, report.pairs);
        const fit = score;
        const newness = variant.newness(Math.max(0, at - report.at) / DAY_MS);
        score += newness;
        if (variant.size > 0) score += variant.size * Math.log(sizes.get(report.defect) ?? 1);
        const known = best.get(report.defect) ?? NOTHING_FOUND;
        best.set(report.defect, {
          first: Math.max(known.first, score),
          second: Math.max(known.second, Math.min(known.first, score)),
          score: Math.max(known.score, fit),
          words: Math.max(known.words, bm25),
          trigram: Math.max(known.trigram, trigram),
          newness: Math.max(known.newness, newness),
        });
      }
      const ranked = [...best]
        .map(([defect, { first, ...found }]) => ({
          ...{ ...found, defect, rank: first + variant.second * found.second },
          size: sizes.get(defect) ?? 1,
        }))
        .sort((a, b) => b.rank - a.rank || a.defect - b.defect);
      return variant.keepsPlace ? keepPlaceForBestFit(ranked) : ranked;
    },
  };

  function gramScores(titleWords: readonly string[]): Float64Array {
    const scores = new Float64Array(stored.length);
    const asked = gramsOf(titleWords);
    let most = 0;
    for (const gram of asked) {
      const found = gramPostings.get(gram) ?? [];
      const weight = idf(found.length, stored.length);
      most += weight;
      for (const report of found) scores[report] = (scores[report] ?? 0) + weight;
    }
    return scores.map((score, i) =>
      most > 0 ? score / most / Math.sqrt(Math.max(1, (stored[i]?.gramNorm ?? 1) / asked.size)) : 0,
    );
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function idf(count: number, all: number): number {
  return Math.log(1 + (Math.max(all - count, 0) + 0.5) / (count + 0.5));
}

function gramsOf(words: readonly string[]): Set<string> {
  const text = ` ${words.join(' ')} `;
  return new Set(Array.from({ length: Math.max(0, text.length - 3) }, (_, i) => text.slice(i, i + 4)));
}

function pairsOf(words: readonly string[]): Set<string> {
  return new Set(words.slice(1).map((word, before) => `${words[before]} ${word}`));
}

function shareOf(asked: ReadonlySet<string>, stored: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of asked) if (stored.has(pair)) shared += 1;
  return asked.size === 0 ? 0 : shared / asked.size;
}
