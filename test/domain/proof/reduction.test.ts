import { describe, expect, test } from 'vitest';
import type { PriorRate } from '../../../src/domain/proof/episodes.ts';
import { reductionOf, reductionWords } from '../../../src/domain/proof/reduction.ts';
import type { GuardedReport } from '../../../src/domain/proof/regression-guard.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';

const prior: PriorRate = { hitDays: 24, days: 112, reports: 192, returns: 24, quietDays: 56, delays: [], toldOn: 0.9 };
const fix = { deployedAt: new Date(0), environments: null };

function reportsOn(...days: number[]): GuardedReport[] {
  return days.map((day) => ({
    seenAt: new Date(day * DAY_MS),
    environment: null,
    reporterId: 'U1',
    affected: 0,
    vendor: null,
  }));
}

const judgedAfter = (days: number, toldShare = 1) => ({ fix, now: new Date(days * DAY_MS), toldShare });

describe('a fix that has ended only a part', () => {
  test('is seen less, from so many reports a week to so many, with what the reports can tell of the ratio', () => {
    const reduction = reductionOf(prior, reportsOn(20, 20.5, 21.5), judgedAfter(28));
    expect(reduction).toMatchObject({ before: 12, since: 0.75 });
    expect(reduction && reductionWords(reduction)).toBe(
      'Seen less, not gone: from 12 reports a week to 0.8, 28 to 99 % less often.',
    );
  });

  test('is not told from one that changed nothing while the days since are few, or few of them are told', () => {
    expect(reductionOf(prior, reportsOn(4), judgedAfter(4))).toBeNull();
    expect(reductionOf(prior, reportsOn(1, 5, 9, 13, 17, 21, 25), judgedAfter(28))).toBeNull();
    expect(reductionOf(prior, reportsOn(20), judgedAfter(28, 0.1))).toBeNull();
  });

  test('cannot be told where the rate before is hardly known, nor where nothing was seen since', () => {
    expect(reductionOf({ ...prior, returns: 2, quietDays: 10 }, reportsOn(50), judgedAfter(50))).toBeNull();
    expect(reductionOf({ ...prior, quietDays: 6 }, reportsOn(50), judgedAfter(50))).toBeNull();
    expect(reductionOf(prior, [], judgedAfter(28))).toBeNull();
    expect(reductionOf(prior, reportsOn(0), judgedAfter(0))).toBeNull();
  });

  test('shows its share of what is still to be told: half told is twice as much', () => {
    expect(reductionOf(prior, reportsOn(40), judgedAfter(60))?.since).toBeCloseTo(7 / 60, 9);
    expect(reductionOf(prior, reportsOn(40), judgedAfter(60, 0.5))?.since).toBeCloseTo(14 / 60, 9);
  });
});
