import type { MetricFamily } from '../domain/metrics/metrics-question.ts';
import type { WayToAsk } from '../domain/metrics/metrics-setup.ts';
import type { ReliabilityReading } from '../domain/reliability.ts';
import type { Traffic } from '../domain/stats/error-budget.ts';
import { counted } from './words.ts';

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

/** "99.95 %", with as many digits as tell it from all or none, up to four. */
export function shareWords(share: number): string {
  const percent = share * 100;
  for (let digits = 2; digits < 4; digits += 1) {
    const text = percent.toFixed(digits);
    const isTelling = (Number(text) !== 100 || share === 1) && (Number(text) !== 0 || share === 0);
    if (isTelling) return `${Number(text)} %`;
  }
  return `${Number(percent.toFixed(4))} %`;
}

/** "0.25 s", "40 ms". */
export function secondsWords(seconds: number): string {
  if (seconds > 0 && seconds < 0.1) return `${Number((seconds * 1000).toPrecision(3))} ms`;
  return `${Number(seconds.toPrecision(3))} s`;
}

/** What a reading says, a line a figure; what it does not say is named too. */
export function readingLines(reading: ReliabilityReading, slowFrom: number | null): string[] {
  const { uptime, requests, p99, slow } = reading;
  return [
    uptime === null ? 'Nothing is known of uptime.' : `Up ${shareWords(uptime)} of the time.`,
    requests === null ? 'Nothing is known of requests.' : requestWords(requests),
    p99 === null ? 'Nothing is known of latency.' : `One request in a hundred takes ${boundWords(p99)}.`,
    ...(slow && slow.total > 0 && slowFrom !== null
      ? [
          `${shareWords(slow.bad / slow.total)} take longer than ${secondsWords(slowFrom)}, which is the bound of a bucket.`,
        ]
      : []),
  ];
}

function requestWords({ bad, total }: Traffic): string {
  if (total === 0) return 'No request came in.';
  return `${bad.toLocaleString('en-GB')} of ${counted(total, 'request')} failed, ${shareWords(bad / total)}.`;
}

function boundWords({ above, upTo }: { above: number; upTo: number }): string {
  if (upTo === Number.POSITIVE_INFINITY) return `more than ${secondsWords(above)}`;
  return above === upTo
    ? secondsWords(upTo)
    : `more than some time between ${secondsWords(above)} and ${secondsWords(upTo)}`;
}
