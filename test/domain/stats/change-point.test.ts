import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CREEP, canShowChange, rateChanges } from '../../../src/domain/stats/change-point.ts';
import { mulberry32, type Random, sampleGamma, samplePoisson } from '../../../src/domain/stats/random.ts';
import { spreadOf } from '../../../src/domain/stats/series-spread.ts';

/** A count whose variance is `spread` times its mean. */
function draw(random: Random, mean: number, spread: number): number {
  return samplePoisson(random, spread === 1 ? mean : sampleGamma(random, mean / (spread - 1)) * (spread - 1));
}

const YEAR = 52;
const series = (random: Random, spread: number, mean: (week: number) => number, weeks = YEAR) =>
  Array.from({ length: weeks }, (_, week) => draw(random, mean(week), spread));

test.each([
  { mean: 2, spread: 1 },
  { mean: 10, spread: 2 },
  { mean: 40, spread: 1 },
  { mean: 40, spread: 4 },
  { mean: 150, spread: 8 },
])('a flat year of $mean a week that vary $spread times as much as chance is called a change in under 5 %', (of) => {
  const random = mulberry32(20_261_128);
  const runs = 300;
  let called = 0;
  for (let run = 0; run < runs; run++) if (rateChanges(series(random, of.spread, () => of.mean)).length > 0) called++;
  expect(called / runs).toBeLessThanOrEqual(0.05);
});

test.each([
  { mean: 10, spread: 2 },
  { mean: 40, spread: 1 },
  { mean: 40, spread: 4 },
])(
  'three flat years of $mean a week that vary $spread times as much as chance are called a change in under 5 %, too',
  (of) => {
    const random = mulberry32(20_261_201);
    const runs = 200;
    const flat = () => series(random, of.spread, () => of.mean, 3 * YEAR);
    const called = Array.from({ length: runs }, () => rateChanges(flat())).filter(({ length }) => length > 0);
    expect(called.length / runs).toBeLessThanOrEqual(0.05);
  },
);

test.each([
  { mean: 40, spread: 1, named: 0.95 },
  { mean: 40, spread: 2, named: 0.6 },
  { mean: 150, spread: 4, named: 0.9 },
])('a rate of $mean a week that halves is named within eight weeks, in $named of the series at least', (of) => {
  const random = mulberry32(20_261_129);
  const runs = 200;
  const halved = 16;
  let named = 0;
  for (let run = 0; run < runs; run++) {
    const counts = series(random, of.spread, (week) => (week < halved ? of.mean : of.mean / 2)).slice(0, halved + 8);
    const last = rateChanges(counts).at(-1);
    if (last && last.ratio < 1 && Math.abs(last.at - halved) <= 2) named++;
  }
  expect(named / runs).toBeGreaterThanOrEqual(of.named);
});

test('what was said at one look is never taken back by later counts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 60 }),
      fc.integer({ min: 0, max: 60 }),
      (counts, cut) => {
        const early = rateChanges(counts.slice(0, cut));
        expect(rateChanges(counts).slice(0, early.length)).toEqual(early);
      },
    ),
  );
});

test('every change lies within the series, after the one before it, and was shown no sooner than it began', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 60 }), (counts) => {
      let before = 0;
      for (const { at, seenAt } of rateChanges(counts)) {
        expect(at).toBeGreaterThan(before);
        expect(seenAt).toBeGreaterThanOrEqual(at);
        expect(seenAt).toBeLessThan(counts.length);
        before = at;
      }
    }),
  );
});

test('a drop and a later rise are two changes', () => {
  const counts = [40, 38, 43, 41, 39, 40, 42, 37, 10, 9, 12, 11, 8, 10, 9, 11, 10, 12, 44, 40, 39, 43, 41];
  expect(rateChanges(counts).map(({ at, ratio }) => [at, ratio > 1])).toEqual([
    [8, false],
    [18, true],
  ]);
});

test('one burst is no change', () => {
  expect(rateChanges([40, 38, 43, 41, 39, 40, 42, 37, 120, 39, 42, 40])).toEqual([]);
});

