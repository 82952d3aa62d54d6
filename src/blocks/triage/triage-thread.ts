import type { KnownBlock } from '@slack/types';
import { ACTIONS } from '../kit/ids.ts';
import { type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, plain, section } from '../kit/parts.ts';
import { type NamedProgram, programLink } from '../kit/program-link.ts';
import { counted, listed, momentWords, weekdayWords } from '../kit/words.ts';
import { rateWords, sinceDayWords } from './triage-words.ts';

/** How a program stands, and what has happened since an instant; null is its start. */
export type HeadlineCounts = {
  open: number;
  unowned: number;
  new: number;
  cameBack: number;
  failed: number;
  reduced: number;
  since: Date | null;
};

/** "33 open. Since last Monday: 3 new, 1 came back, 1 fix failed, 1 seen less but not gone. 11 have no owner." */
export function headlineWords(counts: HeadlineCounts, at: Date, timeZone: string): string {
  const { open, unowned, cameBack, failed, reduced, since } = counts;
  const happened = [
    ...(counts.new > 0 ? [`${counts.new} new`] : []),
    ...(cameBack > 0 ? [`${cameBack} came back`] : []),
    ...(failed > 0 ? [`${counted(failed, 'fix', 'fixes')} failed`] : []),
    ...(reduced > 0 ? [`${reduced} seen less but not gone`] : []),
  ];
  const sinceWhen = `Since ${sinceDayWords(since, at, timeZone)}`;
  const what = happened.length > 0 ? `${sinceWhen}: ${happened.join(', ')}.` : `${sinceWhen}, nothing new.`;
  const owners = unowned === 0 ? [] : [`${unowned} ${unowned === 1 ? 'has' : 'have'} no owner.`];
  return [`${open} open.`, what, ...owners].join(' ');
}

export type TriageParent = {
  ref: { programId: number; triageId: number };
  program: NamedProgram;
  timeZone: string;
  dueAt: Date;
  openedAt: Date;
  late: boolean;
  closesAt: Date;
  closed: { at: Date; by: string | null } | null;
  facilitatorId: string | null;
  counts: HeadlineCounts;
  items: number;
  decided: number;
  leftOut: number;
  /** Which error budgets are in danger, in one sentence; null where none is. */
  budgets: string | null;
  /** Triages before this one that were never held, by when they were due. */
  missed?: readonly Date[];
};

/** The post that opens the thread: counts first. */
export function triageParent(triage: TriageParent): Message {
  const { program, timeZone, openedAt, items } = triage;
  const counts = headlineWords(triage.counts, openedAt, timeZone);
  const progress =
    items === 0 ? 'Nothing waits for a decision, so there is no triage thread this time.' : progressWords(triage);
  return message(`Triage of ${program.name}. ${counts} ${progress}`, [
    section(mrkdwn`*Triage of ${programLink(program)}, ${weekdayWords(openedAt, timeZone)}*\n${counts}`),
    ...(triage.budgets ? [section(mrkdwn`${triage.budgets}`)] : []),
    section(mrkdwn`${progress}`),
    ...delays(triage),
    ...(items === 0 ? [] : [context(closingLine(triage))]),
    ...(items === 0 || triage.closed ? [] : [parentButtons(triage)]),
  ]);
}

function progressWords({ items, decided, leftOut, closed }: TriageParent): string {
  const here = closed
    ? `${decided} of ${items} decided (${rateWords(decided, items)}).`
    : `${counted(items, 'item')}, ${decided} decided.`;
  if (leftOut === 0) return here;
  return `${here} ${leftOut} more did not fit and ${leftOut === 1 ? 'waits' : 'wait'} for the next triage.`;
}

function delays({ late, dueAt, timeZone, missed = [] }: TriageParent): KnownBlock[] {
  const said = [
    ...(missed.length > 0 ? [missedWords('triage', missed, timeZone)] : []),
    ...(late ? [`Late: it was due ${momentWords(dueAt, timeZone)}.`] : []),
  ];
  return said.length > 0 ? [context(...said.map((words) => mrkdwn`${words}`))] : [];
}

/** "The triage of Mon 16 Nov was missed." */
export function missedWords(what: string, dueAts: readonly Date[], timeZone: string): string {
  const days = listed(dueAts.slice(-5).map((at) => weekdayWords(at, timeZone)));
  return dueAts.length === 1 ? `The ${what} of ${days} was missed.` : `The ${what}s of ${days} were missed.`;
}

function closingLine({ facilitatorId, closesAt, closed, timeZone }: TriageParent): Mrkdwn {
  const facilitator = facilitatorId ? mrkdwn`${mention(facilitatorId)} facilitates. ` : mrkdwn``;
  if (!closed) return mrkdwn`${facilitator}It closes by itself ${momentWords(closesAt, timeZone)}.`;
  const by = closed.by ? mrkdwn` by ${mention(closed.by)}` : mrkdwn` by itself`;
  return mrkdwn`${facilitator}Closed ${momentWords(closed.at, timeZone)}${by}.`;
}

function parentButtons({ ref, items, decided }: TriageParent): KnownBlock {
  const open = items - decided;
  const value = `${ref.programId}.${ref.triageId}`;
  const left =
    open === 1
      ? '1 item is left open, and triage comes back to it.'
      : `${open} items are left open, and triage comes back to them.`;
  const confirm = {
    title: plain('Close this triage?'),
    text: plain(open === 0 ? 'Every item is decided.' : left, 300),
    confirm: plain('Close it'),
    deny: plain('Keep it open'),
  };
  return actions('triage', [
    ...(open > 0 ? [button(ACTIONS.decideSeveral, 'Decide several', value, { style: 'primary' })] : []),
    button(ACTIONS.closeTriage, 'Close triage', value, { confirm }),
  ]);
}
