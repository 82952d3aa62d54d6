import { asUsual, canShowChange, FEWEST_COUNTS, rateChanges, type Search, STEPS } from '../stats/change-point.ts';
import { thinned } from '../stats/dispersion.ts';
import type { Interval } from '../stats/observed.ts';
import { rateRatioInterval } from '../stats/rate-ratio.ts';
import { type Spread, spreadOf } from '../stats/series-spread.ts';

export const SINCE_WHEN_GRADES = ['fewer', 'more', 'steady', 'too few', 'too uneven', 'too early'] as const;
export type SinceWhenGrade = (typeof SINCE_WHEN_GRADES)[number];

/** The rate since a week, a week, beside the rate of the weeks before it; the interval is of their ratio. */
export type Since = { startsAt: Date; endsAt: Date; rate: number; rateBefore: number; interval: Interval };

/** What may be said of a series of weekly counts. */
export type SinceWhen = {
  grade: SinceWhenGrade;
  /** The end of the newest whole week. */
  weekEndsAt: Date;
  /** What was counted in that week and in the one before it; null before there was one. */
  now: number;
  before: number | null;
  /** How many weeks were looked at since the last change. */
  weeks: number;
  /** The week since which the rate is another one; null unless the grade is a direction. */
  since: Since | null;
};

/**
 * THE verdict of a series: of the program, an area, its support tickets, or one defect. Whoever says whether something
 * comes more or less often says what this returns, by `sinceWhenSentence`, and nothing of its own; `gatherVerdicts` and
 * `gatherDefectVerdicts` bring the series of the last whole weeks, so that every place says the same of the same week.
 * 1. A direction is named with the week since which it holds, by a test that is wrong in under 5 % of flat programs, however
 *    often one looks (rateChanges has the formula and its source; of single defects that come in episodes it is wrong more
 *    often, docs/evidence.md). It stays until the rate changes again.
 * 2. Counts in which not even a halving would show within eight weeks are too few to tell, or too uneven.
 * 3. Under six weeks it is too early.
 *
 * @param bounds the ends of the weeks, the oldest first, with the start of the first week before them
 * @param counts of the weeks between the bounds, each as it was known when its week ended, so that the newest week is
 *   not missing what others got late
 * @param alike the counts of the program's areas in the same weeks, which tell sooner how much weeks vary by themselves
 * @param search CREEP for one defect
 */
export function sinceWhen(
  bounds: readonly Date[],
  counts: readonly number[],
  { alike = [counts], search = STEPS }: { alike?: readonly (readonly number[])[]; search?: Search } = {},
): SinceWhen {
  const at = (i: number) => bounds[i] ?? new Date(Number.NaN);
  const changes = rateChanges(counts, { alike, search });
  const last = changes.at(-1);
  const from = last?.at ?? 0;
  const facts = {
    weekEndsAt: at(counts.length),
    now: counts.at(-1) ?? 0,
    before: counts.at(-2) ?? null,
    weeks: counts.length - from,
  };
  if (last) {
    const earlier = observed(counts.slice(changes.at(-2)?.at ?? 0, from));
    const later = observed(counts.slice(from));
    const [rateBefore, rate] = [earlier.count / earlier.exposure, later.count / later.exposure];
    const factor = spreadOf(counts, { alike }).dispersion;
    const interval = rateRatioInterval({ before: thinned(earlier, factor), after: thinned(later, factor) });
    const since = { startsAt: at(from), endsAt: at(from + 1), rate, rateBefore, interval };
    if (rate !== rateBefore) return { ...facts, grade: rate < rateBefore ? 'fewer' : 'more', since };
  }
  if (counts.length < FEWEST_COUNTS) return { ...facts, grade: 'too early', since: null };
  const lasting = (series: readonly number[]) => series.slice(from);
  return {
    ...facts,
    grade: gradeOfNone(lasting(counts), spreadOf(lasting(counts), { alike: alike.map(lasting) })),
    since: null,
  };
}

function gradeOfNone(counts: readonly number[], spread: Spread): SinceWhenGrade {
  if (canShowChange(counts, spread)) return 'steady';
  return canShowChange(counts, asUsual(spread)) ? 'too uneven' : 'too few';
}

/**
 * Slow creep of one defect: it comes more often since a week that was not over yet when triage last decided about it.
 * Never triaged is never creeping, since there is nothing that it could have crept away from.
 */
export function isCreeping({ grade, since }: SinceWhen, lastTriagedAt: Date | null): boolean {
  return grade === 'more' && since !== null && lastTriagedAt !== null && since.endsAt > lastTriagedAt;
}

function observed(counts: readonly number[]) {
  return { count: counts.reduce((sum, count) => sum + count, 0), exposure: counts.length };
}
