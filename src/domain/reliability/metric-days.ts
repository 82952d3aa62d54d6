import type { ReliabilityReading } from './reliability.ts';

/** Figures of a day that a bound can be set on; of each, less is better. Shares from 0 to 1, latency in seconds. */
export const DAILY_METRICS = ['error_ratio', 'slow_share', 'p99_seconds', 'downtime'] as const;
export type DailyMetric = (typeof DAILY_METRICS)[number];

/** One local day; `value` is undefined where nobody used the area, and null where the metrics did not say. */
export type MetricDay = { startsAt: Date; endsAt: Date; value: number | null | undefined };

/** The value of a day: a percentile counts with the upper bound of its bucket, since it may be as bad as that. */
export function dayValue(reading: ReliabilityReading | null, metric: DailyMetric): number | null | undefined {
  if (!reading) return null;
  const share = (traffic: ReliabilityReading['requests']) =>
    traffic === null ? null : traffic.total > 0 ? traffic.bad / traffic.total : undefined;
  switch (metric) {
    case 'error_ratio':
      return share(reading.requests);
    case 'slow_share':
      return share(reading.slow);
    case 'p99_seconds':
      return reading.p99?.upTo ?? (reading.requests?.total === 0 ? undefined : null);
    case 'downtime':
      return reading.uptime === null ? null : 1 - reading.uptime;
  }
}

/** How long a metric has stayed under a bound: `held` where it did for as many days as were asked for. */
export type MetricHeld = {
  held: boolean;
  /** Days in a row, up to the last whole one, that were under the bound. */
  goodDays: number;
  /** The greatest value of those days and of the one that ended them, if any. */
  worst: number | null;
  /** The end of the last day that was told of. */
  lastAt: Date | null;
};

/**
 * 1. Only whole days count that began no earlier than `since`, the deployment of a fix, say, and are over.
 * 2. They count backwards from the last whole day; a day at or over the bound, and one that is not told of, ends them.
 * 3. A day on which nobody used the area proves nothing: it neither counts nor ends them.
 */
export function heldSince(
  days: readonly MetricDay[],
  wanted: { bound: number; days: number },
  { since, now }: { since: Date; now: Date },
): MetricHeld {
  const whole = days
    .filter(({ startsAt, endsAt }) => startsAt >= since && endsAt <= now)
    .sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime());
  const used = whole.filter(({ value }) => value !== undefined);
  const end = used.findIndex(({ value }) => value == null || value >= wanted.bound);
  const goodDays = end === -1 ? used.length : end;
  const looked = used.slice(0, goodDays + 1).flatMap(({ value }) => value ?? []);
  return {
    held: wanted.days > 0 && goodDays >= wanted.days,
    goodDays,
    worst: looked.length > 0 ? Math.max(...looked) : null,
    lastAt: used.find(({ value }) => value !== null)?.endsAt ?? null,
  };
}
