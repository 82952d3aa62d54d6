import { dispersion, thinned } from '../stats/dispersion.ts';
import type { Traffic } from '../stats/error-budget.ts';
import { normalCdf, normalQuantile, studentQuantile, studentTails } from '../stats/kernel.ts';
import type { Interval, Observed } from '../stats/observed.ts';
import { type BeforeAfter, binomialCdf, binomialUpperTail, gradeOf, rateRatioInterval } from '../stats/rate-ratio.ts';

export const CHANGE_GRADES = ['better', 'worse', 'no clear change'] as const;
/** What may be said of a share of bad events from one week to the next. */
export type ChangeGrade = (typeof CHANGE_GRADES)[number];

export type WeeklyChange = {
  /** The share of bad events, 0 to 1, in this week and in the one before; null where there is none to compare with. */
  now: number;
  before: number | null;
  grade: ChangeGrade;
  /** Of the ratio of both shares; null where there is nothing to compare with or the past is too short to tell. */
  interval: Interval | null;
  /** How likely so great a change is by chance; 1 where there is nothing to tell it by. */
  p: number;
};

/** Weeks before this one that tell how much the share moves by itself. */
export const FEWEST_WEEKS = 6;
const CONFIDENCE = 0.95;

/**
 * Did the share of bad events change from last week to this one? Failures come in bursts, so a binomial interval over
 * millions of requests would call every wiggle a change.
 * 1. The weeks before this one give the dispersion: how many times wider than chance the counts vary.
 * 2. Both weeks are thinned by it, and the exact interval of the ratio of their rates is taken.
 * 3. That dispersion is itself an estimate, so the interval is as wide as Student's distribution asks.
 * 4. A direction is named only where the interval leaves out 1, and none with fewer than six weeks before.
 * Where twelve flat weeks are played, 1.1 to 5.0 % of the last ones are called a change, by how their failures come;
 * the interval without dispersion calls 22 to 98 % of them one (test/domain/weekly-change.test.ts holds the figures).
 *
 * @param weeks the oldest first, the last is this one; null where nothing was read
 * @returns `no traffic` where nothing went through this week, `undefined` where this week was not read
 */
export function weeklyChange(weeks: readonly (Traffic | null)[]): WeeklyChange | 'no traffic' | undefined {
  const [current, last] = [weeks.at(-1), weeks.at(-2)];
  if (!current) return undefined;
  if (!(current.total > 0)) return 'no traffic';
  const now = current.bad / current.total;
  const before = last && last.total > 0 ? last.bad / last.total : null;
  const earlier = weeks.slice(0, -1).flatMap((week) => (week && week.total > 0 ? [observed(week)] : []));
  if (!last || before === null || earlier.length < FEWEST_WEEKS) {
    return { now, before, grade: 'no clear change', interval: null, p: 1 };
  }
  const spread = dispersion(earlier);
  const factor = Math.max(1, spread ? spread.chiSquare / spread.df : 1);
  const thin = { before: thinned(observed(last), factor), after: thinned(observed(current), factor) };
  const df = spread && factor > 1 ? spread.df : undefined;
  const interval = rateRatioInterval(thin, df ? confidenceOf(df) : CONFIDENCE);
  const grade = ({ fewer: 'better', more: 'worse', 'no clear change': 'no clear change' } as const)[gradeOf(interval)];
  return { now, before, grade, interval, p: chanceOf(thin, df) };
}

function observed({ bad, total }: Traffic): Observed {
  return { count: bad, exposure: total };
}

/** Below 0.05 exactly where the interval leaves out 1. */
function chanceOf({ before, after }: BeforeAfter, df: number | undefined): number {
  const exposures = before.exposure + after.exposure;
  const [p, q] = [after.exposure / exposures, before.exposure / exposures];
  const tails = [binomialUpperTail(after.count, before.count, p, q), binomialCdf(after.count, before.count, p, q)];
  const chance = Math.min(1, 2 * Math.min(...tails));
  return df && chance < 1 ? studentTails(normalQuantile(1 - chance / 2), df) : chance;
}

/** The confidence at which a normal interval is as wide as Student's at 95 %. */
function confidenceOf(df: number): number {
  return 2 * normalCdf(studentQuantile((1 + CONFIDENCE) / 2, df)) - 1;
}
