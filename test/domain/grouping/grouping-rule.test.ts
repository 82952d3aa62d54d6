import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isMeantBy,
  parseRuleWords,
  RULE_WORDS_LIMIT,
  rulesThatMean,
} from '../../../src/domain/grouping/grouping-rule.ts';
import { planRuleMove } from '../../../src/domain/grouping/rule-move.ts';

const BILLING = 2;
const means = (words: string, title: string, areaId: number | null = null) =>
  isMeantBy({ words: parseRuleWords(words), areaId }, { title, areaId: BILLING });

describe('a grouping rule', () => {
  it.each([
    ['pool exhausted', 'DB POOL Exhausted again'],
    ['"pool exhausted"', 'pool exhausted'],
    ['“pool  exhausted”', 'pool exhausted'],
    ['Größe', 'Falsche GRÖSSE'.replace('SS', 'ß')],
    ['pool exhausted', 'ｐｏｏｌ exhausted in full-width letters'],
    ['pool exhausted', 'po\u200bol exhausted with an unseen space'],
    ['cafe\u0301', 'Café closed'],
    ['タイムアウト', '接続がタイムアウトした'],
    ['🙂 429', 'Stripe 🙂 429'],
  ])('%j means %j', (words, title) => {
    expect(means(words, title)).toBe(true);
  });

  it.each([
    ['100%', 'Disk at 1000 of 2000'],
    ['po_l ex%', 'pool exhausted'],
    ['pool.*', 'pool exhausted'],
    ['^pool', 'pool exhausted'],
    ['(pool|disk)', 'pool exhausted'],
    ['pool\\b', 'pool exhausted'],
    ['exhausted pool', 'pool exhausted'],
  ])('%j is plain text, so it does not mean %j', (words, title) => {
    expect(means(words, title)).toBe(false);
  });

  it('means its own area only, and any where none is named', () => {
    expect(means('pool', 'pool exhausted', BILLING)).toBe(true);
    expect(means('pool', 'pool exhausted', 99)).toBe(false);
  });

  it.each(['', '   ', 'ab', '%%%%', '"""', '\u200b\u200b\u200b', '. . .', 'é'])(
    '%j is too little to go by',
    (words) => {
      expect(() => parseRuleWords(words)).toThrow('at least 3 letters or digits');
    },
  );

  it('refuses words that are too long, and takes the longest that are not', () => {
    expect(() => parseRuleWords('x'.repeat(RULE_WORDS_LIMIT + 1))).toThrow('at most 100 characters');
    expect(parseRuleWords('x'.repeat(RULE_WORDS_LIMIT))).toHaveLength(RULE_WORDS_LIMIT);
  });

  it('means every title that has its words, whatever stands around them', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(
      fc.property(text, fc.string({ minLength: 3, maxLength: 30 }), text, (before, words, after) => {
        fc.pre((words.match(/[a-z0-9]/gi) ?? []).length >= 3 && !/^".*"$/.test(words.trim()));
        expect(means(words, `${before} ${words} ${after}`)).toBe(true);
      }),
    );
  });

  it('answers hostile words and titles within moments', () => {
    const started = performance.now();
    expect(means(`(${'a+'.repeat(45)})+$`, 'a'.repeat(200_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('where several mean a report, one with an area comes first, then the longer words, then the older', () => {
    const rules = [
      { id: 1, words: 'pool', areaId: null },
      { id: 2, words: 'pool exhausted', areaId: null },
      { id: 3, words: 'exh', areaId: BILLING },
      { id: 4, words: 'POOL', areaId: null },
      { id: 5, words: 'disk', areaId: null },
    ];
    const found = rulesThatMean(rules, { title: 'Pool exhausted', areaId: BILLING });
    expect(found.map(({ id }) => id)).toEqual([3, 2, 1, 4]);
  });
});

describe('moving past reports by a rule', () => {
  it('leaves what was told apart, what is closed and what is there already', () => {
    const defect = (id: number, over: object = {}) => ({
      ...{ id, number: id, state: 'new' as const, reportCount: 2, isApart: false },
      ...over,
    });
    const meant = [
      { id: 1, defectId: 42 },
      { id: 2, defectId: 17 },
      { id: 3, defectId: 17 },
      { id: 4, defectId: 23 },
      { id: 5, defectId: 50 },
      { id: 6, defectId: 60 },
    ];
    const defects = [
      defect(42),
      defect(23),
      defect(17),
      defect(50, { isApart: true }),
      defect(60, { state: 'proven' }),
    ];
    expect(planRuleMove(42, meant, defects)).toEqual({
      moves: [
        { defect: defect(17), reportIds: [2, 3], isWhole: true },
        { defect: defect(23), reportIds: [4], isWhole: false },
      ],
      moving: 3,
      there: 1,
      apart: 1,
      closed: 1,
    });
  });
});
