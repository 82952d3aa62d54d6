import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Candidate,
  hasReason,
  isCommon,
  isLikely,
  type QueryTerm,
  rareWords,
  rarity,
  scoreReports,
} from '../../../src/domain/grouping/score.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const CORPUS = { reports: 100, titleWords: 800, descriptionWords: 4_000 };

function aTerm(overrides: Partial<QueryTerm>): QueryTerm {
  return { termId: 1, words: ['webhook'], titleCount: 1, descriptionCount: 0, reportCount: 3, ...overrides };
}

function aCandidate(overrides: Partial<Candidate>): Candidate {
  return {
    reportId: 1,
    defectId: 1,
    title: 'other',
    seenAt: NOW,
    titleLength: 8,
    descriptionLength: 40,
    postings: [],
    ...overrides,
  };
}

const uses = (termId: number, titleCount = 1, descriptionCount = 0) => ({ termId, titleCount, descriptionCount });

function order(query: QueryTerm[], candidates: Candidate[], title = 'webhook'): number[] {
  return scoreReports(title, query, CORPUS, candidates).map(({ reportId }) => reportId);
}

describe('of two reports the likelier is', () => {
  it('the one that shares the rarer word', () => {
    const query = [aTerm({ termId: 1, reportCount: 60 }), aTerm({ termId: 2, reportCount: 2 })];
    const common = aCandidate({ reportId: 1, postings: [uses(1)] });
    const rare = aCandidate({ reportId: 2, postings: [uses(2)] });
    expect(order(query, [common, rare])).toEqual([2, 1]);
  });

  it('the one that has the word in its title', () => {
    const inText = aCandidate({ reportId: 1, postings: [uses(1, 0, 1)] });
    const inTitle = aCandidate({ reportId: 2, postings: [uses(1, 1, 0)] });
    expect(order([aTerm({})], [inText, inTitle])).toEqual([2, 1]);
  });

  it('the shorter one, of two that share the same word', () => {
    const long = aCandidate({ reportId: 1, descriptionLength: 400, postings: [uses(1)] });
    const short = aCandidate({ reportId: 2, descriptionLength: 10, postings: [uses(1)] });
    expect(order([aTerm({})], [long, short])).toEqual([2, 1]);
  });

  it('the one that shares a word of the title that is looked for, rather than of its description', () => {
    const query = [aTerm({ termId: 1, titleCount: 0, descriptionCount: 1 }), aTerm({ termId: 2 })];
    const byText = aCandidate({ reportId: 1, postings: [uses(1)] });
    const byTitle = aCandidate({ reportId: 2, postings: [uses(2)] });
    expect(order(query, [byText, byTitle])).toEqual([2, 1]);
  });

  it('the one whose title is spelt alike', () => {
    const other = aCandidate({ reportId: 1, title: 'invoice', postings: [uses(1)] });
    const alike = aCandidate({ reportId: 2, title: 'webhooks', postings: [uses(1)] });
    expect(order([aTerm({})], [other, alike])).toEqual([2, 1]);
  });

  it('the older one, of two that are the same', () => {
    const postings = [uses(1)];
    expect(order([aTerm({})], [aCandidate({ reportId: 7, postings }), aCandidate({ reportId: 3, postings })])).toEqual([
      3, 7,
    ]);
  });
});

it('a score lies between 0 and 1 and does not depend on the other reports', () => {
  const posting = fc.record({
    termId: fc.integer({ min: 1, max: 3 }),
    titleCount: fc.nat({ max: 9 }),
    descriptionCount: fc.nat({ max: 99 }),
  });
  const candidate = fc.record({
    reportId: fc.nat(),
    defectId: fc.nat(),
    title: fc.string(),
    seenAt: fc.constant(NOW),
    titleLength: fc.nat({ max: 30 }),
    descriptionLength: fc.nat({ max: 900 }),
    postings: fc.uniqueArray(posting, { selector: ({ termId }) => termId }),
  });
  const query = [1, 2, 3].map((termId) => aTerm({ termId, reportCount: termId * 20 }));
  fc.assert(
    fc.property(candidate, candidate, (one, other) => {
      const together = scoreReports('webhook', query, CORPUS, [one, other]);
      const [alone] = scoreReports('webhook', query, CORPUS, [one]);
      for (const { score } of together) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }
      expect(together.map(({ score }) => score)).toContain(alone?.score);
    }),
  );
});

