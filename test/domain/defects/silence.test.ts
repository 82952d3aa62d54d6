import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfPause, quietHalvings, silenceAfter } from '../../../src/domain/defects/silence.ts';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-11-23T09:00:00Z');
const daysAgo = (days: number) => ({ seenAt: new Date(NOW.getTime() - days * DAY_MS) });

describe('what a silence costs the rank', () => {
  // Computed apart, in Python: o = (longer + 5 * exp(-days / 28)) / (pauses + 5); chance = o / (o + 0.02).
  it.each([
    { days: 1, pauses: 0, longer: 0, chance: 0.979693699, halvings: 0 },
    { days: 19, pauses: 12, longer: 1, chance: 0.912296682, halvings: 0 },
    { days: 60, pauses: 12, longer: 0, chance: 0.633065476, halvings: 0.5 },
    { days: 84, pauses: 0, longer: 0, chance: 0.713413954, halvings: 0 },
    { days: 85, pauses: 0, longer: 0, chance: 0.706056714, halvings: 0.5 },
    { days: 365, pauses: 0, longer: 0, chance: 0.00010904, halvings: 13 },
    { days: 30, pauses: 45, longer: 0, chance: 0.631349218, halvings: 0.5 },
    { days: 5, pauses: 100, longer: 3, chance: 0.773763493, halvings: 0 },
  ])(
    '$days days after $pauses pauses, $longer of them longer: $halvings halvings',
    ({ chance, halvings, ...silence }) => {
      expect(chanceOfPause(silence)).toBeCloseTo(chance, 8);
      expect(quietHalvings(silence)).toBe(halvings);
    },
  );

  it('is nothing within a day, however short the pauses were', () => {
    expect(quietHalvings({ days: 0.99, pauses: 5_000, longer: 0 })).toBe(0);
    expect(quietHalvings({ days: 1, pauses: 5_000, longer: 0 })).toBe(4);
  });

  it('grows as the silence does, in halves, and stays finite', () => {
    const history = fc.array(fc.double({ min: 0, max: 4_000, noNaN: true }), { minLength: 1, maxLength: 30 });
    const later = fc.double({ min: 0, max: 40_000, noNaN: true });
    fc.assert(
      fc.property(history, later, later, (ages, one, other) => {
        const seen = ages.sort((a, b) => b - a).map(daysAgo);
        const [sooner, longer] = [one, other].sort((a, b) => a - b) as [number, number];
        const cost = (days: number) => quietHalvings(silenceAfter(seen, new Date(NOW.getTime() + days * DAY_MS)));
        expect(cost(longer)).toBeGreaterThanOrEqual(cost(sooner));
        expect(cost(longer) * 2).toBe(Math.floor(cost(longer) * 2));
        expect(Number.isFinite(cost(longer))).toBe(true);
      }),
    );
  });
});

describe('a silence', () => {
  it('lasts since the last report, and counts the pauses before it that were longer', () => {
    const seen = [daysAgo(50), daysAgo(30), daysAgo(26), daysAgo(16), daysAgo(10)];
    expect(silenceAfter(seen, NOW)).toEqual({ days: 10, pauses: 4, longer: 1 });
  });

  it('of a single report has no pause, and one of the future has not begun', () => {
    expect(silenceAfter([daysAgo(3)], NOW)).toEqual({ days: 3, pauses: 0, longer: 0 });
    expect(silenceAfter([daysAgo(-1)], NOW)).toEqual({ days: 0, pauses: 0, longer: 0 });
  });
});
