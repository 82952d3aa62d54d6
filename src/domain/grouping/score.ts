import { DAY_MS } from '../time/durations.ts';
import { trigramSimilarity, trigrams } from './trigrams.ts';
import { splitWords } from './words.ts';

/** What a program's reports hold together, in words that count; averages and rarity come from it. */
export type Corpus = { reports: number; titleWords: number; descriptionWords: number };

/** One stem of what is looked for: the words it was typed as, how often, and how many reports use it. */
export type QueryTerm = {
  termId: number;
  words: string[];
  titleCount: number;
  descriptionCount: number;
  reportCount: number;
};

/** How often a report uses a term. */
export type Posting = { termId: number; titleCount: number; descriptionCount: number };

/** A report that shares a word with what is looked for, with its postings of those words only. */
export type Candidate = {
  reportId: number;
  defectId: number;
  title: string;
  seenAt: Date;
  titleLength: number;
  descriptionLength: number;
  postings: Posting[];
};

/**
 * `score` is 0 to 1 and does not depend on the other candidates; `newness` is what is added for being seen lately, and
 * `rank`, their sum, what they are ordered by; `shared` holds the terms that both use.
 */
export type ScoredReport = {
  reportId: number;
  defectId: number;
  score: number;
  newness: number;
  rank: number;
  shared: QueryTerm[];
};

/** A word of a stored title counts as so many of its description. */
export const TITLE_WEIGHT = 2;
/** BM25's saturation of repeated words, k1, and its length correction, b. */
const SATURATION = 1.5;
const LENGTH_CORRECTION = 0.75;
/** The same for what is looked for: a word of its title counts as so many, and repeats saturate (BM25's k3). */
const ASKED_TITLE_WEIGHT = 5;
const ASKED_SATURATION = 5;
const TRIGRAM_WEIGHT = 0.3;
/**
 * Repeats come soon after each other, and the pauses between them have a long tail: how far a report of this moment is
 * preferred, and after how many days half of that is gone, after three times as many three quarters.
 */
const NEWNESS_WEIGHT = 0.1;
const NEWNESS_HALVED_DAYS = 10;

/** From this score on a suggestion is worth showing unasked; see `isLikely`. */
const LIKELY_SCORE = 0.3;
const FEWEST_WORDS = 2;
/** Of a defect that a person has linked with the one looked for. */
export const LINKED_SCORE = 1;

/** Robertson and Sparck Jones's idf with the + 1 of Lucene, so that a word in every report still counts a little. */
export function rarity(reportCount: number, reports: number): number {
  return Math.log(1 + (Math.max(reports - reportCount, 0) + 0.5) / (reportCount + 0.5));
}

/** How much of the search a term carries: its rarity times its saturated count in what is looked for. */
export function termWeight(term: QueryTerm, corpus: Corpus): number {
  const asked = ASKED_TITLE_WEIGHT * term.titleCount + term.descriptionCount;
  return (rarity(term.reportCount, corpus.reports) * asked) / (asked + ASKED_SATURATION);
}

/** What to add to a report's weighted count of a term in `count / (count + damping)`: `base + perWord * its length`. */
export function damping(corpus: Corpus): { base: number; perWord: number } {
  const average = (TITLE_WEIGHT * corpus.titleWords + corpus.descriptionWords) / Math.max(corpus.reports, 1);
  return { base: SATURATION * (1 - LENGTH_CORRECTION), perWord: (SATURATION * LENGTH_CORRECTION) / (average || 1) };
}

/**
 * Scores reports against a text, best first, the older report on a tie:
 * BM25F over title and description (Robertson, Zaragoza, Taylor, CIKM 2004) as a share of the most that any report
 * could reach, plus 0.3 of the trigram similarity of the titles, divided by 1.3. They are ordered by that and a little by
 * how new they are, where `now` is given.
 */
