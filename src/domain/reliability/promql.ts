import { selectorOf } from './label-selector.ts';
import type { LabelMatcher, MetricFamily, MetricsQuestion } from './metrics-question.ts';

/** PromQL in which `[$span]` stands for the length of time that is asked about; null where nothing is asked. */
export type Expressions = {
  bad: string | null;
  total: string | null;
  uptime: string | null;
  /** Gives one series a bucket, cumulative, with its bound in the label `le`. */
  latency: string | null;
  /** What one unit of a bucket's bound is in seconds. */
  boundSeconds: number;
  /** Whether a missing series of failures means that none failed: so where only a label sets it apart from the total. */
  missingIsNone: boolean;
};

type Names = { total: string; failed: LabelMatcher; buckets: string; boundSeconds: number };

const is5xx = (label: string): LabelMatcher => ({ label, operator: '=~', value: '5..' });

const NAMES: Record<MetricFamily, Names> = {
  http_code: {
    total: 'http_requests_total',
    failed: is5xx('code'),
    buckets: 'http_request_duration_seconds_bucket',
    boundSeconds: 1,
  },
  http_status: {
    total: 'http_requests_total',
    failed: is5xx('status'),
    buckets: 'http_request_duration_seconds_bucket',
    boundSeconds: 1,
  },
  // https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
  opentelemetry: {
    total: 'http_server_request_duration_seconds_count',
    failed: is5xx('http_response_status_code'),
    buckets: 'http_server_request_duration_seconds_bucket',
    boundSeconds: 1,
  },
  // https://istio.io/latest/docs/reference/config/metrics/
  istio: {
    total: 'istio_requests_total',
    failed: is5xx('response_code'),
    buckets: 'istio_request_duration_milliseconds_bucket',
    boundSeconds: 0.001,
  },
  grpc: {
    total: 'grpc_server_handled_total',
    failed: {
      label: 'grpc_code',
      operator: '=~',
      value: 'Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss',
    },
    buckets: 'grpc_server_handling_seconds_bucket',
    boundSeconds: 1,
  },
};

export function expressionsOf(question: MetricsQuestion): Expressions {
  if (question.kind === 'own') {
    const { bad, total, uptime, latency } = question;
    return { bad, total, uptime, latency, boundSeconds: 1, missingIsNone: false };
  }
  const { total, failed, buckets, boundSeconds } = NAMES[question.family];
  const selector = selectorOf(question.labels);
  return {
    bad: `sum(increase(${total}${selectorOf([...question.labels, failed])}[$span]))`,
    total: `sum(increase(${total}${selector}[$span]))`,
    uptime: `avg(avg_over_time(up${selector}[$span]))`,
    latency: `sum by (le) (increase(${buckets}${selector}[$span]))`,
    boundSeconds,
    missingIsNone: true,
  };
}

const SPAN = /\[\s*\$span(?=\s*[\]:])/g;
const LONGEST = 1000;

export function withSpan(expression: string, seconds: number): string {
  return expression.replace(SPAN, `[${Math.max(1, Math.round(seconds))}s`);
}

/** An expression of somebody's own, or what is wrong with it; null where it is left empty. */
export function parseExpression(text: string): { ok: string | null } | { bad: string } {
  const expression = text.trim().replace(/[“”„]/g, '"');
  if (expression === '') return { ok: null };
  if (expression.length > LONGEST)
    return { bad: `Use at most ${LONGEST} characters; a recording rule makes it short.` };
  if (!expression.isWellFormed() || expression.includes('\0'))
    return { bad: 'There are characters in it that nobody can read.' };
  if (expression.search(SPAN) === -1) {
    return { bad: 'Write [$span] where the length of time stands, as in sum(increase(jobs_total[$span])).' };
  }
  return { ok: expression };
}
