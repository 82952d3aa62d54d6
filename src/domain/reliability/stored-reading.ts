import type { Traffic } from '../stats/error-budget.ts';
import type { ReliabilityReading } from './reliability.ts';

/** A reading as it is stored: flat, null where the metrics did not say. */
export type FlatReading = {
  uptime: number | null;
  bad: number | null;
  total: number | null;
  p99Seconds: number | null;
  p99Above: number | null;
  p99UpTo: number | null;
  slow: number | null;
  slowOf: number | null;
};

/** One whose requests were counted. */
export type CountedReading = FlatReading & { bad: number; total: number };

export const NOTHING_READ: FlatReading = {
  uptime: null,
  bad: null,
  total: null,
  p99Seconds: null,
  p99Above: null,
  p99UpTo: null,
  slow: null,
  slowOf: null,
};

/** What a stored reading says, or null where it says nothing. */
export function readingOf(flat: FlatReading): ReliabilityReading | null {
  const { uptime, bad, total, p99Seconds, p99Above, p99UpTo, slow, slowOf } = flat;
  if (uptime === null && total === null && p99Seconds === null) return null;
  return {
    uptime,
    requests: bad !== null && total !== null ? trafficOf(bad, total) : null,
    p99:
      p99Seconds !== null && p99Above !== null && p99UpTo !== null
        ? { seconds: p99Seconds, above: p99Above, upTo: p99UpTo }
        : null,
    slow: slow !== null && slowOf !== null ? trafficOf(slow, slowOf) : null,
  };
}

/** Prometheus extrapolates counters to the edges of a window, so that counts come in fractions. */
export function trafficOf(bad: number, total: number): Traffic {
  const all = Math.round(total);
  return { bad: Math.min(Math.round(bad), all), total: all };
}

/** Spans of one area, of which none shares any time with another: the later one stays where two do. */
export function withoutOverlap<T extends { startsAt: Date; endsAt: Date }>(spans: readonly T[]): T[] {
  const kept: T[] = [];
  for (const span of [...spans].sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime())) {
    const next = kept.at(-1);
    if (!next || span.endsAt <= next.startsAt) kept.push(span);
  }
  return kept.reverse();
}