export function scoreReports(
  title: string,
  query: readonly QueryTerm[],
  corpus: Corpus,
  candidates: readonly Candidate[],
  now?: Date,
): ScoredReport[] {
  const asked = new Map(query.map((term) => [term.termId, { term, weight: termWeight(term, corpus) }]));
  const most = query.reduce((sum, term) => sum + termWeight(term, corpus), 0) || 1;
  const { base, perWord } = damping(corpus);
  const titleTrigrams = trigrams(splitWords(title));
  return candidates
    .map((candidate) => {
      const { reportId, defectId, titleLength, descriptionLength, postings } = candidate;
      const damped = base + perWord * (TITLE_WEIGHT * titleLength + descriptionLength);
      let bm25 = 0;
      for (const { termId, titleCount, descriptionCount } of postings) {
        const count = TITLE_WEIGHT * titleCount + descriptionCount;
        bm25 += ((asked.get(termId)?.weight ?? 0) * count) / (count + damped);
      }
      const trigram = trigramSimilarity(titleTrigrams, trigrams(splitWords(candidate.title)));
      const score = (bm25 / most + TRIGRAM_WEIGHT * trigram) / (1 + TRIGRAM_WEIGHT);
      const newness = now ? newnessOf(candidate.seenAt, now) : 0;
      const shared = postings.flatMap(({ termId }) => asked.get(termId)?.term ?? []);
      return { reportId, defectId, score, newness, rank: score + newness, shared };
    })
    .sort((a, b) => b.rank - a.rank || a.reportId - b.reportId);
}

/** In the units of a score. What is seen later than now is as new as can be. */
function newnessOf(seenAt: Date, now: Date): number {
  const days = Math.max(0, (now.getTime() - seenAt.getTime()) / DAY_MS);
  return NEWNESS_WEIGHT / (1 + TRIGRAM_WEIGHT) / (1 + days / NEWNESS_HALVED_DAYS);
}

/** How many defects a word's newest reports belong to: `sampled` of all that use it were looked at. */
export type Spread = { sampled: number; defects: number };

/** From this share of a program's defects on a word is one that the program uses for anything, such as "missing". */
const COMMON_SHARE = 0.1;
const FEWEST_COMMON = 3;

/** Whether so many defects use a word that it tells none of them; a defect with many reports makes no word common. */
export function isCommon(reportCount: number, { sampled, defects }: Spread, allDefects: number): boolean {
  const using = (reportCount * defects) / Math.max(1, sampled);
  return using >= Math.max(FEWEST_COMMON, COMMON_SHARE * allDefects);
}

/** Shared terms that may be a reason, rarest first: one in every fifth report never is. */
export function rareTerms(shared: readonly QueryTerm[], corpus: Corpus): QueryTerm[] {
  return shared
    .filter(({ reportCount }) => reportCount <= Math.max(5, corpus.reports / 5))
    .toSorted((a, b) => a.reportCount - b.reportCount || a.termId - b.termId);
}

/** The rarest words that a report shares with what is looked for, as they were typed, without those in `common`. */
export function rareWords(
  shared: readonly QueryTerm[],
  corpus: Corpus,
  limit: number,
  common: ReadonlySet<number> = new Set(),
): string[] {
  return rareTerms(shared, corpus)
    .filter(({ termId }) => !common.has(termId))
    .flatMap(({ words }) => words[0] ?? [])
    .slice(0, limit);
}

/** One shared word is no reason to think that two defects are one; what a person has linked needs none. */
export function hasReason({ score, words }: { score: number; words: readonly string[] }): boolean {
  return words.length >= FEWEST_WORDS || score === LINKED_SCORE;
}

/**
 * Whether the best suggestion is worth showing to somebody who did not ask; one shared word alone never is. Measured
 * with title and description on two public trackers: shown for 30 and 49 % of true repeats, the right defect in 81 and
 * 75 % of those, and for 9 and 21 % of reports that repeat nothing. Hence it only ever suggests.
 */
export function isLikely(top: { score: number; words: readonly string[] } | undefined): boolean {
  return top !== undefined && top.score >= LIKELY_SCORE && top.words.length >= FEWEST_WORDS;
}
