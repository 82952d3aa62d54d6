import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOf, chanceWord, evidenceOf, fitChance } from '../../../src/domain/grouping/chance.ts';

const aSuggestion = (score: number, newness = 0) => ({ score, newness });

describe('the evidence for the first suggestion', () => {
  it('is more the better it fits, the further it is ahead and the newer it is', () => {
    const base = evidenceOf([aSuggestion(0.5), aSuggestion(0.3)]) ?? Number.NaN;
    expect(evidenceOf([aSuggestion(0.6), aSuggestion(0.4)])).toBeGreaterThan(base);
    expect(evidenceOf([aSuggestion(0.5), aSuggestion(0.2)])).toBeGreaterThan(base);
    expect(evidenceOf([aSuggestion(0.5, 0.05), aSuggestion(0.3)])).toBeGreaterThan(base);
  });

  it('is null where nothing is suggested', () => {
    expect(evidenceOf([])).toBe(null);
  });
});

describe('the chance', () => {
  it.each([
    [0.8, 'very likely'],
    [0.79, 'maybe'],
    [0.25, 'maybe'],
    [0.24, null],
  ])('of %f is called %s', (chance, word) => {
    expect(chanceWord(chance)).toBe(word);
  });

  it('follows how often suggestions of the same evidence were right', () => {
    const answers = (right: number, evidence: number) =>
      Array.from({ length: 200 }, (_, nth) => ({ evidence, isRight: nth < right }));
    const fit = fitChance([...answers(20, -2), ...answers(180, 2)]);
    expect(chanceOf(-2, fit)).toBeCloseTo(0.1, 1);
    expect(chanceOf(2, fit)).toBeCloseTo(0.9, 1);
  });

  it('is low after refusals alone, whatever the evidence was', () => {
    const refused = Array.from({ length: 50 }, (_, nth) => ({ evidence: nth / 10 - 2, isRight: false }));
    expect(chanceOf(3, fitChance(refused))).toBeLessThan(0.25);
  });

  it('is a number between 0 and 1, whatever the answers', () => {
    const answer = fc.record({ evidence: fc.double({ min: -20, max: 20, noNaN: true }), isRight: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(answer, { maxLength: 300 }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        (all, evidence) => {
          const chance = chanceOf(evidence, fitChance(all));
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
