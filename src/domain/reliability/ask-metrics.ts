import type { MetricsTrouble } from './metrics-trouble.ts';

/** One series of an answer: an instant query gives it a single point. Values may be NaN or infinite. */
export type Series = { labels: Readonly<Record<string, string>>; points: readonly Point[] };
export type Point = { at: Date; value: number };

export type MetricsAnswer = { ok: readonly Series[] } | { trouble: MetricsTrouble };

export type PointRange = { from: Date; to: Date; stepSeconds: number };

/** Something that answers PromQL. It never throws: what goes wrong is an answer too. */
export type AskMetrics = {
  query: (expression: string, at: Date) => Promise<MetricsAnswer>;
  queryRange: (expression: string, range: PointRange) => Promise<MetricsAnswer>;
};
