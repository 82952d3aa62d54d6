import { cleanLine } from '../text.ts';
import type { Severity } from '../vocabulary.ts';
import type { Figures } from './pushed-figures.ts';

export const SIGNAL_KINDS = [
  'alertmanager',
  'cloud_monitoring',
  'stripe',
  'fivetran',
  'sentry',
  'github',
  'pagerduty',
  'json',
  'metrics',
] as const;
/** Who sends: each kind signs in its own way and has its own shape. */
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** What a machine saw once. `key` names the occurrence, `fingerprint` what it is an occurrence of. */
export type ReportSignal = {
  kind: 'report';
  key: string;
  fingerprint: string;
  title: string;
  description: string;
  /** Null where the sender does not say; the source's own severity then counts. */
  severity: Severity | null;
  /** An area by the name that the sender uses; the source's own area where there is none of that name. */
  areaNamed: string | null;
  /** The one account that was hit, where it is named. */
  account: string | null;
  affected: number;
  environment: string | null;
  /** Only where the sender says that the vendor is at fault: such a report fails nobody's fix. */
  vendor: string | null;
  link: string | null;
  seenAt: Date;
};

export type Signal =
  | ReportSignal
  /** An occurrence is over. */
  | { kind: 'resolution'; key: string; at: Date }
  /** Counts of a span of time, for who has no Prometheus to ask. */
  | { kind: 'figures'; figures: Figures }
  | { kind: 'release'; version: string; environment: string | null; link: string | null; at: Date }
  /** Acknowledged and counted, and nothing else happens. */
  | { kind: 'ignored'; event: string };

/** A delivery as its reader takes it: parsed, with what the headers said besides. */
export type SignalDelivery = {
  body: unknown;
  /** The event that a header names, where the sender uses one. */
  event: string | null;
  /** What tells this delivery from every other one of its source. */
  deliveryKey: string;
  receivedAt: Date;
};

export function ignored(event: string): Signal[] {
  return [{ kind: 'ignored', event: cleanLine(event, 100) }];
}
