import type { SignalMapping } from '../../src/domain/signals/senders/generic-json.ts';
import type { SignalKind } from '../../src/domain/signals/signal.ts';
import type { SourceRules } from '../../src/domain/signals/source-rules.ts';
import type { Severity } from '../../src/domain/vocabulary.ts';

/** What one sender sends in one situation, in the shapes that it documents, and what must come of it. */
export type Golden = {
  kind: SignalKind;
  situation: string;
  rules?: SourceRules;
  mapping?: SignalMapping;
  sends: readonly GoldenDelivery[];
  /** Every defect that is there afterwards, by number. */
  becomes: readonly GoldenDefect[];
  /** Everything that settings then say was left out, by event and reason. */
  leftOut?: readonly GoldenLeftOut[];
  releases?: readonly string[];
};

export type GoldenDelivery = {
  body: object;
  headers?: Record<string, string>;
  /** Minutes that pass before it arrives. */
  afterMinutes?: number;
};

export type GoldenDefect = {
  title: string;
  severity: Severity;
  area: string;
  occurrences: number;
  /** How many of these the sender has told the end of. */
  over: number;
  environment: string | null;
  accounts: readonly string[];
  vendor: string | null;
  /** What must stand on the card among the rest, as `Label: value` or a piece of the description. */
  card: readonly string[];
};

export type GoldenLeftOut = { event: string; why: string; count: number };

/** When the first of them arrive; all their own times are of the hours before. */
export const ARRIVES_AT = new Date('2026-11-24T10:00:00Z');

/** Where the reports of each source go unless the sender says otherwise. */
export const USUAL_AREA = 'billing';

/** A defect of one occurrence, with what of it is otherwise. */
export function aDefect(title: string, over: Partial<GoldenDefect> = {}): GoldenDefect {
  return {
    title,
    severity: 'S3',
    area: USUAL_AREA,
    occurrences: 1,
    over: 0,
    environment: null,
    accounts: [],
    vendor: null,
    card: [],
    ...over,
  };
}
