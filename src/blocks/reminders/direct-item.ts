import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { Became } from '../../domain/reminders/became.ts';
import type { ToldReason } from '../../domain/reminders/told-in-direct.ts';
import { cleanLine, cutText } from '../../domain/text/clean-text.ts';
import { type DefectState, defectKey } from '../../domain/vocabulary.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, section } from '../kit/parts.ts';
import { dayWords } from '../kit/words.ts';

/** One defect in a direct message, as it stands when the message is written or edited. */
export type DirectItem = {
  ref: { programId: number; number: number };
  title: string;
  state: DefectState;
  ownerId: string | null;
  dueOn: string | null;
  reason: ToldReason['kind'] | 'ownership';
  /** Why its fix came back or its proof stalled, in the bot's own words. */
  why: string | null;
  /** What must hold before its fix counts. */
  criteria: readonly Mrkdwn[];
  reader: 'owner' | 'lead';
  became: Became;
};

const TITLE = 120;

/**
 * @param hasButtons false once a newer message has them
 * @param isIntroduced where the message has said already why it is about this defect
 */
export function directItem(item: DirectItem, todayOn: string, hasButtons: boolean, isIntroduced = false): KnownBlock[] {
  const { ref, title, became } = item;
  const named = mrkdwn`*${defectKey(ref.number)}*  ${cleanLine(title, TITLE)}`;
  if (became.kind !== 'waits') return [section(mrkdwn`${named}\n${becameWords(became, todayOn)}`)];
  const lines = [
    named,
    reasonWords(item, todayOn, isIntroduced),
    ...(item.why ? [mrkdwn`${cutText(item.why, 400)}`] : []),
  ];
  const owner = item.reader === 'lead' && item.ownerId ? [mrkdwn`Owner: ${mention(item.ownerId)}`] : [];
  return [
    section(joinMrkdwn([...lines, ...owner])),
    ...(hasButtons ? [actions(`direct_${ref.programId}_${ref.number}`, buttonsFor(item))] : []),
  ];
}

/** The same for a notification, which is read without its buttons. */
export function spokenItem(item: DirectItem, todayOn: string): string {
  const key = defectKey(item.ref.number);
  return item.became.kind === 'waits' ? `${key} ${shortReason(item, todayOn)}` : key;
}

function shortReason({ reason, state, dueOn }: DirectItem, todayOn: string): string {
  if (reason === 'question') return 'has a question for you';
  if (reason === 'ownership') return 'is yours now';
  if (state === 'new') return 'waits for triage';
  if (reason === 'stalled' && state === 'claimed') return 'its proof has stalled';
  if (reason === 'reduced') return 'is seen less, not gone';
  if (dueOn !== null) return `${dueOn < todayOn ? 'was' : 'is'} due ${dayWords(dueOn, todayOn)}`;
  if (reason === 'failed') return 'its fix did not hold';
  return reason === 'regressed' ? 'came back after it was proven' : 'needs a new date';
}

/** Why it waits, as it stands now: an older message tells of its date as it is by then, not as it was. */
function reasonWords(item: DirectItem, todayOn: string, isIntroduced: boolean): Mrkdwn {
  const { reason, state, dueOn, criteria } = item;
  if (reason === 'question') return mrkdwn`A question about it waits for your answer.`;
  if (reason === 'ownership') return expectation(state, dueOn, criteria, todayOn);
  if (state === 'new') return mrkdwn`${WAITS_FOR_TRIAGE}`;
  if (reason === 'stalled' && state === 'claimed') return mrkdwn`Its proof has stalled.`;
  const next = reason === 'reduced' ? 'Keep proving, accept the rest, or go on?' : dateWords(dueOn, todayOn);
  const back = isIntroduced ? undefined : CAME_BACK[reason];
  return mrkdwn`${back ? `${back} ${next}` : next}`;
}

const WAITS_FOR_TRIAGE = 'It waits for triage, which sets a date with you.';

const CAME_BACK: Partial<Record<DirectItem['reason'], string>> = {
  failed: 'Its fix did not hold.',
  reduced: 'Its fix has ended only a part.',
  regressed: 'It came back after it was proven.',
};

