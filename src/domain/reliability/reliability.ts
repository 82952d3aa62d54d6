import type { Traffic } from '../stats/error-budget.ts';

/** What is promised of an area: a share of good requests (0.999) over a period, and how fast is fast enough. */
export type AreaObjective = {
  target: number;
  periodDays: number;
  /** The latency, in seconds, that `fast` counts requests under; null where none is set. */
  thresholdSeconds: number | null;
};

/** A quantile that a histogram cannot place more exactly than between two bounds, in seconds; `upTo` may be Infinity. */
export type LatencyQuantile = { seconds: number; above: number; upTo: number };

/** What the metrics of one area said of one span of time. Null is "the metrics did not say", never zero. */
export type ReliabilityReading = {
  /** The share of the span that the area was up, 0 to 1. */
  uptime: number | null;
  /** Failed and all requests. */
  requests: Traffic | null;
  p99: LatencyQuantile | null;
  /** Requests slower than the threshold, and all of them. */
  slow: Traffic | null;
};

/** A reading of the week that ended at an instant: the same wall-clock time as the digest's, in the program's zone. */
export type ReliabilityWeek = { endsAt: Date; reading: ReliabilityReading | null };

/** One area over the weeks of a digest, the oldest first; the last is the digest's own week. */
export type AreaReliability = {
  area: string;
  objective: AreaObjective | null;
  weeks: readonly ReliabilityWeek[];
  /** Failed and all requests in the objective's period up to now, for what is left of its budget. */
  period: Traffic | null;
  /** Why there is no reading, in one sentence for people; null where there is one. */
  trouble: string | null;
};
