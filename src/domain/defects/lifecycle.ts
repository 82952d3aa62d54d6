import { Refusal } from '../errors/refusal.ts';
import {
  COMEBACK_KINDS,
  type ComebackKind,
  type DefectState,
  defectKey,
  OPEN_STATES,
  type OpenState,
} from '../vocabulary.ts';

/** The transitions of a defect, and the states each may start from and lead to. `null` is "did not exist". */
export const TRANSITIONS = {
  reported: { from: [null], to: ['new'] },
  split: { from: [null], to: ['new'] },
  accepted: { from: ['new'], to: ['accepted'] },
  risk_accepted: { from: ['new', 'accepted'], to: ['risk_accepted'] },
  dismissed: { from: ['new', 'accepted'], to: ['dismissed'] },
  claimed: { from: ['accepted'], to: ['claimed'] },
  proven: { from: ['claimed'], to: ['proven'] },
  failed: { from: ['claimed'], to: ['accepted'] },
  /** It did not hold, and yet has ended a part: known when it comes back, or only by what comes after its failure. */
  reduced: { from: ['claimed', 'accepted'], to: ['accepted'] },
  regressed: { from: ['proven'], to: ['accepted'] },
  merged: { from: OPEN_STATES, to: ['merged'] },
  unmerged: { from: ['merged'], to: OPEN_STATES },
  reopened: { from: ['risk_accepted', 'dismissed'], to: ['new'] },
  /** A decision that was undone, or a claim before anything was judged. */
  taken_back: { from: ['accepted', 'claimed', 'risk_accepted', 'dismissed'], to: ['new', 'accepted'] },
} as const satisfies Record<string, { from: readonly (DefectState | null)[]; to: readonly DefectState[] }>;

export type TransitionKind = keyof typeof TRANSITIONS;

/** A change of state, as the event log keeps it. */
export type Transition = { kind: TransitionKind; from: DefectState | null; to: DefectState };

export function isOpen(state: DefectState | null): boolean {
  return state !== null && (OPEN_STATES as readonly DefectState[]).includes(state);
}

/** Whether the data brought a defect back to the list, rather than a person. */
export function isComeback(kind: string): kind is ComebackKind {
  return (COMEBACK_KINDS as readonly string[]).includes(kind);
}

export function canTransition(from: DefectState | null, kind: TransitionKind): boolean {
  return (TRANSITIONS[kind].from as readonly (DefectState | null)[]).includes(from);
}

const STATE_WORDS: Record<DefectState, string> = {
  new: 'new',
  accepted: 'accepted',
  claimed: 'claimed as fixed',
  proven: 'proven fixed',
  risk_accepted: 'risk accepted',
  dismissed: 'dismissed as not a defect',
  merged: 'merged into another defect',
};

export function stateWords(state: DefectState): string {
  return STATE_WORDS[state];
}

const VERBS: Partial<Record<TransitionKind, string>> = {
  accepted: 'be accepted',
  risk_accepted: 'have its risk accepted',
  dismissed: 'be dismissed',
  claimed: 'be claimed as fixed',
  merged: 'be merged',
  unmerged: 'be taken out of a merge',
  reopened: 'be reopened',
  taken_back: 'be taken back',
};

/** What must be there before a defect may go on: no acceptance without owner and due date, no claim without a criterion and a note. */
export type Gates = {
  ownerId?: string | null;
  dueOn?: string | null;
  criteriaCount?: number;
  keepingNote?: string | null;
};

/**
 * Decides one transition. Throws a Refusal where the state or a gate forbids it.
 * `backTo` is the open state that an undone merge or decision returns to.
 */
export function planTransition(
  defect: { number: number; state: DefectState | null },
  kind: TransitionKind,
  gates: Gates = {},
  backTo?: OpenState,
): Transition {
  if (!canTransition(defect.state, kind)) {
    const is = defect.state === null ? 'does not exist' : `is ${stateWords(defect.state)}`;
    throw new Refusal(`${defectKey(defect.number)} ${is}, so it cannot ${VERBS[kind] ?? `be ${kind}`}.`);
  }
  if (kind === 'accepted') {
    if (!gates.ownerId) throw new Refusal('An accepted defect needs an owner. Pick who will see it through.', 'owner');
    if (!gates.dueOn)
      throw new Refusal('An accepted defect needs a due date. Pick the day it should be fixed by.', 'due');
  }
  if (kind === 'claimed') {
    if (!gates.criteriaCount) {
      throw new Refusal(
        'A claim needs at least one acceptance criterion. Say what must hold before the fix counts.',
        'criteria',
      );
    }
    if (!gates.keepingNote?.trim()) {
      throw new Refusal('A claim needs a note of what keeps it fixed: a test, an alert or a runbook.', 'keeping');
    }
  }
  const isUndoing = kind === 'unmerged' || kind === 'taken_back';
  return { kind, from: defect.state, to: isUndoing && backTo ? backTo : TRANSITIONS[kind].to[0] };
}
