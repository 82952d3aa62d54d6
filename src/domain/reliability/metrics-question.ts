/** A label and what it must be, as a metric selector has it. */
export type LabelMatcher = { label: string; operator: '=' | '!=' | '=~' | '!~'; value: string };

/** Families of metric names that services use; each knows its own counters and histogram. */
export const METRIC_FAMILIES = ['http_code', 'http_status', 'opentelemetry', 'istio', 'grpc'] as const;
export type MetricFamily = (typeof METRIC_FAMILIES)[number];

/** What to ask of an area: the usual metrics of a family narrowed by labels, or expressions of one's own. */
export type MetricsQuestion =
  | { kind: 'family'; family: MetricFamily; labels: readonly LabelMatcher[] }
  | { kind: 'own'; bad: string | null; total: string | null; uptime: string | null; latency: string | null };
