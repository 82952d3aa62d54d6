import { dayNumber } from '../../domain/time/local-date.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import type { AgendaReason, Suggestion } from '../../domain/triage/agenda.ts';
import type { Decision, DefectState } from '../../domain/vocabulary.ts';
import { wholePercentWords } from '../kit/figures.ts';
import { type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { counted, dayWords, weekdayName } from '../kit/words.ts';
import { areaName } from '../reliability/budget-words.ts';

/** Why a defect is on the agenda, in one or two plain sentences; empty where its streak says it all. */
export function reasonWords(reason: AgendaReason): string {
  switch (reason.kind) {
    case 'failed':
    case 'reduced':
    case 'regressed':
    case 'over_budget':
    case 'creeping':
    case 'stalled':
      return reason.why;
    case 'deferred':
      return `Deferred to this triage: ${reason.words}`;
    case 'answered':
      return `The question about it was answered: ${reason.words}`;
    case 'new':
      return `${reason.isFresh ? 'New since the last triage' : 'Not triaged yet'}${reason.recurring ? ', and it recurs' : ''}.`;
    case 'unowned':
      return 'Nobody owns it.';
    case 'carry_over':
      return reason.isAsked ? 'The question about it has no answer yet.' : '';
  }
}

/** How often in a row it was left open before this thread. */
export function streakWords(streak: number): string {
  if (streak === 0) return '';
  return streak === 1 ? 'Left open last time.' : `Left open ${streak} times in a row.`;
}

/** Whom triage would name, and until when. */
export type Proposal = { ownerId: string | null; dueOn: string };

/** What the facts speak for, as a question. */
export function suggestionWords(suggestion: Suggestion, { ownerId, dueOn }: Proposal, state: DefectState): Mrkdwn {
  switch (suggestion) {
    case 'accept':
      return ownerId ? mrkdwn`Accept it: ${mention(ownerId)}, due ${dayWords(dueOn)}?` : mrkdwn`Accept it?`;
    case 'recommit':
      if (state === 'claimed') return mrkdwn`Ask for another proof?`;
      return ownerId ? mrkdwn`Keep ${mention(ownerId)}, with a new date?` : mrkdwn`Who takes it?`;
    case 'keep_proving':
      return mrkdwn`Keep proving, accept the rest, or go on?`;
    case 'accept_risk':
      return mrkdwn`Accept the risk?`;
    case 'need_info':
      return mrkdwn`Ask whoever reported it?`;
    case 'defer':
      return mrkdwn`Defer it?`;
  }
}

/** "It used 65 % of billing's error budget this quarter (3,615 failed requests)." */
export function usedBudgetWords(used: { area: string; share: number; badEvents: number }): string {
  const failed = counted(Math.round(used.badEvents), 'failed request');
  return Number.isFinite(used.share)
    ? `It used ${wholePercentWords(used.share)} of ${areaName(used.area)}'s error budget this quarter (${failed}).`
    : `In ${areaName(used.area)} nothing may fail, and this did (${failed} this quarter).`;
}

/** What a decision came to, as the heading of a list. */
export type Outcome = Decision | 'keep' | 'claim';

const OUTCOME_WORDS: Record<Outcome, string> = {
  accept: 'Accepted',
  keep: 'Kept, with a new date',
  claim: 'Fix claimed',
  accept_risk: 'Risk accepted',
  dismiss: 'Not a defect',
  need_info: 'Asked about',
  merge: 'Merged',
  split: 'Split',
  defer: 'Deferred',
};

export function outcomeWords(outcome: Outcome): string {
  return OUTCOME_WORDS[outcome];
}

/** "last Monday", "Thursday" within the week, "2 Nov", or "the start". */
export function sinceDayWords(since: Date | null, upTo: Date, timeZone: string): string {
  if (!since) return 'the start';
  const [sinceOn, upToOn] = [localDateOn(since, timeZone), localDateOn(upTo, timeZone)];
  const days = dayNumber(upToOn) - dayNumber(sinceOn);
  if (days === 0) return 'the last triage';
  if (days < 7) return weekdayName(sinceOn);
  return days === 7 ? `last ${weekdayName(sinceOn)}` : dayWords(sinceOn, upToOn);
}

/** "just now", "2 minutes ago", "3 hours ago", "2 days ago". */
export function sinceWords(from: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - from.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${counted(minutes, 'minute')} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${counted(hours, 'hour')} ago` : `${counted(Math.floor(hours / 24), 'day')} ago`;
}

/** "60 %" of what was asked. */
export function rateWords(decided: number, all: number): string {
  return `${all === 0 ? 100 : Math.round((decided / all) * 100)} %`;
}
