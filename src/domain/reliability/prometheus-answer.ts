import { z } from 'zod';
import { cleanLine } from '../text/clean-text.ts';
import type { MetricsAnswer, Point } from './ask-metrics.ts';
import type { MetricsTrouble } from './metrics-trouble.ts';

// https://prometheus.io/docs/prometheus/latest/querying/api/: a sample is seconds since 1970 and a value as text.
const sample = z.tuple([z.number(), z.string()]);
const labels = z.record(z.string(), z.string());

const success = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('scalar'), result: sample }),
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ metric: labels.default({}), value: sample.optional() })),
    }),
    z.object({
      resultType: z.literal('matrix'),
      result: z.array(z.object({ metric: labels.default({}), values: z.array(sample).optional() })),
    }),
  ]),
});

const failure = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });

const LONGEST_WORDS = 160;

/** What an HTTP answer of the Prometheus API says: its status, and its body where that was JSON. */
export function readPrometheusAnswer(status: number, body: unknown): MetricsAnswer {
  if (status >= 300 && status < 400) return { trouble: { kind: 'redirected' } };
  if (status === 401 || status === 403) return { trouble: { kind: 'refused', status } };
  const failed = failure.safeParse(body);
  if (failed.success) return { trouble: troubleOf(failed.data, status) };
  if (status !== 200) return { trouble: { kind: 'broken', status } };
  const answered = success.safeParse(body);
  if (!answered.success) return { trouble: { kind: 'not_data' } };
  const { data } = answered.data;
  if (data.resultType === 'scalar') return { ok: [{ labels: {}, points: [pointOf(data.result)] }] };
  if (data.resultType === 'vector') {
    return { ok: data.result.map(({ metric, value }) => ({ labels: metric, points: value ? [pointOf(value)] : [] })) };
  }
  return { ok: data.result.map(({ metric, values }) => ({ labels: metric, points: (values ?? []).map(pointOf) })) };
}

function troubleOf({ errorType, error }: z.infer<typeof failure>, status: number): MetricsTrouble {
  if (errorType === 'timeout' || errorType === 'canceled') return { kind: 'slow' };
  if (/maximum resolution of 11,?000 points/.test(error)) return { kind: 'too_many_points' };
  if (status >= 500) return { kind: 'broken', status };
  return { kind: 'bad_query', words: cleanLine(error, LONGEST_WORDS) };
}

function pointOf([seconds, text]: z.infer<typeof sample>): Point {
  return { at: new Date(Math.round(seconds * 1000)), value: numberOf(text) };
}

function numberOf(text: string): number {
  if (/^\+?Inf$/.test(text)) return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return text.trim() === '' ? Number.NaN : Number(text);
}
