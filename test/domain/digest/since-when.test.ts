import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCreeping, type SinceWhen, sinceWhen } from '../../../src/domain/digest/since-when.ts';
import { realChangeSentence, sinceWhenSentence } from '../../../src/domain/digest/since-when-words.ts';
import { WEEK_MS } from '../../../src/domain/time/durations.ts';

/** A Friday, 15:00 in Berlin. */
const FRIDAY = new Date('2026-11-27T14:00:00Z');
const boundsOf = (weeks: number) =>
  Array.from({ length: weeks + 1 }, (_, i) => new Date(FRIDAY.getTime() - (weeks - i) * WEEK_MS));
const verdictOn = (...counts: number[]) => sinceWhen(boundsOf(counts.length), counts);
const said = (verdict: SinceWhen, now = FRIDAY, noun?: string) =>
  sinceWhenSentence(verdict, { timeZone: 'Europe/Berlin', now, ...(noun ? { noun } : {}) });

const DROP = [44, 43, 46, 41, 45, 44, 47, 43, 20, 19, 22, 18, 21];

describe('the verdict on a series of weeks', () => {
  it('names the week since which there are fewer, by its Monday, with the rates on both sides', () => {
    const verdict = verdictOn(...DROP);
    expect(verdict).toMatchObject({ grade: 'fewer', now: 21, before: 18, weeks: 5 });
    expect(said(verdict)).toBe('Fewer reports since the week of 26 Oct: 20 a week, 44 before.');
    expect(realChangeSentence(verdict)).toMatch(/^That is a real drop \(\d+ to \d+ % fewer\)\.$/);
  });

  it('names a rise likewise, in times where it is a multiple', () => {
    const verdict = verdictOn(5, 6, 4, 5, 6, 5, 4, 6, 31, 29, 33, 30);
    expect(said(verdict)).toBe('More reports since the week of 2 Nov: 30.8 a week, 5.1 before.');
    expect(realChangeSentence(verdict)).toMatch(/^That is a real rise \([\d.]+ to [\d.]+ times as many\)\.$/);
  });

  it('names the year of a week in another one', () => {
    expect(said(verdictOn(...DROP), new Date('2027-02-05T14:00:00Z'))).toContain('since the week of 26 Oct 2026:');
  });

  it('goes on saying so while the rate stays, however long', () => {
    const verdict = verdictOn(...DROP, ...new Array<number>(40).fill(20));
    expect(verdict.grade).toBe('fewer');
    expect(said(verdict)).toContain('20 a week, 44 before.');
  });

  it('says of many counts that jump about that they are too uneven, and never that they are too few', () => {
    const verdict = verdictOn(60, 2, 75, 8, 90, 67, 5);
    expect(verdict.grade).toBe('too uneven');
    expect(said(verdict)).toBe('Reports: 5 this week, 67 last week. Too uneven to call a trend.');
  });

  it('says of few counts that they are too few', () => {
    expect(said(verdictOn(3, 5, 4, 3, 4, 5, 4, 4))).toBe('Reports: 4 this week, 4 last week. Too few to call a trend.');
    expect(said(verdictOn(3, 5, 4, 3, 4, 5, 4, 0))).toBe('Reports: 0 this week, 4 last week. Too few to call a trend.');
  });

  it('says of many counts without a change how long nothing lasting changed', () => {
    const verdict = verdictOn(70, 61, 75, 68, 71, 66, 73, 69, 64, 71, 72, 65);
    expect(verdict.grade).toBe('steady');
    expect(said(verdict)).toBe('Reports: 65 this week, 72 last week. No lasting change in 12 weeks.');
  });

  it('says that it is too early before six weeks, and in the first week that there is no other', () => {
    expect(said(verdictOn(40, 10, 3))).toBe('Reports: 3 this week, 10 last week. Too early to call a trend.');
    expect(said(verdictOn(7))).toBe('Reports: 7 in this first week. Too early to call a trend.');
  });

  it('says that there were none, in whatever is counted', () => {
    expect(said(verdictOn(0, 0, 0, 0, 0, 0, 0, 0))).toBe('No reports this week or last.');
    expect(said(verdictOn(0, 0), FRIDAY, 'support ticket')).toBe('No support tickets this week or last.');
  });

  it('names the week where it is read later than the week ended', () => {
    const tuesday = new Date(FRIDAY.getTime() + 4 * 86_400_000);
    expect(said(verdictOn(3, 5, 4, 3, 4, 5, 4, 4), tuesday)).toBe(
      'Reports: 4 in the week to 27 Nov, 4 the week before. Too few to call a trend.',
    );
    expect(said(verdictOn(0, 0), tuesday)).toBe('No reports in the week to 27 Nov or the week before.');
  });

  it('has a direction exactly where it names a week, and the rates bear it out', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 40 }), (counts) => {
        const { grade, since } = verdictOn(...counts);
        expect(since !== null).toBe(grade === 'fewer' || grade === 'more');
        if (since) expect(since.rate < since.rateBefore).toBe(grade === 'fewer');
      }),
    );
  });

  it('is said in one short line without figures that only a formula could mean', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99_999 }), { minLength: 1, maxLength: 40 }), (counts) => {
        const verdict = verdictOn(...counts);
        for (const sentence of [said(verdict), realChangeSentence(verdict) ?? '']) {
          expect(sentence.split(' ').length).toBeLessThanOrEqual(17);
          expect(sentence).not.toMatch(/NaN|Infinity|interval|\be[+-]?\d/);
        }
      }),
    );
  });
});

describe('creep', () => {
  const creeping = verdictOn(2, 1, 2, 1, 3, 2, 1, 2, 10, 9, 11, 12);
  it('is more reports since a week that was not over when triage last decided', () => {
    expect(creeping.grade).toBe('more');
    expect(isCreeping(creeping, new Date(FRIDAY.getTime() - 5 * WEEK_MS))).toBe(true);
  });
  it('is none where triage has decided since it began, nor before any triage, nor where there are fewer', () => {
    expect(isCreeping(creeping, FRIDAY)).toBe(false);
    expect(isCreeping(creeping, null)).toBe(false);
    expect(isCreeping(verdictOn(...DROP), new Date(0))).toBe(false);
  });
});
