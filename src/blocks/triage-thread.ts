import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { Suggestion } from '../domain/agenda.ts';
import { type Decision, type DefectState, defectKey, type Severity } from '../domain/vocabulary.ts';
import { type DefectRef, defectRefValue } from './defect-ref.ts';
import { ACTIONS } from './ids.ts';
import { clip, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from './mrkdwn.ts';
import { actions, button, context, type Message, message, option, section } from './parts.ts';
import { decisionWords, rateWords, streakWords, suggestionWords } from './triage-words.ts';
import { agoWords, counted, dayWords, listed, momentWords, points } from './words.ts';

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
};

/** The post that opens the thread: counts first. */
export function triageParent(triage: TriageParent): Message {
  const counts = headlineWords(triage.counts);
  if (triage.items === 0) {
    const line = `${counts}. Nothing waits for a decision, so there is no triage thread this time.`;
    return message(`Triage: ${line}`, [
      section(mrkdwn`*Triage of ${triage.programName}*: ${line}`),
      ...lateness(triage),
    ]);
  }
  return message(`Triage of ${triage.programName}: ${counts}. ${progressWords(triage)}`, [
    section(mrkdwn`*Triage of ${triage.programName}*\n*${counts}*`),
    section(mrkdwn`${progressWords(triage)}`),
    ...lateness(triage),
    context(closingLine(triage)),
    ...(triage.closed ? [] : [closeButton(triage)]),
  ]);
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
};

/** One item that waits for a decision, with what its state allows. */
export function triageItem({ ref, defect, reason, streak, suggestion }: UndecidedItem): Message {
  const why = [reason, streakWords(streak)].filter(Boolean).join(' ');
  return message(`${defectKey(defect.number)} ${oneLine(defect.title)}: ${why}`, [
    section(mrkdwn`${titleLine(defect)}\n${why} *${suggestionWords(suggestion)}?*`),
    context(factsLine(defect)),
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
  return message(`${defectKey(defect.number)} ${oneLine(defect.title)}: ${decisionWords(decision).toLowerCase()}.`, [
    section(mrkdwn`${titleLine(defect)}\n*${decisionWords(decision)}* by ${mention(by)}. ${outcome}`),
  ]);
}

/** The same post when the thread closed before anybody decided. */
export function carriedItem({ defect, streak }: { defect: TriagedDefect; streak: number }): Message {
  const words = `Carried over to the next thread. ${streakWords(streak)}`.trim();
  return message(`${defectKey(defect.number)} ${oneLine(defect.title)}: ${words}`, [
    section(mrkdwn`${titleLine(defect)}\n${words}`),
  ]);
}

function titleLine({ number, title }: TriagedDefect): Mrkdwn {
  return mrkdwn`*${defectKey(number)}*  ${oneLine(title)}`;
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
      mrkdwn`${defectKey(number)}  ${oneLine(title, 80)}${streak > 1 ? `, ${streak} threads in a row` : ''}`,
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

/** A typed title in one line of bounded length. */
export function oneLine(title: string, limit = 200): string {
  return clip(title.replaceAll(/\s+/g, ' ').trim(), limit);
}
