import type { Traffic } from '../stats/error-budget.ts';
import type { Series } from './ask-metrics.ts';
import type { LatencyQuantile } from './reliability.ts';

/** How many requests took up to a bound, in seconds; the last bound is infinite and holds them all. */
export type Bucket = { upTo: number; count: number };

/**
 * The buckets of an answer with one series for each `le`, by bound. Null where they are no histogram: no infinite bucket,
 * or nothing but it.
 */
export function bucketsOf(series: readonly Series[], boundSeconds: number): Bucket[] | null {
  const found = series.flatMap(({ labels, points }) => {
    const text = labels.le ?? '';
    const bound = /^\+?Inf$/.test(text) ? Number.POSITIVE_INFINITY : text === '' ? Number.NaN : Number(text);
    const count = points.at(-1)?.value ?? Number.NaN;
    return Number.isNaN(bound) || !Number.isFinite(count) ? [] : [{ upTo: bound * boundSeconds, count }];
  });
  const byBound = [...Map.groupBy(found, ({ upTo }) => upTo)]
    .map(([upTo, same]) => ({ upTo, count: same.reduce((sum, { count }) => sum + count, 0) }))
    .sort((a, b) => a.upTo - b.upTo);
  if (byBound.length < 2 || byBound.at(-1)?.upTo !== Number.POSITIVE_INFINITY) return null;
  // Extrapolation and late scrapes may let a larger bucket count less, which cannot be.
  let most = 0;
  return byBound.map(({ upTo, count }) => {
    most = Math.max(most, count);
    return { upTo, count: most };
  });
}

/**
 * The quantile as Prometheus' histogram_quantile interpolates it, with the bounds that it really lies between. In the
 * infinite bucket it is the greatest finite bound. Null without requests.
 */
export function quantileOf(buckets: readonly Bucket[], share: number): LatencyQuantile | null {
  const all = buckets.at(-1)?.count ?? 0;
  if (!(all > 0)) return null;
  const rank = share * all;
  const at = buckets.findIndex(({ count }) => count >= rank);
  const bucket = buckets[at];
  if (!bucket) return null;
  const below = at > 0 ? buckets[at - 1] : undefined;
  const above = below?.upTo ?? Math.min(0, bucket.upTo);
  if (bucket.upTo === Number.POSITIVE_INFINITY) return { seconds: above, above, upTo: bucket.upTo };
  const counted = below?.count ?? 0;
  const within = bucket.count > counted ? (rank - counted) / (bucket.count - counted) : 1;
  return { seconds: above + (bucket.upTo - above) * within, above, upTo: bucket.upTo };
}

/**
 * Requests slower than a threshold, and all of them. They can only be told apart at a bucket's bound: the greatest one
 * that is not beyond the threshold, which is answered too. Null where there is none.
 */
export function slowOf(buckets: readonly Bucket[], thresholdSeconds: number): (Traffic & { bound: number }) | null {
  const bucket = buckets.findLast(({ upTo }) => upTo <= thresholdSeconds * (1 + 1e-9));
  const total = buckets.at(-1)?.count ?? 0;
  return bucket && total > 0 ? { bad: total - bucket.count, total, bound: bucket.upTo } : null;
}
