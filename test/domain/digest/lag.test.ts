import { expect, test } from 'vitest';
import { type KnownWeek, type LagChange, lagChange, verdictOn } from '../../../src/domain/digest/program-verdicts.ts';
import { mulberry32, type Random, sampleGamma, samplePoisson } from '../../../src/domain/stats/random.ts';
import { WEEK_MS } from '../../../src/domain/time/durations.ts';

const WEEKS = 52;
const CHANGED = 20;

/** A year of a program whose rate never changes; this share of each week's reports is told after the week. */
function aYear(random: Random, mean: number, lateShare: (week: number) => number): KnownWeek[] {
  return Array.from({ length: WEEKS }, (_, week) => {
    const rate = sampleGamma(random, mean);
    const [reports, late] = [rate * (1 - lateShare(week)), rate * lateShare(week)].map((of) =>
      samplePoisson(random, of),
    );
    return { reports: reports ?? 0, tickets: 0, late: late ?? 0 };
  });
}

const changesSeen = (weeks: readonly KnownWeek[]) => weeks.map((_, i) => lagChange(weeks.slice(0, i + 1)));

test.each([10, 40, 150])(
  'of %d reports a week that are told as late as ever, no change of that is said in a year',
  (mean) => {
    const random = mulberry32(20_261_140);
    const years = Array.from({ length: 60 }, () => changesSeen(aYear(random, mean, () => 0.2)));
    expect(years.filter((looks) => looks.some(Boolean)).length / years.length).toBeLessThanOrEqual(0.05);
  },
);

test.each([40, 150])(
  'where %d reports a week begin to be told later, that is said within eight weeks, and no change of their rate after a year',
  (mean) => {
    const random = mulberry32(20_261_141);
    const bounds = Array.from({ length: WEEKS + 1 }, (_, week) => new Date(week * WEEK_MS));
    const years = Array.from({ length: 40 }, () => aYear(random, mean, (week) => (week < CHANGED ? 0.15 : 0.5)));
    const told = years.filter((weeks) =>
      changesSeen(weeks)
        .slice(CHANGED, CHANGED + 8)
        .some((one) => one && one.since < one.before),
    );
    expect(told.length / years.length).toBeGreaterThanOrEqual(0.9);
    const named = (lag: (weeks: readonly KnownWeek[]) => LagChange | null) =>
      years.filter((weeks) => verdictOn(bounds, weeks, { lag: lag(weeks) }).since).length / years.length;
    expect(named(() => null)).toBeGreaterThan(0.8);
    expect(named(lagChange)).toBeLessThanOrEqual(0.05);
  },
);
