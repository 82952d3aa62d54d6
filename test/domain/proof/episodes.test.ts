import { describe, expect, test } from 'vitest';
import { priorRate } from '../../../src/domain/proof/episodes.ts';
import type { Fix, GuardedReport } from '../../../src/domain/proof/regression-guard.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';

const day = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * DAY_MS);
const aFix = (over: Partial<Fix> = {}): Fix => ({ deployedAt: day(0), environments: null, ...over });

function reportsOn(...days: number[]): GuardedReport[] {
  return days.map((at) => ({ seenAt: day(at), environment: null, reporterId: 'U1', affected: 0, vendor: null }));
}

const rateOf = (days: number[], over: Partial<Fix> = {}) => priorRate(reportsOn(...days), aFix(over));

describe('the rate before the fix', () => {
  test('days in a row are one episode, and only the quiet between episodes is counted', () => {
    const { returns, quietDays } = rateOf([-30, -29, -28, -18, -17.5, -16.5, -6.5]);
    expect(returns).toBe(2);
    // 10, 10 and 6.5 days of quiet, the first two days of each not counted.
    expect(quietDays).toBeCloseTo(8 + 8 + 4.5, 9);
  });

  test('what never pauses counts as another episode every week', () => {
    const daily = Array.from({ length: 29 }, (_, i) => -29 + i);
    expect(rateOf(daily)).toMatchObject({ returns: 4, quietDays: 4 });
  });

  test('one episode of a few days tells no rate, however many reports it brought', () => {
    expect(rateOf([-6, -5.9, -5, -4.5, -4, -3, -3.1])).toMatchObject({ returns: 0 });
  });

  test('only the last 112 days are looked at', () => {
    expect(rateOf([-300, -200, -150, -100, -50])).toMatchObject({ returns: 2, quietDays: 10 + 48 + 48 + 2 });
  });

  test('says on how many of how many days it was seen', () => {
    expect(rateOf([-20.5, -20.4, -10, -1.5])).toMatchObject({ hitDays: 2, days: 20 });
  });

  test('reports after the fix, or none, say nothing', () => {
    const nothing = { hitDays: 0, days: 0, reports: 0, returns: 0, quietDays: 0, delays: [], toldOn: 0.9 };
    expect(rateOf([1, 0])).toEqual(nothing);
    expect(rateOf([])).toEqual(nothing);
  });

  test('of what a fix has left is taken from what came since, the quiet before its first report included', () => {
    const resumed = { resumedAt: day(30), claimedAt: day(30) };
    const rest = rateOf([-20, -10, -5, 12, 13, 22], resumed);
    // 12 days until the first, 7 of the nine after the second, and 6 of the eight that are left.
    expect(rest).toMatchObject({ returns: 2, quietDays: 12 + 7 + 6, hitDays: 3, days: 30, reports: 3 });
    expect(rateOf([-20, -10], resumed)).toMatchObject({ returns: 0, quietDays: 30 });
  });

  test('the quiet that a claim waited for is part of it, but for what was still going out', () => {
    const { quietDays } = rateOf([-20, -10]);
    expect(rateOf([-20, -10], { claimedAt: day(9) }).quietDays).toBeCloseTo(quietDays + 9, 9);
    expect(rateOf([-20, -10], { claimedAt: day(9), reachedAllAt: day(7) }).quietDays).toBeCloseTo(quietDays + 2, 9);
    expect(rateOf([-20, -10], { claimedAt: day(9), witness: 'v2.1' }).quietDays).toBeCloseTo(quietDays, 9);
  });

  test('how late reports were filed is remembered, but not when an old list was filed at once', () => {
    const [first, second, third] = reportsOn(-30, -20, -10);
    const filed = [
      { ...first, filedAt: day(-26) },
      { ...second, filedAt: day(100) },
      { ...third, filedAt: day(-10) },
    ] as GuardedReport[];
    expect(priorRate(filed, aFix()).delays).toEqual([
      { days: 4, share: 0.5 },
      { days: 0, share: 0.5 },
    ]);
  });
});
