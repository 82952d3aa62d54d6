import type { ActionsBlockElement } from '@slack/types';
import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text.ts';
import type { Suggestion } from '../../domain/triage/agenda.ts';
import { type Decision, type DefectState, defectKey, type Severity } from '../../domain/vocabulary.ts';
import { type DefectRef, defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, option, section } from '../kit/parts.ts';
import { agoWords, counted, dayWords, points } from '../kit/words.ts';
import { decisionWords, streakWords, suggestionWords } from './triage-words.ts';

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
  daysSinceSeen: number;
  harm: number;
  ownerId: string | null;
  dueOn: string | null;
};

export type UndecidedItem = {
  ref: Required<DefectRef>;
  defect: TriagedDefect;
  reason: string;
  streak: number;
  suggestion: Suggestion;
  /** What its figures say besides, a few words each. */
  notes?: readonly string[];
};

/** One item that waits for a decision, with what its state allows. */
export function triageItem({ ref, defect, reason, streak, suggestion, notes = [] }: UndecidedItem): Message {
  const why = [reason, streakWords(streak)].filter(Boolean).join(' ');
  return message(`${defectKey(defect.number)} ${cleanLine(defect.title, TITLE_LIMIT)}: ${why}`, [
    section(mrkdwn`${titleLine(defect)}\n${why} *${suggestionWords(suggestion)}?*`),
    context(
      factsLine(defect),
      ...(notes.length > 0
        ? [
            joinMrkdwn(
              notes.map((note) => mrkdwn`${note}`),
              '  ·  ',
            ),
          ]
        : []),
    ),
    actions(`item_${defect.number}`, decisionsFor(defect, ref)),
  ]);
}

export type DecidedItem = {
  defect: TriagedDefect;
  decision: Decision;
  by: string;
  /** What was settled, as `outcomeMrkdwn` worded it when it was. */
  outcome: Mrkdwn;
};

/** The same post once it is decided: the facts shrink, the decision and who made it stand. */
export function decidedItem({ defect, decision, by, outcome }: DecidedItem): Message {
  return message(
    `${defectKey(defect.number)} ${cleanLine(defect.title, TITLE_LIMIT)}: ${decisionWords(decision).toLowerCase()}.`,
    [section(mrkdwn`${titleLine(defect)}\n*${decisionWords(decision)}* by ${mention(by)}. ${outcome}`)],
  );
}

/** The same post when the thread closed before anybody decided. */
export function carriedItem({ defect, streak }: { defect: TriagedDefect; streak: number }): Message {
  const words = `Carried over to the next thread. ${streakWords(streak)}`.trim();
  return message(`${defectKey(defect.number)} ${cleanLine(defect.title, TITLE_LIMIT)}: ${words}`, [
    section(mrkdwn`${titleLine(defect)}\n${words}`),
  ]);
}

function titleLine({ number, title }: TriagedDefect): Mrkdwn {
  return mrkdwn`*${defectKey(number)}*  ${cleanLine(title, TITLE_LIMIT)}`;
}

function factsLine(defect: TriagedDefect): Mrkdwn {
  const facts = [
    mrkdwn`${defect.severity}, ${defect.area}`,
    mrkdwn`${counted(defect.reportCount, 'report')} from ${counted(defect.reporterCount, 'reporter')}`,
    ...(defect.affectedTotal > 0 ? [mrkdwn`${counted(defect.affectedTotal, 'account')} affected`] : []),
    mrkdwn`last seen ${agoWords(defect.daysSinceSeen)}`,
    mrkdwn`harm ${points(defect.harm)} a week`,
    defect.ownerId ? mrkdwn`owner ${mention(defect.ownerId)}` : mrkdwn`no owner`,
    ...(defect.dueOn ? [mrkdwn`due ${dayWords(defect.dueOn)}`] : []),
  ];
  return joinMrkdwn(facts, '  ·  ');
}

/** Only what the state of the defect allows. The rarer decisions stand in the menu. */
function decisionsFor(defect: TriagedDefect, ref: Required<DefectRef>): ActionsBlockElement[] {
  const value = defectRefValue(ref);
  const key = defectKey(defect.number);
  const defer = button(ACTIONS.defer, 'Defer', value, { spoken: `Defer ${key}` });
  const menu = (entries: readonly (readonly [string, string])[]): ActionsBlockElement => ({
    type: 'overflow',
    action_id: ACTIONS.moreDecisions,
    options: entries.map(([label, action]) => option(label, `${action}|${value}`)),
  });
  if (defect.state === 'new') {
    return [
      button(ACTIONS.accept, 'Accept', value, { style: 'primary', spoken: `Accept ${key}` }),
      defer,
      menu([
        ['Accept the risk', ACTIONS.acceptRisk],
        ['Need info', ACTIONS.needInfo],
        ['Merge', ACTIONS.merge],
        ['Split', ACTIONS.split],
        ['Not a defect', ACTIONS.dismiss],
      ]),
    ];
  }
  const recommit = button(ACTIONS.recommit, 'Recommit', value, { style: 'primary', spoken: `Recommit to ${key}` });
  if (defect.state === 'claimed') {
    return [
      recommit,
      defer,
      menu([
        ['Need info', ACTIONS.needInfo],
        ['Merge', ACTIONS.merge],
        ['Split', ACTIONS.split],
      ]),
    ];
  }
  return [
    recommit,
    defer,
    menu([
      ['Claim the fix', ACTIONS.claim],
      ['Accept the risk', ACTIONS.acceptRisk],
      ['Need info', ACTIONS.needInfo],
      ['Merge', ACTIONS.merge],
      ['Split', ACTIONS.split],
    ]),
  ];
}
