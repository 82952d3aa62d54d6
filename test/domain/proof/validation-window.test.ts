import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PriorRate, priorRate } from '../../../src/domain/proof/episodes.ts';
import type { GuardedReport } from '../../../src/domain/proof/regression-guard.ts';
import { chanceOfSilence, provingWords, validationWindow } from '../../../src/domain/proof/validation-window.ts';
import { mulberry32, type Random } from '../../../src/domain/stats/random.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';
import { sampleExponential } from '../stats/sample-exponential.ts';

const day = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * DAY_MS);

function aPrior(returns: number, quietDays: number, over: Partial<PriorRate> = {}): PriorRate {
  return {
    hitDays: returns + 1,
    days: 112,
    reports: returns + 1,
    returns,
    quietDays,
    delays: [],
    toldOn: 0.9,
    ...over,
  };
}

const on = (days: number) => ({ days, share: 0.5 });

describe('the window', () => {
  test('with many returns it is close to -ln(0.05) / lambda, and a tenth longer for those who tell no more', () => {
    const { neededDays } = validationWindow(aPrior(4000, 40_000));
    expect(neededDays / (-Math.log(0.05) / 0.1)).toBeCloseTo(1 / 0.9, 2);
  });

  test('with few returns it is longer than the observed rate alone would say', () => {
    const window = validationWindow(aPrior(8, 56));
    expect(window).toMatchObject({ days: 27, provable: true });
    expect(window.days).toBeGreaterThan(-Math.log(0.05) / (8 / 56));
  });

  test('a defect that never pauses for long still takes three days', () => {
    expect(validationWindow(aPrior(56, 20)).days).toBe(3);
  });

  test('a rare defect cannot be proven by silence within 60 days', () => {
    expect(validationWindow(aPrior(2, 100))).toMatchObject({ days: 60, provable: false });
    const neverSeen = { hitDays: 0, days: 0, returns: 0, quietDays: 0 };
    expect(validationWindow(aPrior(0, 0, neverSeen))).toMatchObject({
      days: 60,
      provable: false,
      neededDays: Number.POSITIVE_INFINITY,
    });
  });

  test('from the second failed fix on it doubles, within 60 days', () => {
    const prior = aPrior(16, 56);
    const once = validationWindow(prior, 0, 1).days;
    expect(once).toBe(validationWindow(prior).days);
    expect(validationWindow(prior, 0, 2).days).toBe(2 * once);
    expect(validationWindow(aPrior(6, 60), 0, 2).days).toBe(60);
  });

  test('tolerating a report takes longer silence', () => {
    expect(validationWindow(aPrior(20, 56), 1).days).toBeGreaterThan(validationWindow(aPrior(20, 56), 0).days);
  });

  test('is longer where reports are filed late, by about as much', () => {
    const prompt = validationWindow(aPrior(20, 56)).neededDays;
    const late = validationWindow(aPrior(20, 56, { delays: [on(0), on(10)] })).neededDays;
    expect(late).toBeCloseTo(prompt + 5, 1);
    expect(validationWindow(aPrior(20, 56, { delays: [on(0), on(0)] })).neededDays).toBeCloseTo(prompt, 6);
  });

  test('more returns never lengthen it, and certainty at its end is at least 95 %', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 55 }), fc.integer({ min: 0, max: 3 }), (returns, tolerated) => {
        const window = validationWindow(aPrior(returns, 56), tolerated);
        expect(validationWindow(aPrior(returns + 1, 56), tolerated).days).toBeLessThanOrEqual(window.days);
        if (window.provable) {
          expect(chanceOfSilence(aPrior(returns, 56), window.days, tolerated)).toBeLessThanOrEqual(0.05 + 1e-9);
        }
      }),
    );
  });
});

