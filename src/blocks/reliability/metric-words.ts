import type { MetricFamily } from '../../domain/reliability/metrics-question.ts';
import type { WayToAsk } from '../../domain/reliability/metrics-setup.ts';
import type { ReliabilityReading } from '../../domain/reliability/reliability.ts';
import type { Traffic } from '../../domain/stats/error-budget.ts';
import { bucketWords, percentWords, secondsWords, uptimeWords } from '../kit/figures.ts';
import { counted } from '../kit/words.ts';

export const FAMILY_WORDS: Record<MetricFamily, string> = {
  http_code: 'http_requests_total, failed by code 5xx',
  http_status: 'http_requests_total, failed by status 5xx',
  opentelemetry: 'OpenTelemetry http_server_request_duration_seconds',
  istio: 'istio_requests_total',
  grpc: 'grpc_server_handled_total',
};

export const WAY_WORDS: Record<WayToAsk, string> = {
  ...FAMILY_WORDS,
  own: 'PromQL of our own',
  none: 'Not asked: figures are pushed, or there are none',
};

/** What a reading says, a line a figure; what it does not say is named too. */
export function readingLines(reading: ReliabilityReading, slowFrom: number | null): string[] {
  const { uptime, requests, p99, slow } = reading;
  return [
    uptime === null ? 'Nothing is known of uptime.' : `Up ${uptimeWords(1 - uptime)} of the time.`,
    requests === null ? 'Nothing is known of requests.' : requestWords(requests),
    p99 === null
      ? 'Nothing is known of latency.'
      : `The 99th percentile is ${p99.above === p99.upTo ? secondsWords(p99.upTo) : bucketWords(p99)}.`,
    ...(slow && slow.total > 0 && slowFrom !== null
      ? [
          `${percentWords(slow.bad / slow.total)} take longer than ${secondsWords(slowFrom)}, which is the bound of a bucket.`,
        ]
      : []),
  ];
}

function requestWords({ bad, total }: Traffic): string {
  if (total === 0) return 'No request came in.';
  return `${bad.toLocaleString('en-GB')} of ${counted(total, 'request')} failed, ${percentWords(bad / total)}.`;
}