test('no counts, and nothing but zeros, hold no change and could show none', () => {
  for (const counts of [[], [0], new Array<number>(52).fill(0)]) {
    expect(rateChanges(counts)).toEqual([]);
    expect(canShowChange(counts, spreadOf(counts))).toBe(false);
  }
});

test('one report a week could not show that it halves, forty could', () => {
  const canShow = (counts: readonly number[]) => canShowChange(counts, spreadOf(counts));
  expect(canShow(new Array<number>(12).fill(1))).toBe(false);
  expect(canShow(new Array<number>(12).fill(40))).toBe(true);
});

test('one that grows by a third each week is named sooner where growth is looked for, and a flat year as rarely', () => {
  const random = mulberry32(20_261_130);
  const weekNamed = (counts: readonly number[], creep: boolean) =>
    rateChanges(counts, creep ? { search: CREEP } : {}).find(({ at, ratio }) => at > 8 && ratio > 1)?.seenAt ?? YEAR;
  const growing = Array.from({ length: 150 }, () =>
    series(random, 1, (week) => 0.6 * Math.min(12, 1.3 ** Math.max(0, week - 12))),
  );
  const mean = (creep: boolean) => growing.reduce((sum, counts) => sum + weekNamed(counts, creep), 0) / growing.length;
  expect(mean(true)).toBeLessThan(mean(false) - 0.5);
  const flat = Array.from({ length: 300 }, () => series(random, 1.5, () => 2));
  const called = flat.filter((counts) => rateChanges(counts, { search: CREEP }).length > 0).length;
  expect(called / flat.length).toBeLessThanOrEqual(0.05);
});

test('a rise from one week to the next is dated to that week, though growth is looked for, too', () => {
  const counts = [2, 1, 2, 1, 2, 2, 1, 2, 11, 12, 14, 13];
  expect(rateChanges(counts, { search: CREEP }).map(({ at }) => at)).toEqual([8]);
});

const AREAS = [0.4, 0.3, 0.2, 0.1];
const added = (areas: readonly (readonly number[])[]) =>
  Array.from({ length: YEAR }, (_, week) => areas.reduce((sum, counts) => sum + (counts[week] ?? 0), 0));

test.each([
  { mean: 10, spread: 2, named: 0.2 },
  { mean: 40, spread: 4, named: 0.6 },
])(
  'areas that vary apart show sooner that $mean a week that vary $spread times as much as chance have halved',
  (of) => {
    const random = mulberry32(20_261_131);
    const runs = 150;
    const halved = 20;
    const mean = (week: number) => (week < halved ? of.mean : of.mean / 2);
    let [withAreas, without, falsely] = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const alike = AREAS.map((part) => series(random, of.spread, (week) => part * mean(week)));
      const seen = (counts: readonly number[]) => counts.slice(0, halved + 8);
      const isNamed = (changes: ReturnType<typeof rateChanges>) => (changes.at(-1)?.ratio ?? 1) < 1;
      if (isNamed(rateChanges(seen(added(alike)), { alike: alike.map(seen) }))) withAreas++;
      if (isNamed(rateChanges(seen(added(alike))))) without++;
      const flat = AREAS.map((part) => series(random, of.spread, () => part * of.mean));
      if (rateChanges(added(flat), { alike: flat }).length > 0) falsely++;
    }
    expect(withAreas / runs).toBeGreaterThanOrEqual(of.named);
    expect(withAreas).toBeGreaterThan(without);
    expect(falsely / runs).toBeLessThanOrEqual(0.05);
  },
);

test('areas whose weeks vary together do not make a flat year a change', () => {
  const random = mulberry32(20_261_132);
  const runs = 300;
  for (const { mean, spread } of [
    { mean: 40, spread: 4 },
    { mean: 150, spread: 8 },
  ]) {
    let called = 0;
    for (let run = 0; run < runs; run++) {
      const common = Array.from({ length: YEAR }, () => sampleGamma(random, mean / (spread - 1)) * (spread - 1));
      const alike = AREAS.map((part) => common.map((of) => samplePoisson(random, part * of)));
      if (rateChanges(added(alike), { alike }).length > 0) called++;
    }
    expect(called / runs).toBeLessThanOrEqual(0.05);
  }
});
