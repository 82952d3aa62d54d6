import type { Clock } from '../clock.ts';
import type { AskMetrics } from '../domain/reliability/ask-metrics.ts';
import { createPrometheusClient } from './prometheus-client.ts';
import { noToken, type TokenOf, tokenFromFile, tokenFromGoogle } from './tokens.ts';

/** Where Prometheus is, and what opens it. */
export type PrometheusAccess = {
  url: string;
  auth: { kind: 'none' } | { kind: 'file'; path: string } | { kind: 'google' };
};

type Outside = { fetch: typeof fetch; clock: Pick<Clock, 'now'> };

export function connectPrometheus({ url, auth }: PrometheusAccess, outside: Outside): AskMetrics {
  return createPrometheusClient({ baseUrl: url, tokenOf: tokensOf(auth, outside), fetch: outside.fetch });
}

function tokensOf(auth: PrometheusAccess['auth'], outside: Outside): TokenOf {
  switch (auth.kind) {
    case 'none':
      return noToken;
    case 'file':
      return tokenFromFile(auth.path);
    case 'google':
      return tokenFromGoogle(outside);
  }
}
