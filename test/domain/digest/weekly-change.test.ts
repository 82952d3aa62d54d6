import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WeeklyChange, weeklyChange } from '../../../src/domain/digest/weekly-change.ts';
import type { Traffic } from '../../../src/domain/stats/error-budget.ts';
import { mulberry32, type Random, sampleGamma, sampleNormal, samplePoisson } from '../../../src/domain/stats/random.ts';
import { gradeOf, rateRatioInterval } from '../../../src/domain/stats/rate-ratio.ts';

const REQUESTS = 5_000_000;
const flat = (ratio: number, weeks = 11): Traffic[] =>
  Array.from({ length: weeks }, () => ({ bad: ratio * REQUESTS, total: REQUESTS }));
const of = (ratio: number): Traffic => ({ bad: ratio * REQUESTS, total: REQUESTS });

function change(weeks: readonly (Traffic | null)[]): WeeklyChange {
  const said = weeklyChange(weeks);
  if (typeof said !== 'object') throw new Error(`expected a change, not ${said}`);
  return said;
}

/** Whole weeks vary alike: the count is spread around its mean by a share of it. */
const wiggling = (spread: number) => (random: Random) => 5000 * sampleGamma(random, 1 / spread ** 2) * spread ** 2;
/** Outages of very different sizes, so many a week, above a steady murmur. */
const outages = (aWeek: number) => (random: Random) => {
  let failed = samplePoisson(random, 100);
  for (let left = samplePoisson(random, aWeek); left > 0; left--) failed += 2000 * Math.exp(sampleNormal(random) - 0.5);
  return failed;
};

/**
 * How failures come; the share of flat weeks that is called a change with and without the dispersion; the share of weeks
 * with three times the failures that is called worse.
 */
const FLAT_WORLDS: [string, (random: Random) => number, number, number, number][] = [
  ['a tenth up and down', wiggling(0.1), 0.035, 0.768, 1],
  ['a third up and down', wiggling(0.3), 0.028, 0.927, 0.748],
  ['an outage in ten weeks', outages(0.1), 0.05, 0.217, 0.349],
  ['three outages a week', outages(3), 0.011, 0.979, 0.159],
  ['thirty outages a week', outages(30), 0.033, 0.982, 0.738],
];

/** The share of runs of twelve flat weeks whose last one is called better or worse. */
function falseCalls(draw: (random: Random) => number, runs = 1000) {
  const random = mulberry32(20_201_123);
  let called = 0;
  let calledBare = 0;
  let tripled = 0;
  for (let run = 0; run < runs; run++) {
    const weeks = Array.from({ length: 12 }, () => {
      const total = REQUESTS * (1 + 0.1 * sampleNormal(random));
      return { bad: Math.round((draw(random) * total) / REQUESTS), total };
    });
    if (change(weeks).grade !== 'no clear change') called++;
    const thrice = weeks.map(({ bad, total }, i) => ({ bad: i === 11 ? 3 * bad : bad, total }));
    if (change(thrice).grade === 'worse') tripled++;
    const [before, after] = weeks.slice(-2).map(({ bad, total }) => ({ count: bad, exposure: total }));
    if (before && after && gradeOf(rateRatioInterval({ before, after })) !== 'no clear change') calledBare++;
  }
  return { called: called / runs, calledBare: calledBare / runs, tripled: tripled / runs };
}

describe('the verdict on a share from one week to the next', () => {
  it.each(FLAT_WORLDS)(
    'is wrong in no more than about one of twenty flat weeks with %s',
    (_, draw, called, calledBare, tripled) => {
      const found = falseCalls(draw);
      expect(found.called).toBeLessThanOrEqual(0.05);
      expect(found).toEqual({ called, calledBare, tripled });
    },
  );

  it('still names what really changed: an outage ten times the usual, and a fix that ends nearly all failures', () => {
    const wiggly = [0.9, 1.1, 1, 1.2, 0.8, 1, 1.1, 0.9, 1.05, 0.95, 1].map((times) => of(0.001 * times));
    expect(change([...wiggly, of(0.01)]).grade).toBe('worse');
    expect(change([...wiggly, of(0.0001)]).grade).toBe('better');
    expect(change([...wiggly, of(0.0012)])).toMatchObject({ grade: 'no clear change', now: 0.0012, before: 0.001 });
    expect(change([...flat(0), of(0.01)]).grade).toBe('worse');
  });

  it('does not take a burst that is over for an improvement where bursts come and go', () => {
    const bursts = [1, 1, 30, 1, 1, 1, 25, 1, 1, 2, 28].map((times) => of(0.0001 * times));
    expect(change([...bursts, of(0.0001)]).grade).toBe('no clear change');
  });

  it('is none while the past is too short to tell, or where last week was not read', () => {
    expect(change([...flat(0.001, 5), of(0.5)])).toMatchObject({ grade: 'no clear change', interval: null });
    expect(change([...flat(0.001, 6), of(0.5)]).grade).toBe('worse');
    expect(change([...flat(0.001), null, of(0.5)])).toEqual({
      now: 0.5,
      before: null,
      grade: 'no clear change',
      interval: null,
      p: 1,
    });
    expect(change([...flat(0.001), { bad: 0, total: 0 }, of(0.5)]).before).toBeNull();
  });

  it('tells no traffic and no reading from no failures', () => {
    expect(weeklyChange([...flat(0.001), { bad: 0, total: 0 }])).toBe('no traffic');
    expect(weeklyChange([...flat(0.001), null])).toBeUndefined();
    expect(weeklyChange([])).toBeUndefined();
    expect(change([...flat(0.001), of(0)]).now).toBe(0);
  });

  it('takes counts as large as there are, and as small', () => {
    const huge = Array.from({ length: 12 }, (_, i) => ({ bad: 4e9 + i, total: 1e12 }));
    expect(change(huge).grade).toBe('no clear change');
    const traffic = fc
      .record({ bad: fc.nat(1e9), more: fc.nat(1e12) })
      .map(({ bad, more }) => ({ bad, total: bad + more }));
    fc.assert(
      fc.property(fc.array(fc.option(traffic), { maxLength: 14 }), (weeks) => {
        const said = weeklyChange(weeks);
        if (typeof said !== 'object') return;
        expect(said.now).toBeGreaterThanOrEqual(0);
        expect(said.now).toBeLessThanOrEqual(1);
        if (said.grade !== 'no clear change') expect(said.interval).not.toBeNull();
        if (Math.abs(said.p - 0.05) > 1e-9) expect(said.p < 0.05).toBe(said.grade !== 'no clear change');
        if (said.grade === 'better') expect(said.now).toBeLessThan(said.before ?? 0);
        if (said.grade === 'worse') expect(said.now).toBeGreaterThan(said.before ?? 1);
      }),
      { numRuns: 60 },
    );
  });
});
