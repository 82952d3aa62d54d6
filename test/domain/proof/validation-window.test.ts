import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chanceOfSilence,
  priorRate,
  provingWords,
  validationWindow,
} from '../../../src/domain/proof/validation-window.ts';
import { mulberry32, type Random } from '../../../src/domain/stats/random.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';
import { sampleExponential } from '../stats/sample-exponential.ts';

const day = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * DAY_MS);

describe('the window', () => {
  test('with many occurrences it is close to -ln(0.05) / lambda', () => {
    const window = validationWindow({ hitDays: 200, days: 2000 });
    expect(window.neededDays / (-Math.log(0.05) / 0.1)).toBeGreaterThan(0.95);
    expect(window.neededDays / (-Math.log(0.05) / 0.1)).toBeLessThan(1.05);
    // A day is hit or not, so the exact limit is -ln(0.05) / -ln(1 - 0.1).
    expect(window.neededDays).toBeGreaterThan(Math.log(0.05) / Math.log(0.9));
  });

  test('with few occurrences it is longer than the observed rate alone would say', () => {
    const window = validationWindow({ hitDays: 8, days: 56 });
    expect(window.days).toBe(24);
    expect(window.days).toBeGreaterThan(-Math.log(0.05) / (8 / 56));
    expect(window.cautiousRate).toBeLessThan(8 / 56);
    expect(window.provable).toBe(true);
  });

  test('a defect seen every day still takes three days', () => {
    expect(validationWindow({ hitDays: 56, days: 56 }).days).toBe(3);
  });

  test('a rare defect cannot be proven by silence within 60 days', () => {
    expect(validationWindow({ hitDays: 2, days: 56 })).toMatchObject({ days: 60, provable: false });
    expect(validationWindow({ hitDays: 0, days: 56 })).toMatchObject({
      days: 60,
      provable: false,
      neededDays: Number.POSITIVE_INFINITY,
      cautiousRate: 0,
    });
    expect(validationWindow({ hitDays: 0, days: 0 }).provable).toBe(false);
  });

  test('from the second failed fix on it doubles, within 60 days', () => {
    const prior = { hitDays: 16, days: 56 };
    const once = validationWindow(prior, 0, 1).days;
    expect(once).toBe(validationWindow(prior).days);
    expect(validationWindow(prior, 0, 2).days).toBe(2 * once);
    expect(validationWindow({ hitDays: 6, days: 56 }, 0, 2).days).toBe(60);
  });

  test('tolerating a report takes longer silence', () => {
    const prior = { hitDays: 20, days: 56 };
    expect(validationWindow(prior, 1).days).toBeGreaterThan(validationWindow(prior, 0).days);
  });

  test('more occurrences never lengthen it, and certainty at its end is at least 95 %', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 55 }), fc.integer({ min: 0, max: 3 }), (hitDays, tolerated) => {
        const window = validationWindow({ hitDays, days: 56 }, tolerated);
        expect(validationWindow({ hitDays: hitDays + 1, days: 56 }, tolerated).days).toBeLessThanOrEqual(window.days);
        if (window.provable) {
          expect(chanceOfSilence({ hitDays, days: 56 }, window.days, tolerated)).toBeLessThanOrEqual(0.05 + 1e-9);
        }
      }),
    );
  });
});

describe('certainty so far', () => {
  test('grows with every silent day and starts at nothing', () => {
    const prior = { hitDays: 9, days: 56 };
    expect(1 - chanceOfSilence(prior, 0)).toBe(0);
    let last = 0;
    for (let days = 1; days < 40; days++) {
      const sure = 1 - chanceOfSilence(prior, days);
      expect(sure).toBeGreaterThan(last);
      last = sure;
    }
  });

  test('is Fisher’s exact conditional test', () => {
    // 9 hit days of 56, then none of 14: C(56, 9) / C(70, 9).
    const exact = [48, 49, 50, 51, 52, 53, 54, 55, 56].reduce((product, n) => (product * n) / (n + 14), 1);
    expect(chanceOfSilence({ hitDays: 9, days: 56 }, 14)).toBeCloseTo(exact, 12);
  });

  test('reads as days and a percentage that is never 100', () => {
    const window = validationWindow({ hitDays: 9, days: 56 });
    expect(provingWords(window, 9.7, 0.7412)).toBe(`proving 9/${window.days} d, 74 % sure`);
    expect(provingWords(window, 400, 1)).toBe(`proving ${window.days}/${window.days} d, 99 % sure`);
    expect(provingWords(window, -2, 0)).toBe(`proving 0/${window.days} d, 0 % sure`);
    const rare = validationWindow({ hitDays: 1, days: 56 });
    expect(provingWords(rare, 12, 0.2)).toBe('proving 12/60 d, silence cannot prove this');
  });
});

describe('the rate before the fix', () => {
  test('a burst of duplicates on one day counts once', () => {
    const seenAts = [day(-70), day(-3.2), day(-3.21), day(-3.22), day(-9.5)];
    expect(priorRate(seenAts, day(0))).toEqual({ hitDays: 2, days: 56 });
  });

  test('a young defect is watched from the day after its first report', () => {
    expect(priorRate([day(-20.5), day(-20.4), day(-10), day(-1.5)], day(0))).toEqual({ hitDays: 2, days: 20 });
  });

  test('reports after the fix, or none, say nothing', () => {
    expect(priorRate([day(1), day(0)], day(0))).toEqual({ hitDays: 0, days: 0 });
    expect(priorRate([], day(0))).toEqual({ hitDays: 0, days: 0 });
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
    const window = validationWindow(priorRate(before.map(day), day(age)), tolerated);
    if (window.provable && after(window.days) <= tolerated) proven++;
    const lookback = Math.min(28, age);
    const recent = before.filter((t) => t > age - lookback).length;
    const plainDays = Math.max(3, -Math.log(0.05) / (recent / lookback));
    if (plainDays <= 60 && after(plainDays) === 0) naive++;
  }
  return { share: proven / defects, naive: naive / defects };
}
