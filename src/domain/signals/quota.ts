import { MINUTE_MS } from '../time/durations.ts';

/** So much a minute, as a token bucket: a minute's worth may come at once, and then as much as flows in. */
export type Bucket = { left: number; atMs: number };

export function fullBucket(aMinute: number, nowMs: number): Bucket {
  return { left: aMinute, atMs: nowMs };
}

/** The bucket at a later moment. */
export function refill({ left, atMs }: Bucket, aMinute: number, nowMs: number): Bucket {
  const flown = Math.max(0, nowMs - atMs) * (aMinute / MINUTE_MS);
  return { left: Math.min(aMinute, left + flown), atMs: nowMs };
}

/** Whole seconds until there is something left again, 0 where there is. More may have been spent than there was. */
export function secondsUntilLeft({ left }: Bucket, aMinute: number): number {
  return left >= 1 ? 0 : Math.ceil(((1 - left) / aMinute) * 60);
}
