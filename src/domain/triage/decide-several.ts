import type { Criterion } from '../proof/criteria.ts';
import { isLocalDate } from '../time/local-date.ts';
import type { DefectState, Escape } from '../vocabulary.ts';

/** How a defect stood before it was decided together with others. Instants are in ISO, as they are stored. */
export type DecidedBefore = {
  number: number;
  state: DefectState;
  ownerId: string | null;
  dueOn: string | null;
  escape: Escape | null;
  acceptedAt: string | null;
  lastTriagedAt: string | null;
  askedAt: string | null;
  deferStreak: number;
  criteria: Criterion[];
  /** The last event of its log once it was decided; a later decision means that somebody has gone on with it. */
  eventId: number;
};

/** What can be decided about one of many without a form of its own. */
export type Choice =
  | { kind: 'accept' | 'keep'; ownerId: string; dueOn: string }
  | { kind: 'defer' | 'accept_risk' | 'dismiss' | 'leave' };

/** A choice as the value of an option: "accept:U0ANA:2026-12-03", "defer". */
export function choiceValue(choice: Choice): string {
  return 'ownerId' in choice ? `${choice.kind}:${choice.ownerId}:${choice.dueOn}` : choice.kind;
}

/** Reads what `choiceValue` wrote. Null for anything else, since a client sends what it likes. */
export function parseChoice(value: string): Choice | null {
  if (value === 'defer' || value === 'accept_risk' || value === 'dismiss' || value === 'leave') return { kind: value };
  const [, kind, ownerId, dueOn] = /^(accept|keep):([UW][A-Z0-9]{1,20}):(\d{4}-\d{2}-\d{2})$/.exec(value) ?? [];
  if ((kind !== 'accept' && kind !== 'keep') || !ownerId || !dueOn || !isLocalDate(dueOn)) return null;
  return { kind, ownerId, dueOn };
}
