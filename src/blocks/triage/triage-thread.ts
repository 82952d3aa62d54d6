import type { KnownBlock } from '@slack/types';
import { cleanLine } from '../../domain/text.ts';
import { type Decision, defectKey } from '../../domain/vocabulary.ts';
import { ACTIONS } from '../kit/ids.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, section } from '../kit/parts.ts';
import { counted, listed, momentWords } from '../kit/words.ts';
import { decisionWords, rateWords } from './triage-words.ts';

export type HeadlineCounts = { open: number; new: number; regressed: number; unowned: number };

/** "31 open, 6 new, 2 regressed, 4 unowned" */
export function headlineWords({ open, new: fresh, regressed, unowned }: HeadlineCounts): string {
  return `${open} open, ${fresh} new, ${regressed} regressed, ${unowned} unowned`;
}

export type TriageParent = {
  ref: { programId: number; triageId: number };
  programName: string;
  timeZone: string;
  dueAt: Date;
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
};

/** The post that opens the thread: counts first. */
export function triageParent(triage: TriageParent): Message {
  const counts = headlineWords(triage.counts);
  if (triage.items === 0) {
    const line = `${counts}. Nothing waits for a decision, so there is no triage thread this time.`;
    return message(`Triage: ${line}`, [
      section(mrkdwn`*Triage of ${triage.programName}*: ${line}`),
      ...budgetBlocks(triage),
      ...lateness(triage),
    ]);
  }
  const budgets = triage.budgets ? ` ${triage.budgets}` : '';
  return message(`Triage of ${triage.programName}: ${counts}.${budgets} ${progressWords(triage)}`, [
    section(mrkdwn`*Triage of ${triage.programName}*\n*${counts}*`),
    ...budgetBlocks(triage),
    section(mrkdwn`${progressWords(triage)}`),
    ...lateness(triage),
    context(closingLine(triage)),
    ...(triage.closed ? [] : [closeButton(triage)]),
  ]);
}

function budgetBlocks({ budgets }: TriageParent): KnownBlock[] {
  return budgets ? [section(mrkdwn`${budgets}`)] : [];
}

function progressWords({ items, decided, leftOut, closed }: TriageParent): string {
  const here = closed
    ? `${decided} of ${items} decided (${rateWords(decided, items)}), ${items - decided} carried over.`
    : `${counted(items, 'item')} in this thread, ${decided} decided.`;
  return leftOut === 0 ? here : `${here} ${leftOut} more ${leftOut === 1 ? 'waits' : 'wait'} for the next one.`;
}

function lateness({ late, dueAt, timeZone }: TriageParent): KnownBlock[] {
  return late ? [context(mrkdwn`Late: it was due ${momentWords(dueAt, timeZone)}.`)] : [];
}

function closingLine({ facilitatorId, closesAt, closed, timeZone }: TriageParent): Mrkdwn {
  const facilitator = facilitatorId ? mrkdwn`${mention(facilitatorId)} facilitates. ` : mrkdwn``;
  if (!closed) return mrkdwn`${facilitator}The thread closes by itself ${momentWords(closesAt, timeZone)}.`;
  const by = closed.by ? mrkdwn` by ${mention(closed.by)}` : mrkdwn` by itself`;
  return mrkdwn`${facilitator}Closed ${momentWords(closed.at, timeZone)}${by}.`;
}

function closeButton({ ref, items, decided }: TriageParent): KnownBlock {
  const open = items - decided;
  const confirm = {
    title: { type: 'plain_text' as const, text: 'Close this triage?' },
    text: {
      type: 'plain_text' as const,
      text: open === 0 ? 'Every item is decided.' : `${counted(open, 'item')} will be carried over to the next thread.`,
    },
    confirm: { type: 'plain_text' as const, text: 'Close it' },
    deny: { type: 'plain_text' as const, text: 'Keep it open' },
  };
  const value = `${ref.programId}.${ref.triageId}`;
  return actions('triage', [button(ACTIONS.closeTriage, 'Close triage', value, { confirm })]);
}

export type TriageSummary = {
  decided: readonly { number: number; decision: Decision }[];
  carriedOver: readonly { number: number; title: string; streak: number }[];
  leftOut: number;
  /** Whether the lead was told of carry-overs that have been open too long. */
  escalated: readonly number[];
};

/** What came of the thread, as its last reply. */
export function triageSummary({ decided, carriedOver, leftOut, escalated }: TriageSummary): Message {
  const all = decided.length + carriedOver.length;
  const line = `${decided.length} of ${all} decided, ${carriedOver.length} carried over. Decision rate ${rateWords(decided.length, all)}.`;
  const byDecision = Map.groupBy(decided, ({ decision }) => decision);
  const groups = [...byDecision].map(
    ([decision, list]) => mrkdwn`*${decisionWords(decision)}*: ${listed(list.map(({ number }) => defectKey(number)))}`,
  );
  const carried = carriedOver.map(
    ({ number, title, streak }) =>
      mrkdwn`${defectKey(number)}  ${cleanLine(title, 80)}${streak > 1 ? `, ${streak} threads in a row` : ''}`,
  );
  return message(`Triage closed: ${line}`, [
    section(mrkdwn`*Triage closed.* ${line}`),
    ...(groups.length > 0 ? [section(joinMrkdwn(groups))] : []),
    ...(carried.length > 0 ? [section(joinMrkdwn([mrkdwn`*Carried over*`, ...carried]))] : []),
    ...(leftOut > 0 ? [context(mrkdwn`${counted(leftOut, 'defect')} did not fit on the agenda.`)] : []),
    ...(escalated.length > 0
      ? [context(mrkdwn`The program lead has been told about ${listed(escalated.map(defectKey))}.`)]
      : []),
  ]);
}
