import { describe, expect, it } from 'vitest';
import { mulberry32, type Random, samplePoisson } from '../../../src/domain/stats/random.ts';
import { spreadOf } from '../../../src/domain/stats/series-spread.ts';

const WEEKS = 40;
const weeks = (of: (week: number) => number) => Array.from({ length: WEEKS }, (_, week) => of(week));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const added = (series: readonly (readonly number[])[]) =>
  weeks((week) => series.reduce((sum, counts) => sum + (counts[week] ?? 0), 0));

/** Three in every failure, the last one of which comes in the next week as often as not. */
function episodes(random: Random, rate: number): number[] {
  const counts = weeks(() => 0);
  for (let week = -1; week < WEEKS; week++) {
    for (let nth = samplePoisson(random, rate); nth > 0; nth--) {
      const next = random() < 1 / 2 ? 1 : 0;
      for (let day = 0; day < 3; day++) {
        const at = week + (day === 2 ? next : 0);
        counts[at] = (counts[at] ?? 0) + 1;
      }
    }
  }
  return counts;
}

describe('how much weeks vary by themselves', () => {
  it('is near chance where they are steady, and one lasting change does not raise it much', () => {
    const random = mulberry32(7);
    expect(spreadOf(weeks(() => samplePoisson(random, 30))).dispersion).toBeLessThan(1.7);
    expect(spreadOf(weeks((week) => samplePoisson(random, week < 20 ? 30 : 15))).dispersion).toBeLessThan(1.8);
    expect(spreadOf([30, 90, 10, 80, 20, 95]).dispersion).toBeGreaterThan(5);
  });

  it('is taken to be what is usual of weeks in which nothing came, or of too few', () => {
    for (const counts of [[], [3], [0, 0, 0, 0, 0, 0]]) {
      expect(spreadOf(counts)).toMatchObject({ dispersion: 1.5, seenIn: 1, share: 1 });
    }
  });

  it('is seen in four areas of the same size, and hardly in more than one where one is nearly all', () => {
    const random = mulberry32(8);
    const four = Array.from({ length: 4 }, () => weeks(() => samplePoisson(random, 10)));
    expect(spreadOf(added(four), { alike: four }).seenIn).toBeGreaterThan(3.9);
    expect(spreadOf(added(four), { alike: four }).df).toBeGreaterThan(spreadOf(added(four)).df);
    const one = [weeks(() => samplePoisson(random, 60)), weeks(() => samplePoisson(random, 1))];
    expect(spreadOf(added(one), { alike: one }).seenIn).toBeLessThan(1.1);
  });

  it('is that of the long run where failures go on over the end of the week', () => {
    const random = mulberry32(9);
    const seen = Array.from({ length: 30 }, () => {
      const four = Array.from({ length: 4 }, () => episodes(random, 4));
      return spreadOf(added(four), { alike: four }).dispersion;
    });
    // A failure of three in one week adds 9 to the variance, one of two and one adds 5, and 2 to what neighbours share: 2 by
    // neighbours, 3 in the long run.
    expect(mean(seen)).toBeGreaterThan(2.2);
    expect(mean(seen)).toBeLessThan(3.3);
  });

  it('is that of their sum where the areas vary together, and is trusted less', () => {
    const random = mulberry32(10);
    const common = weeks(() => 20 + 20 * random());
    const four = Array.from({ length: 4 }, () => weeks((week) => samplePoisson(random, common[week] ?? 0)));
    const { dispersion, share, df } = spreadOf(added(four), { alike: four });
    expect(dispersion).toBeGreaterThan(3);
    expect(share).toBeLessThan(0.8);
    expect(df).toBe(6 + WEEKS - 1);
  });

  it('is that of shares where counts are a part of something that varies', () => {
    const exposures = weeks((week) => (week % 2 === 0 ? 100 : 300));
    expect(
      spreadOf(
        exposures.map((all) => all / 5),
        { exposures },
      ).dispersion,
    ).toBeLessThan(1.2);
    expect(spreadOf(exposures.map((all) => all / 5)).dispersion).toBeGreaterThan(5);
  });
});
