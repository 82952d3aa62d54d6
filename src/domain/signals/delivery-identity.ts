import { cleanLine, startOf } from '../text/clean-text.ts';
import { textAt } from './json-pointer.ts';
import type { SignalKind } from './signal.ts';
import { keyOf } from './signal-words.ts';

/** Headers by their lower-case names. */
export type SignalHeaders = Readonly<Record<string, string | undefined>>;

/** The header in which a kind names its event. */
const EVENT_HEADER: Partial<Record<SignalKind, string>> = {
  github: 'x-github-event',
  sentry: 'sentry-hook-resource',
};

/** The event that a header names, or null. */
export function eventOf(kind: SignalKind, headers: SignalHeaders): string | null {
  const name = EVENT_HEADER[kind];
  return (name && cleanLine(headers[name], 100)) || null;
}

/** What a repeat of the same delivery has in common with the first: the sender's own id, else a hash of the body. */
export function deliveryKeyOf(kind: SignalKind, headers: SignalHeaders, body: unknown, bodyHash: string): string {
  const text = (pointer: string) => textAt(body, pointer);
  const own = (): string | null => {
    switch (kind) {
      case 'cloud_monitoring':
        return (
          text('/incident/incident_id') && keyOf(text('/incident/incident_id'), text('/incident/state')?.toLowerCase())
        );
      case 'stripe':
        return text('/id');
      case 'sentry':
        return headers['request-id'] ?? null;
      case 'github':
        return headers['x-github-delivery'] ?? null;
      case 'pagerduty':
        return text('/event/id') ?? headers['x-webhook-id'] ?? null;
      case 'json':
      case 'metrics':
        return headers['idempotency-key'] ?? null;
      case 'alertmanager':
      case 'fivetran':
        return null;
    }
  };
  return startOf(cleanLine(own()) || bodyHash, 200);
}