it('of two alike the newer comes first, but a better match comes before a newer one', () => {
  const query = [aTerm({ termId: 1 }), aTerm({ termId: 2, reportCount: 9 })];
  const old = new Date(NOW.getTime() - 400 * 86_400_000);
  const better = aCandidate({ reportId: 1, seenAt: old, postings: [uses(1), uses(2)] });
  const newer = aCandidate({ reportId: 2, postings: [uses(1)] });
  const alike = aCandidate({ reportId: 3, seenAt: old, postings: [uses(1)] });
  const ids = (now?: Date) =>
    scoreReports('webhook', query, CORPUS, [alike, newer, better], now).map(({ reportId }) => reportId);
  expect(ids(NOW)).toEqual([1, 2, 3]);
  expect(ids()).toEqual([1, 2, 3]);
  const turned = scoreReports(
    'webhook',
    query,
    CORPUS,
    [
      { ...alike, reportId: 2 },
      { ...newer, reportId: 3 },
    ],
    NOW,
  );
  expect(turned.map(({ reportId }) => reportId)).toEqual([3, 2]);
  expect(turned[0]?.score).toBe(turned[1]?.score);
});

it('a word is the rarer the fewer reports use it, and never worthless', () => {
  const falling = [0, 1, 10, 50, 100].map((reportCount) => rarity(reportCount, 100));
  expect(falling).toEqual(falling.toSorted((a, b) => b - a));
  expect(falling.at(-1)).toBeGreaterThan(0);
});

it('the words given as a reason are the rarest first, without those of every fifth report', () => {
  const shared = [
    aTerm({ termId: 1, words: ['error'], reportCount: 40 }),
    aTerm({ termId: 2, words: ['webhooks', 'webhook'], reportCount: 9 }),
    aTerm({ termId: 3, words: ['signature'], reportCount: 2 }),
  ];
  expect(rareWords(shared, CORPUS, 4)).toEqual(['signature', 'webhooks']);
  expect(rareWords(shared, CORPUS, 1)).toEqual(['signature']);
});

it('a word that a program uses for anything is no reason, however few reports use it', () => {
  const shared = [
    aTerm({ termId: 1, words: ['missing'], reportCount: 3 }),
    aTerm({ termId: 2, words: ['signature'], reportCount: 9 }),
  ];
  expect(rareWords(shared, CORPUS, 4, new Set([1]))).toEqual(['signature']);
});

it.each([
  ['six of fifty defects use it', 25, { sampled: 25, defects: 6 }, 50, true],
  ['one defect uses it, sixty times', 60, { sampled: 40, defects: 1 }, 50, false],
  ['four of fifty use it', 12, { sampled: 12, defects: 4 }, 50, false],
  ['three of ten use it', 3, { sampled: 3, defects: 3 }, 10, true],
  ['two of ten use it', 5, { sampled: 5, defects: 2 }, 10, false],
  [
    'a tenth of the sampled reports are of their own defect, among very many',
    4_000,
    { sampled: 40, defects: 4 },
    3_000,
    true,
  ],
])('a word is common or not: %s', (_, reportCount, spread, all, expected) => {
  expect(isCommon(reportCount, spread, all)).toBe(expected);
});

it('a suggestion is shown unasked from a score of 0.3 and two shared words on', () => {
  expect(isLikely({ score: 0.3, words: ['webhook', '400'] })).toBe(true);
  expect(isLikely({ score: 0.29, words: ['webhook', '400'] })).toBe(false);
  expect(isLikely({ score: 0.9, words: ['webhook'] })).toBe(false);
  expect(isLikely(undefined)).toBe(false);
});

it('one word in common is no reason to offer a defect for a merge, unless a person has linked the two', () => {
  expect(hasReason({ score: 0.6, words: ['missing'] })).toBe(false);
  expect(hasReason({ score: 0.6, words: [] })).toBe(false);
  expect(hasReason({ score: 0.2, words: ['missing', 'invoice'] })).toBe(true);
  expect(hasReason({ score: 1, words: [] })).toBe(true);
});
