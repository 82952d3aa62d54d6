import type { ReliabilityReading } from './reliability.ts';
import { type CountedReading, trafficOf } from './stored-reading.ts';

/** What one source pushed of a span; `covered` is how much of it, in seconds. */
export type Pushed = CountedReading & { covered: number };

/** A span counts as told from this share of it on; below, its figures would pass for those of the whole. */
export const ENOUGH_COVER = 0.9;

/**
 * One reading of a span from what its sources pushed. Requests add up; an area is as up as the least up of its sources;
 * the 99th percentile of a whole lies between the least and the greatest of its parts', which are never averaged.
 *
 * @param seconds the length of the span
 */
export function combinePushes(pushed: readonly Pushed[], seconds: number): ReliabilityReading | null {
  if (pushed.length === 0 || coverOf(pushed, seconds) < ENOUGH_COVER) return null;
  const sum = (of: (one: Pushed) => number | null) => pushed.reduce((all, one) => all + (of(one) ?? 0), 0);
  const known = (of: (one: Pushed) => number | null) => pushed.map(of).filter((value) => value !== null);
  const [uptimes, p99s] = [known(({ uptime }) => uptime), known(({ p99Seconds }) => p99Seconds)];
  return {
    uptime: uptimes.length > 0 ? Math.min(...uptimes) : null,
    requests: trafficOf(
      sum(({ bad }) => bad),
      sum(({ total }) => total),
    ),
    p99:
      p99s.length > 0
        ? {
            seconds: Math.max(...p99s),
            above: Math.min(...known(({ p99Above }) => p99Above)),
            upTo: Math.max(...known(({ p99UpTo }) => p99UpTo)),
          }
        : null,
    slow:
      known(({ slow }) => slow).length > 0
        ? trafficOf(
            sum(({ slow }) => slow),
            sum(({ slowOf }) => slowOf),
          )
        : null,
  };
}

/** How much of a span its best source told of, 0 to 1. */
export function coverOf(pushed: readonly Pushed[], seconds: number): number {
  return seconds > 0 ? Math.max(0, ...pushed.map(({ covered }) => covered)) / seconds : 0;
}