function dateWords(dueOn: string | null, todayOn: string): string {
  if (dueOn === null) return 'It needs a new date.';
  return dueOn < todayOn ? `Overdue: it was due ${dayWords(dueOn, todayOn)}.` : `Due ${dayWords(dueOn, todayOn)}.`;
}

/** What is expected of an owner, by when, and how the fix will be judged. */
function expectation(state: DefectState, dueOn: string | null, criteria: readonly Mrkdwn[], todayOn: string): Mrkdwn {
  if (state === 'new') return mrkdwn`${WAITS_FOR_TRIAGE}`;
  const due = dueOn
    ? mrkdwn`Fix it by ${dayWords(dueOn, todayOn)}, and claim the fix once it is out.`
    : mrkdwn`It needs a date.`;
  if (criteria.length === 0) return due;
  return mrkdwn`${due}\nThe fix will be judged by: ${joinMrkdwn(criteria, ', and ')}.`;
}

function becameWords(became: Exclude<Became, { kind: 'waits' }>, todayOn: string): Mrkdwn {
  switch (became.kind) {
    case 'closed':
      return mrkdwn`${CLOSED[became.state]}`;
    case 'handed_over':
      return became.ownerId ? mrkdwn`${mention(became.ownerId)} owns it now.` : mrkdwn`Nobody owns it now.`;
    case 'claimed':
      return mrkdwn`A fix is claimed, and being proven.`;
    case 'snoozed':
      return mrkdwn`Snoozed until ${dayWords(became.untilOn, todayOn)}.`;
    case 'new_date':
      return mrkdwn`Its date is ${dayWords(became.dueOn, todayOn)} now.`;
    case 'answered':
      return mrkdwn`The question is answered.`;
  }
}

const CLOSED = {
  proven: 'Its fix is proven.',
  risk_accepted: 'The team lives with it for now.',
  dismissed: 'It was found to be no defect.',
  merged: 'It is part of another defect now.',
} as const;

/** The likeliest next step first; only what the state allows. A lead can do everything. */
function buttonsFor({ ref, reason, state, ownerId, dueOn, reader }: DirectItem): ActionsBlockElement[] {
  const key = defectKey(ref.number);
  const value = defectRefValue(ref);
  const labelled = (action: keyof typeof ACTIONS, label: string, spoken: string, isFirst = false) =>
    button(ACTIONS[action], label, value, { ...(isFirst ? { style: 'primary' as const } : {}), spoken });
  const show = labelled('showDefect', 'Show', `Show ${key}`);
  const snooze = labelled('snooze', 'Snooze', `Snooze reminders of ${key}`);
  const assign = labelled('assign', ownerId ? 'Hand over' : 'Give it an owner', `Change the owner of ${key}`);
  if (reason === 'question') return [labelled('answerQuestion', 'Answer', `Answer about ${key}`, true), show, snooze];
  if (state === 'new') return [labelled('accept', 'Accept', `Accept ${key}`, true), assign, show];
  if (state === 'claimed')
    return [labelled('recommit', 'Change the proof', `Change what proves ${key}`, true), assign, show, snooze];
  const date = labelled('changeDue', dueOn ? 'New date' : 'Set a date', `Change the due date of ${key}`);
  if (reason === 'reduced')
    return [
      labelled('keepProving', 'Keep proving', `Keep proving the fix of ${key}`, true),
      labelled('acceptRisk', 'Accept the rest', `Accept the rest of ${key}`),
      labelled('changeDue', 'Go on fixing', `Go on fixing ${key}, with a date`),
      assign,
      show,
    ];
  const claim = labelled('claim', 'Claim fix', `Claim a fix of ${key}`, true);
  const isBack = reason === 'failed' || reason === 'regressed';
  const first =
    isBack && reader === 'owner'
      ? [
          { ...date, style: 'primary' as const },
          { ...claim, style: undefined },
        ]
      : [claim, date];
  if (reader === 'owner') return [...first, assign, show, ...(reason === 'ownership' || isBack ? [] : [snooze])];
  return [
    labelled('assign', 'Change owner', `Change the owner of ${key}`, true),
    { ...date },
    { ...claim, style: undefined },
    labelled('acceptRisk', 'Accept the risk', `Accept the risk of ${key}`),
    labelled('merge', 'Merge', `Merge ${key}`),
    show,
    snooze,
  ];
}
