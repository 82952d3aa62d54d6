import type { AreaReliability, ReliabilityReading, ReliabilityWeek } from '../src/domain/reliability/reliability.ts';
import { WEEK_MS } from '../src/domain/time/durations.ts';
import { later } from './builders.ts';

export const NO_READING: ReliabilityReading = { uptime: null, requests: null, p99: null, slow: null };

/** Twelve weeks that end at an instant, by their error ratios, the oldest first; null where nothing was read. */
export function weeksOfErrors(
  endsAt: Date,
  ratios: readonly (number | null)[],
  over: Partial<ReliabilityReading> = {},
  total = 1_000_000,
): ReliabilityWeek[] {
  return ratios.map((ratio, i) => ({
    endsAt: later(endsAt, (i + 1 - ratios.length) * WEEK_MS),
    reading: ratio === null ? null : { ...NO_READING, requests: { bad: ratio * total, total }, ...over },
  }));
}

/** An area that is measured and keeps its promise, over twelve weeks that wiggle a little. */
export function anArea(over: Partial<AreaReliability> = {}): AreaReliability {
  const ratios = [4, 5, 4, 3, 5, 4, 4, 5, 3, 4, 5, 4].map((n) => n / 10_000);
  return {
    area: 'billing',
    objective: { target: 0.999, periodDays: 28, thresholdSeconds: 0.3 },
    weeks: weeksOfErrors(new Date('2026-11-20T14:00:00Z'), ratios),
    period: { bad: 1600, total: 4_000_000 },
    trouble: null,
    ...over,
  };
}
