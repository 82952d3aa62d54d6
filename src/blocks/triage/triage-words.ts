import type { AgendaReason, Suggestion } from '../../domain/triage/agenda.ts';
import type { Decision } from '../../domain/vocabulary.ts';
import { counted } from '../kit/words.ts';

/** Why a defect is on the agenda, in one or two plain sentences. */
export function reasonWords(reason: AgendaReason): string {
  switch (reason.kind) {
    case 'failed':
      return `The fix failed. ${reason.why}`;
    case 'regressed':
      return `It came back after it was proven. ${reason.why}`;
    case 'over_budget':
    case 'creeping':
    case 'stalled':
      return reason.why;
    case 'new':
      return reason.recurring ? 'New to triage, and recurring.' : 'New to triage.';
    case 'overdue':
      return `Overdue by ${counted(reason.days, 'day')}.`;
    case 'unowned':
      return `Nobody owns it, and it is number ${reason.place} by harm.`;
    case 'carry_over':
      return carryOverWords(reason.last, reason.isAsked);
  }
}

function carryOverWords(last: Decision | null, isAsked: boolean): string {
  if (isAsked) return 'Carried over. The reporters were asked for more and have not answered.';
  if (last === 'need_info') return 'Carried over. The question about it has been answered.';
  if (last === 'defer') return 'Carried over. It was deferred last time.';
  if (last === 'split') return 'Carried over. Part of it was split off last time.';
  return 'Carried over. It was left undecided last time.';
}

/** Said from the second thread on; the reason tells of the first. */
export function streakWords(streak: number): string {
  return streak < 2 ? '' : `Open through ${streak} threads in a row.`;
}

const SUGGESTION_WORDS: Record<Suggestion, string> = {
  accept: 'Accept it',
  recommit: 'Recommit to it',
  accept_risk: 'Accept the risk',
  need_info: 'Ask the reporter for more',
  defer: 'Defer it',
};

export function suggestionWords(suggestion: Suggestion): string {
  return SUGGESTION_WORDS[suggestion];
}

const DECISION_WORDS: Record<Decision, string> = {
  accept: 'Accepted',
  accept_risk: 'Risk accepted',
  dismiss: 'Not a defect',
  need_info: 'More information asked for',
  merge: 'Merged',
  split: 'Split',
  defer: 'Deferred',
};

export function decisionWords(decision: Decision): string {
  return DECISION_WORDS[decision];
}

const DID_WORDS: Record<Decision, string> = {
  accept: 'accepted',
  accept_risk: 'accepted the risk of',
  dismiss: 'dismissed',
  need_info: 'asked for more about',
  merge: 'merged',
  split: 'split',
  defer: 'deferred',
};

/** The verb of "Ben accepted D-12". */
export function didWords(decision: Decision): string {
  return DID_WORDS[decision];
}

/** "just now", "2 minutes ago", "3 hours ago", "2 days ago". */
export function sinceWords(from: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - from.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${counted(minutes, 'minute')} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${counted(hours, 'hour')} ago` : `${counted(Math.floor(hours / 24), 'day')} ago`;
}

/** "60 %" of something, or "nothing" where there was nothing to decide. */
export function rateWords(decided: number, all: number): string {
  return all === 0 ? 'nothing to decide' : `${Math.round((decided / all) * 100)} %`;
}
