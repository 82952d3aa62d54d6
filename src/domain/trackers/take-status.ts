import { canTransition } from '../defects/lifecycle.ts';
import type { DefectState } from '../vocabulary.ts';
import type { TicketStatus } from './ticket-status.ts';

/** What a changed ticket means for its defect. Whatever is not the machine's to decide is asked of a person. */
export type Taking =
  | { kind: 'claim' }
  | { kind: 'take_claim_back' }
  | { kind: 'reopen' }
  | { kind: 'ask'; question: TicketQuestion }
  | { kind: 'nothing' };

export type TicketQuestion = 'accept_first' | 'claim' | 'set_aside' | 'merge' | 'seen_again' | 'still_to_do';

/**
 * 1. Done is claimed. A defect that two fixes have failed needs a root cause and a second person first, so its owner is asked.
 * 2. Not planned is asked about: its risk is accepted, or it is no defect.
 * 3. A duplicate is offered to be merged.
 * 4. Opened again is to do. Where the fix was proven, only a report can say that it came back.
 */
export function planTaking(
  status: TicketStatus,
  defect: { state: DefectState; failedFixes: number; criteriaCount: number },
): Taking {
  switch (status) {
    case 'done': {
      if (defect.state === 'new') return ask('accept_first');
      if (!canTransition(defect.state, 'claimed')) return { kind: 'nothing' };
      return defect.failedFixes >= 2 || defect.criteriaCount === 0 ? ask('claim') : { kind: 'claim' };
    }
    case 'not_planned':
      return canTransition(defect.state, 'merged') ? ask('set_aside') : { kind: 'nothing' };
    case 'duplicate':
      return canTransition(defect.state, 'merged') ? ask('merge') : { kind: 'nothing' };
    case 'open':
      if (defect.state === 'claimed') return { kind: 'take_claim_back' };
      if (canTransition(defect.state, 'reopened')) return { kind: 'reopen' };
      return defect.state === 'proven' ? ask('seen_again') : { kind: 'nothing' };
  }
}

function ask(question: TicketQuestion): Taking {
  return { kind: 'ask', question };
}
