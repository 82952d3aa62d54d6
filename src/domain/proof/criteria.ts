import type { DailyMetric } from '../reliability/metric-days.ts';

/** A typed acceptance criterion: a condition that must hold before a fix counts as proven. */
export type Criterion =
  | { kind: 'max_reports'; limit: number }
  | MetricBound
  | { kind: 'second_person'; userId: string }
  | { kind: 'link'; what: string };

/** A figure of an area that must stay under a bound for so many days in a row. Shares from 0 to 1, latency in seconds. */
export type MetricBound = {
  kind: 'metric';
  metric: DailyMetric;
  areaId: number;
  area: string;
  bound: number;
  forDays: number;
};
