import type { Interval } from '../stats/observed.ts';
import { rateRatioSequence } from '../stats/rate-ratio-sequence.ts';
import { DAY_MS } from '../time/durations.ts';
import { type PriorRate, returnsOf } from './episodes.ts';
import { type Fix, type GuardedReport, outToAllAt } from './regression-guard.ts';

/** Reports a week before a fix that ended only a part, and since; the interval is of the ratio of how often it came back. */
export type Reduction = { before: number; since: number; interval: Interval };

const FEWEST_RETURNS = 3;
/** Less quiet than this tells no rate a week. */
const FEWEST_QUIET_DAYS = 7;

/**
 * Is it seen less since the fix, though not gone? Where the interval of the ratio of both rates lies under 1; it holds
 * however often one looks. Days in a row are one return, before the fix and since. Null where the reports do not show it.
 *
 * @param counting reports that count against the fix, the oldest first
 * @param toldShare how much of the time since the fix is told by now
 */
export function reductionOf(
  prior: PriorRate,
  counting: readonly GuardedReport[],
  { fix, now, toldShare }: { fix: Fix; now: Date; toldShare: number },
): Reduction | null {
  const ageOf = (at: Date) => (now.getTime() - at.getTime()) / DAY_MS;
  const outDays = ageOf(outToAllAt(fix));
  const since = returnsOf(
    counting.map(({ seenAt }) => ageOf(seenAt)),
    outDays,
  );
  const exposure = since.quietDays * toldShare;
  if (since.returns === 0 || exposure <= 0) return null;
  if (prior.returns < FEWEST_RETURNS || prior.quietDays < FEWEST_QUIET_DAYS || prior.days === 0) return null;
  const interval = rateRatioSequence({
    before: { count: prior.returns, exposure: prior.quietDays },
    after: { count: since.returns, exposure },
  });
  if (interval.high >= 1) return null;
  return {
    before: (7 * prior.reports) / prior.days,
    since: (7 * counting.length) / (outDays * toldShare),
    interval,
  };
}

/** "Seen less, not gone: from 12 reports a week to 3, 55 to 93 % less often." */
export function reductionWords({ before, since, interval }: Reduction): string {
  const from = Math.max(1, Math.floor(100 * (1 - interval.high) + 1e-9));
  // What has been seen again is not gone by 100 %.
  const to = Math.min(99, Math.ceil(100 * (1 - interval.low) - 1e-9));
  return `Seen less, not gone: from ${figure(before)} reports a week to ${figure(since)}, ${from} to ${to} % less often.`;
}

function figure(value: number): string {
  return value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : value.toFixed(0);
}
