import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import type { Suggestion } from '../../domain/triage/agenda.ts';
import { type DefectState, defectKey, type Severity } from '../../domain/vocabulary.ts';
import { harmWords } from '../defects/harm-words.ts';
import type { DefectRef } from '../kit/defect-ref.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, context, type Message, message, section } from '../kit/parts.ts';
import { counted, dayWords } from '../kit/words.ts';
import { decisionButtons } from './decision-buttons.ts';
import { type Proposal, streakWords, suggestionWords } from './triage-words.ts';

/** A defect as the thread shows it. */
export type TriagedDefect = {
  number: number;
  title: string;
  state: DefectState;
  severity: Severity;
  area: string;
  reportCount: number;
  reporterCount: number;
  affectedTotal: number;
  lastSeenOn: string;
  harm: number;
  /** What its silence costs it in the list. */
  quietHalvings: number;
  ownerId: string | null;
  dueOn: string | null;
};

export type UndecidedItem = {
  ref: DefectRef;
  defect: TriagedDefect;
  reason: string;
  streak: number;
  suggestion: Suggestion;
  proposal: Proposal;
  /** What its figures say besides, a few words each. */
  notes?: readonly string[];
};

/** One item that waits for a decision: its facts, and the suggested action as the first button. */
export function triageItem(item: UndecidedItem): Message {
  const { defect, ref, suggestion } = item;
  return message(`${keyAndTitle(defect)}: ${whyWords(item)}`, [
    ...itemFacts(item),
    actions(`item_${defect.number}`, decisionButtons(defect, ref, suggestion)),
  ]);
}

/** The facts of an item, for the thread and for whoever is asked to settle it elsewhere. */
export function itemFacts({ defect, reason, streak, suggestion, proposal, notes = [] }: UndecidedItem) {
  const why = whyWords({ reason, streak });
  return [
    section(
      mrkdwn`${titleLine(defect)}\n${why ? mrkdwn`${why} ` : ''}*${suggestionWords(suggestion, proposal, defect.state)}*`,
    ),
    context(factsLine(defect), ...notes.map((note) => mrkdwn`${note}`)),
  ];
}

function whyWords({ reason, streak }: Pick<UndecidedItem, 'reason' | 'streak'>): string {
  return [reason, streakWords(streak)].filter(Boolean).join(' ');
}

/** The same post once it is settled, or left open: what came of it, in a sentence. */
export function settledItem(
  defect: Pick<TriagedDefect, 'number' | 'title'>,
  sentence: Mrkdwn,
  spoken: string,
): Message {
  return message(`${keyAndTitle(defect)}: ${spoken}`, [section(mrkdwn`${titleLine(defect)}\n${sentence}`)]);
}

function keyAndTitle({ number, title }: Pick<TriagedDefect, 'number' | 'title'>): string {
  return `${defectKey(number)} ${cleanLine(title, TITLE_LIMIT)}`;
}

function titleLine({ number, title }: Pick<TriagedDefect, 'number' | 'title'>): Mrkdwn {
  return mrkdwn`*${defectKey(number)}*  ${cleanLine(title, TITLE_LIMIT)}`;
}

function factsLine(defect: TriagedDefect): Mrkdwn {
  const facts = [
    mrkdwn`${defect.severity}, ${defect.area}`,
    mrkdwn`${counted(defect.reportCount, 'report')} from ${counted(defect.reporterCount, 'reporter')}`,
    ...(defect.affectedTotal > 0 ? [mrkdwn`${counted(defect.affectedTotal, 'account')} named in reports`] : []),
    mrkdwn`last seen ${dayWords(defect.lastSeenOn)}`,
    mrkdwn`${harmWords(defect)}`,
    defect.ownerId ? mrkdwn`owner ${mention(defect.ownerId)}` : mrkdwn`no owner`,
    ...(defect.dueOn ? [mrkdwn`due ${dayWords(defect.dueOn)}`] : []),
  ];
  return joinMrkdwn(facts, '  ·  ');
}
