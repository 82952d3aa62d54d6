import type { AskMetrics, MetricsAnswer } from '../domain/reliability/ask-metrics.ts';
import type { MetricsTrouble } from '../domain/reliability/metrics-trouble.ts';
import { readPrometheusAnswer } from '../domain/reliability/prometheus-answer.ts';
import { readText } from '../read-text.ts';
import type { TokenOf } from './tokens.ts';

/** As many points as Prometheus gives for one series. */
const MOST_POINTS = 11_000;

export type PrometheusOptions = {
  /** Up to, and without, `/api/v1`: http://prometheus:9090, or Cloud Monitoring's …/location/global/prometheus. */
  baseUrl: string;
  tokenOf: TokenOf;
  fetch: typeof fetch;
  timeoutMs?: number;
  mostBytes?: number;
};

/**
 * The Prometheus HTTP API, also as Cloud Monitoring and others speak it. Never throws and never waits longer than the
 * timeout; follows no redirect, so that the token goes nowhere else.
 */
export function createPrometheusClient(options: PrometheusOptions): AskMetrics {
  const { timeoutMs = 10_000, mostBytes = 10 * 1024 * 1024 } = options;
  const ask = async (path: string, parameters: Record<string, string>): Promise<MetricsAnswer> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = await authorization(options.tokenOf, signal);
    if ('trouble' in headers) return headers;
    const url = `${options.baseUrl.replace(/\/+$/, '')}/api/v1/${path}?${new URLSearchParams(parameters)}`;
    try {
      const response = await options.fetch(url, { headers: headers.ok, redirect: 'manual', signal });
      const text = await readText(response, mostBytes);
      if (text === null) return { trouble: { kind: 'too_large' } };
      return readPrometheusAnswer(response.status, parse(text));
    } catch {
      return { trouble: { kind: signal.aborted ? 'slow' : 'unreachable' } };
    }
  };
  return {
    query: (expression, at) => ask('query', { query: expression, time: secondsOf(at), timeout: `${timeoutMs}ms` }),
    queryRange: async (expression, { from, to, stepSeconds }) => {
      const points = Math.floor((to.getTime() - from.getTime()) / 1000 / stepSeconds) + 1;
      if (!(points <= MOST_POINTS)) return { trouble: { kind: 'too_many_points' } };
      const range = { start: secondsOf(from), end: secondsOf(to), step: String(stepSeconds) };
      return ask('query_range', { query: expression, ...range, timeout: `${timeoutMs}ms` });
    },
  };
}

async function authorization(
  tokenOf: TokenOf,
  signal: AbortSignal,
): Promise<{ ok: Record<string, string> } | { trouble: MetricsTrouble }> {
  try {
    const token = await tokenOf(signal);
    return { ok: { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) } };
  } catch {
    return { trouble: { kind: 'no_token' } };
  }
}

function secondsOf(at: Date): string {
  return (at.getTime() / 1000).toFixed(3);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
