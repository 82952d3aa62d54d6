import { HOUR_MS } from '../time/durations.ts';

/** A time at which a defect was firing; without an end it still is. */
export type Firing = { defectId: number; startsAt: Date; endsAt: Date | null };

/** A time throughout which the same defects were firing. */
export type FiringSegment = { startsAt: Date; endsAt: Date; defectIds: readonly number[] };

/**
 * Cuts the time at which anything fired, within (after, now], wherever a defect began or ended. A firing that is still on
 * counts up to the last full hour, so that it is not cut anew at each look.
 */
export function firingSegments(firings: readonly Firing[], after: Date, now: Date): FiringSegment[] {
  const lastHourMs = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const spans = firings
    .map(({ defectId, startsAt, endsAt }) => ({
      defectId,
      from: Math.max(startsAt.getTime(), after.getTime()),
      to: Math.min(endsAt?.getTime() ?? lastHourMs, now.getTime()),
    }))
    .filter(({ from, to }) => to > from);
  const edges = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  return edges.slice(1).flatMap((to, i) => {
    const from = edges[i] ?? to;
    const on = spans.filter((span) => span.from <= from && span.to >= to).map(({ defectId }) => defectId);
    if (on.length === 0) return [];
    return [{ startsAt: new Date(from), endsAt: new Date(to), defectIds: [...new Set(on)].sort((a, b) => a - b) }];
  });
}

/**
 * The failed requests of each defect: those of a segment go in equal parts to all that fired in it. A segment that the
 * metrics did not tell of counts for nobody.
 */
export function splitFailures(
  segments: readonly FiringSegment[],
  badIn: (segment: FiringSegment) => number | null,
): Map<number, number> {
  const byDefect = new Map<number, number>();
  for (const segment of segments) {
    const each = (badIn(segment) ?? 0) / segment.defectIds.length;
    for (const id of segment.defectIds) byDefect.set(id, (byDefect.get(id) ?? 0) + each);
  }
  return byDefect;
}

/** Failed requests within a segment from counts of other spans, each taken to have failed evenly over its own. */
export function failuresWithin(
  { startsAt, endsAt }: Pick<FiringSegment, 'startsAt' | 'endsAt'>,
  counts: readonly { startsAt: Date; endsAt: Date; bad: number }[],
): number | null {
  const parts = counts.flatMap((count) => {
    const from = Math.max(startsAt.getTime(), count.startsAt.getTime());
    const to = Math.min(endsAt.getTime(), count.endsAt.getTime());
    if (to <= from) return [];
    return [(count.bad * (to - from)) / (count.endsAt.getTime() - count.startsAt.getTime())];
  });
  return parts.length > 0 ? parts.reduce((sum, part) => sum + part, 0) : null;
}
