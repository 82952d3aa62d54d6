import type { Fact } from '../reports/facts.ts';
import { cleanLine } from '../text/clean-text.ts';
import type { Severity } from '../vocabulary.ts';
import type { Figures } from './senders/pushed-figures.ts';

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
  /**
   * Further names of the occurrence, such as `charge:ch_1`, where several events of a sender tell of one: what shares a
   * name, and contradicts none, is the same occurrence told again.
   */
  names?: readonly string[];
  fingerprint: string;
  title: string;
  description: string;
  /** What else the sender told, as it stands on the card. */
  facts: readonly Fact[];
  /** What the sender calls it, for a filter; null where the sender has no labels. */
  labels: readonly string[] | null;
  /** The event it is from, by the sender's own name. */
  event: string;
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
  /**
   * What it is instead where it was over here after `seenAt`: a sender that says by itself that it fails again may still
   * give the time of the last failure before.
   */
  ifOver?: { of: string; key: string; names: readonly string[]; seenAt: Date };
  /** Somebody has said that it is not over, and `seenAt` is when it was last seen: nothing new where it was over after that. */
  isReopenedByHand?: boolean;
};

/** A version went out. What it was made of, and for whom, is told only where the sender says it. */
export type ReleaseSignal = {
  kind: 'release';
  version: string;
  environment: string | null;
  /** The part of the product that it is of, by the name that the sender uses. */
  areaNamed: string | null;
  /** Where its code is (acme/api), the commit that went out, and the branch that it was cut from. */
  repository: string | null;
  commit: string | null;
  branch: string | null;
  link: string | null;
  at: Date;
};

export type Signal =
  | ReportSignal
  /** An occurrence is over: the one of that key or name, or with a `*` at its end all whose key starts like it or that have it as a name. */
  | { kind: 'resolution'; key: string; at: Date }
  /** Counts of a span of time, for who has no Prometheus to ask. */
  | { kind: 'figures'; figures: Figures }
  /** So often something ran on the day of an instant. */
  | { kind: 'runs'; path: string; ran: number; at: Date }
  | ReleaseSignal
  /**
   * What came later of an occurrence, the latest that is open of those whose key starts like `of`: its severity and area
   * follow. Where there is none, it is the report of one.
   */
  | { kind: 'revision'; of: string; report: ReportSignal }
  /** Acknowledged and counted, and nothing else happens. With a reason it is left out of what could have been a report. */
  | { kind: 'ignored'; event: string; why?: string; count?: number };

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

/** What is no report for a reason that settings should give; `count` where the delivery stands for several. */
export function leftOut(event: string, why: string, count = 1): Signal[] {
  return [{ kind: 'ignored', event: cleanLine(event, 100), why, count }];
}
