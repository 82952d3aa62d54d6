import { compareWeeks, type Trend } from '../digest/trend-words.ts';
import { WEEK_MS } from '../time/durations.ts';

const WEEKS = 4;

/**
 * The reports of the last four weeks against those of the four weeks before. `undefined` for a defect that was first seen
 * less than eight weeks ago, since before that there was nothing to count. Instants are those of the failure.
 */
export function trendOfDefect(seenAts: readonly Date[], now: Date): Trend | undefined {
  const weeksAgo = seenAts.map((at) => Math.floor((now.getTime() - at.getTime()) / WEEK_MS));
  if (!weeksAgo.some((weeks) => weeks >= 2 * WEEKS)) return undefined;
  const counts = Array.from({ length: 2 * WEEKS }, (_, i) => {
    const weeks = 2 * WEEKS - 1 - i;
    return weeksAgo.filter((one) => one === weeks).length;
  });
  return compareWeeks(counts.slice(0, WEEKS), counts.slice(WEEKS));
}
