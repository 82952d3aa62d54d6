import { dispersion, thinned } from '../stats/dispersion.ts';
import type { Interval } from '../stats/observed.ts';
import { type Grade, gradeOf, rateRatioInterval } from '../stats/rate-ratio.ts';

/** A count of this week and of the week before, with the interval of their ratio that any verdict rests on; null where nothing compares. */
export type Verdict = { grade: Grade; now: number; before: number; interval: Interval | null };

/** Weeks before that tell how much the counts vary by themselves. */
const FEWEST_WEEKS = 4;

/**
 * A direction only where the 95 % interval of the rate ratio leaves out 1, widened where earlier weeks came in bursts.
 *
 * @param counts a week each, the oldest first
 */
export function weeklyVerdict(counts: readonly number[], isFirstWeek: boolean): Verdict {
  const now = counts.at(-1) ?? 0;
  const before = counts.at(-2) ?? 0;
  if (isFirstWeek && before === 0) return { grade: 'no clear change', now, before, interval: null };
  const earlier = counts.slice(0, -1);
  const spread =
    earlier.length < FEWEST_WEEKS ? undefined : dispersion(earlier.map((count) => ({ count, exposure: 1 })));
  const factor = Math.max(1, spread?.factor ?? 1);
  const week = (count: number) => thinned({ count, exposure: 1 }, factor);
  const interval = rateRatioInterval({ before: week(before), after: week(now) });
  return { grade: gradeOf(interval), now, before, interval: now + before > 0 ? interval : null };
}
