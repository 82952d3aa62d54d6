import type { Interval } from '../stats/observed.ts';
import { rateRatioInterval } from '../stats/rate-ratio.ts';
import { DAY_MS } from '../time/durations.ts';
import { EPISODE_GAP_DAYS, type PriorRate } from './episodes.ts';
import type { GuardedReport } from './regression-guard.ts';

/** How often a defect comes back a week, before a fix that did not end it and since; the interval is of their ratio. */
export type Reduction = { before: number; since: number; interval: Interval };

const FEWEST_RETURNS = 3;
/** Less quiet than this tells no rate a week. */
const FEWEST_QUIET_DAYS = 7;

/**
 * Is it seen less since the fix, though not gone? Where the exact 95 % interval of the ratio of both rates lies under 1.
 * Days in a row are one return, before the fix and since. Null where the reports do not show it.
 *
 * @param counting reports that count against the fix, the oldest first
 * @param toldDays since the fix, as far as what was seen on them is told
 */
export function reductionOf(prior: PriorRate, counting: readonly GuardedReport[], toldDays: number): Reduction | null {
  const returns = counting.filter(({ seenAt }, i) => {
    const last = counting[i - 1];
    return !last || seenAt.getTime() - last.seenAt.getTime() > EPISODE_GAP_DAYS * DAY_MS;
  }).length;
  if (returns === 0 || toldDays <= 0) return null;
  if (prior.returns < FEWEST_RETURNS || prior.quietDays < FEWEST_QUIET_DAYS) return null;
  const before = { count: prior.returns, exposure: prior.quietDays };
  const after = { count: returns, exposure: toldDays };
  const interval = rateRatioInterval({ before, after });
  if (interval.high >= 1) return null;
  return { before: (7 * before.count) / before.exposure, since: (7 * returns) / toldDays, interval };
}

/** "Seen less, not gone: it came back 2.1 times a week before and 0.4 since, 55 to 93 % less often." */
export function reductionWords({ before, since, interval }: Reduction): string {
  const from = Math.floor(100 * (1 - interval.high) + 1e-9);
  // What has been seen again is not gone by 100 %.
  const to = Math.min(99, Math.ceil(100 * (1 - interval.low) - 1e-9));
  const times = `${before.toFixed(1)} times a week before and ${since.toFixed(1)} since`;
  return `Seen less, not gone: it came back ${times}, ${from} to ${to} % less often.`;
}
