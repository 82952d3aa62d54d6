import { trigramSimilarity, trigrams } from './trigrams.ts';
import { splitWords } from './words.ts';

/** What a program's reports hold together; averages and rarity come from it. */
export type Corpus = { reports: number; titleWords: number; descriptionWords: number };

/** One stem of what is looked for: the words it stands for, how often it is asked, and how many reports use it. */
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
  titleLength: number;
  descriptionLength: number;
  postings: Posting[];
};

export type ScoredReport = { reportId: number; defectId: number; score: number; shared: QueryTerm[] };

const TITLE_WEIGHT = 3;
const TRIGRAM_WEIGHT = 0.3;
const K1 = 1.2;
const B = 0.75;

/** Robertson and Sparck Jones with the + 1 of Lucene, so that a word in every report still counts a little. */
export function rarity(reportCount: number, reports: number): number {
  return Math.log(1 + (Math.max(reports - reportCount, 0) + 0.5) / (reportCount + 0.5));
}

/**
 * Scores reports against a text: BM25F over title and description, BM25 of the titles alone, and 0.3 of the trigram
 * similarity of the titles, each divided by its maximum and then summed. Best first, the older report on a tie.
 */
export function scoreReports(
  title: string,
  query: readonly QueryTerm[],
  corpus: Corpus,
  candidates: readonly Candidate[],
): ScoredReport[] {
  const asked = new Map(query.map((term) => [term.termId, term]));
  const titleTrigrams = trigrams(splitWords(title));
  const raw = candidates.map((candidate) => ({
    candidate,
    full: fullScore(candidate, asked, corpus),
    titles: titleScore(candidate, asked, corpus),
    trigram: trigramSimilarity(titleTrigrams, trigrams(splitWords(candidate.title))),
  }));
  const most = (of: (one: (typeof raw)[number]) => number) =>
    raw.reduce((high, one) => Math.max(high, of(one)), 0) || 1;
  const full = most((one) => one.full);
  const titles = most((one) => one.titles);
  const trigram = most((one) => one.trigram);
  return raw
    .map((one) => ({
      reportId: one.candidate.reportId,
      defectId: one.candidate.defectId,
      score: one.full / full + one.titles / titles + (TRIGRAM_WEIGHT * one.trigram) / trigram,
      shared: one.candidate.postings.flatMap(({ termId }) => asked.get(termId) ?? []),
    }))
    .sort((a, b) => b.score - a.score || a.reportId - b.reportId);
}

function fullScore(candidate: Candidate, asked: Map<number, QueryTerm>, corpus: Corpus): number {
  const average = (TITLE_WEIGHT * corpus.titleWords + corpus.descriptionWords) / Math.max(corpus.reports, 1);
  const length = TITLE_WEIGHT * candidate.titleLength + candidate.descriptionLength;
  const damping = K1 * (1 - B + (B * length) / (average || 1));
  let score = 0;
  for (const posting of candidate.postings) {
    const count = TITLE_WEIGHT * posting.titleCount + posting.descriptionCount;
    const term = asked.get(posting.termId);
    if (term) score += (rarity(term.reportCount, corpus.reports) * count * (K1 + 1)) / (count + damping);
  }
  return score;
}

function titleScore(candidate: Candidate, asked: Map<number, QueryTerm>, corpus: Corpus): number {
  const average = corpus.titleWords / Math.max(corpus.reports, 1);
  const damping = K1 * (1 - B + (B * candidate.titleLength) / (average || 1));
  let score = 0;
  for (const posting of candidate.postings) {
    const term = asked.get(posting.termId);
    if (!term || term.titleCount === 0) continue;
    score +=
      (rarity(term.reportCount, corpus.reports) * posting.titleCount * (K1 + 1)) / (posting.titleCount + damping);
  }
  return score;
}