describe('certainty so far', () => {
  test('grows with every silent day and starts at nothing', () => {
    const prior = aPrior(9, 56);
    expect(1 - chanceOfSilence(prior, 0)).toBe(0);
    let last = 0;
    for (let days = 1; days < 40; days++) {
      const sure = 1 - chanceOfSilence(prior, days);
      expect(sure).toBeGreaterThan(last);
      last = sure;
    }
  });

  test('is what Gamma-distributed rates predict', () => {
    // Ten returns in 60 quiet days, the expected ones included, then none in 14 days told by nine people in ten.
    expect(chanceOfSilence(aPrior(9, 56), 14)).toBeCloseTo((60 / (60 + 0.9 * 14)) ** 10, 12);
  });

  test('expects of a rare defect that it is as rare as those of whole programs', () => {
    // Seven returns in 111 quiet days, of which two in eleven are expected.
    expect(chanceOfSilence(aPrior(5, 100), 40)).toBeCloseTo((111 / (111 + 0.9 * 40)) ** 7, 12);
  });

  test('does not count days of which nothing can have been told yet', () => {
    expect(chanceOfSilence(aPrior(9, 56, { delays: [on(5), on(5)] }), 5)).toBe(1);
  });

  test('reads as days and a percentage that is never 100', () => {
    const window = validationWindow(aPrior(9, 56));
    expect(provingWords(window, 9.7, 0.7412)).toBe(`proving 9/${window.days} d, 74 % sure`);
    expect(provingWords(window, 400, 1)).toBe(`proving ${window.days}/${window.days} d, 99 % sure`);
    expect(provingWords(window, -2, 0)).toBe(`proving 0/${window.days} d, 0 % sure`);
    const rare = validationWindow(aPrior(1, 100));
    expect(provingWords(rare, 12, 0.2)).toBe('proving 12/60 d, silence cannot prove this');
  });
});

describe('false proofs: a defect that nobody fixed, claimed at a random moment', () => {
  test.each([0.1, 0.2, 0.4, 0.8, 2])('at %d reports a day, at most 5 %% are called proven', (rate) => {
    expect(falseProofs(mulberry32(rate * 100), () => rate, 0).share).toBeLessThan(0.05);
  });

  test('nor where one report is tolerated, as for S3', () => {
    for (const rate of [0.15, 0.4, 1]) {
      expect(falseProofs(mulberry32(rate * 77), () => rate, 1).share).toBeLessThan(0.05);
    }
  });

  test('nor over recurring defects of all rates, and the plain -ln(0.05)/lambda would break the promise', () => {
    const anyRate = (random: Random) => 0.03 * (2 / 0.03) ** random();
    expect(falseProofs(mulberry32(1), anyRate, 0).share).toBeLessThan(0.05);
    expect(falseProofs(mulberry32(1), anyRate, 0).naive).toBeGreaterThan(0.05);
  });
});

function aReport(days: number): GuardedReport {
  return { seenAt: day(days), environment: null, reporterId: 'U1', affected: 0, vendor: null };
}

/** The share of unfixed, recurring defects whose window stays silent; beside it that of a window from the plain rate. */
function falseProofs(random: Random, rateOf: (random: Random) => number, tolerated: number) {
  let [defects, proven, naive] = [0, 0, 0];
  for (let run = 0; run < 1200; run++) {
    const rate = rateOf(random);
    const age = 30 + random() * 60;
    const times: number[] = [];
    for (let t = sampleExponential(random, rate); t < age + 60; t += sampleExponential(random, rate)) times.push(t);
    const before = times.filter((t) => t < age);
    if (before.length < 3) continue;
    defects++;
    const after = (days: number) => times.filter((t) => t >= age && t < age + days).length;
    const window = validationWindow(
      priorRate(before.map(aReport), { deployedAt: day(age), environments: null }),
      tolerated,
    );
    if (window.provable && after(window.days) <= tolerated) proven++;
    const lookback = Math.min(28, age);
    const recent = before.filter((t) => t > age - lookback).length;
    const plainDays = Math.max(3, -Math.log(0.05) / (recent / lookback));
    if (plainDays <= 60 && after(plainDays) === 0) naive++;
  }
  return { share: proven / defects, naive: naive / defects };
}
