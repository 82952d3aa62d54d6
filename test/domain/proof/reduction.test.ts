import { describe, expect, test } from 'vitest';
import type { PriorRate } from '../../../src/domain/proof/episodes.ts';
import { reductionOf, reductionWords } from '../../../src/domain/proof/reduction.ts';
import type { GuardedReport } from '../../../src/domain/proof/regression-guard.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';

const prior: PriorRate = { hitDays: 24, days: 112, returns: 24, quietDays: 56, delays: [] };

function reportsOn(...days: number[]): GuardedReport[] {
  return days.map((day) => ({
    seenAt: new Date(day * DAY_MS),
    environment: null,
    reporterId: 'U1',
    affected: 0,
    vendor: null,
  }));
}

describe('a fix that has ended only a part', () => {
  test('is seen less, with both rates and what the reports can tell of the ratio', () => {
    const reduction = reductionOf(prior, reportsOn(20, 20.5, 21.5), 28);
    expect(reduction).toMatchObject({ before: 3, since: 0.25 });
    expect(reduction && reductionWords(reduction)).toBe(
      'Seen less, not gone: it came back 3.0 times a week before and 0.3 since, 48 to 99 % less often.',
    );
  });

  test('is not told from one that changed nothing while the days since are few', () => {
    expect(reductionOf(prior, reportsOn(4), 4)).toBeNull();
    expect(reductionOf(prior, reportsOn(1, 5, 9, 13, 17, 21, 25), 28)).toBeNull();
  });

  test('cannot be told where the rate before is hardly known, nor where nothing was seen since', () => {
    expect(reductionOf({ ...prior, returns: 2, quietDays: 10 }, reportsOn(50), 50)).toBeNull();
    expect(reductionOf({ ...prior, quietDays: 6 }, reportsOn(50), 50)).toBeNull();
    expect(reductionOf(prior, [], 28)).toBeNull();
    expect(reductionOf(prior, reportsOn(0), 0)).toBeNull();
  });
});
