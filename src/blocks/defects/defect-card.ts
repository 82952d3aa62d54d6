import type { KnownBlock, ModalView } from '@slack/types';
import { stateWords } from '../../domain/defects/lifecycle.ts';
import { SUPPORT_DAYS } from '../../domain/digest/support-burden.ts';
import { type DefectState, defectKey, type Severity } from '../../domain/vocabulary.ts';
import { pullLine, type ShownPull } from '../fixes/pull-line.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import {
  actions,
  button,
  context,
  divider,
  facts,
  header,
  type Message,
  message,
  plain,
  section,
} from '../kit/parts.ts';
import { agoWords, counted, dayWords, points, SEVERITY_WORDS } from '../kit/words.ts';
import { type DefectReleases, defectReleaseWords } from '../signals/release-words.ts';
import { type ShownTicket, ticketLine } from '../trackers/ticket-line.ts';
import { harmWords } from './harm-words.ts';
import { latestReports, type ShownReport } from './report-blocks.ts';

/** A defect as every surface shows it. */
export type DefectFacts = {
  programId: number;
  number: number;
  title: string;
  area: string;
  severity: Severity;
  state: DefectState;
  ownerId: string | null;
  dueOn: string | null;
  reportCount: number;
  reporterCount: number;
  affectedTotal: number;
  ticketTotal: number;
  harmPerWeek: number;
  /** What its silence costs it in the list. */
  quietHalvings: number;
  daysSinceSeen: number;
  recurring: boolean;
  failedFixes: number;
  regressed: boolean;
  overdue: boolean;
  mergedInto: number | null;
};

export type DefectDetail = DefectFacts & {
  todayOn: string;
  firstSeenOn: string;
  /** Its place in the rank of open defects, from 1. */
  place: number | null;
  /** "proving 9/21 d, 74 % sure", where a fix is being proven. */
  proving: string | null;
  /** Since when its reports are more or fewer, in a sentence; null where it is too young to tell. */
  trend: string | null;
  /** Its support tickets of the last four weeks and of the four before; null where it never had one. */
  ticketsLately: { now: number; before: number } | null;
  criteria: readonly Mrkdwn[];
  keepingNote: string | null;
  releases: DefectReleases;
  tickets: readonly ShownTicket[];
  /** What was merged for it, the oldest first. */
  pulls: readonly ShownPull[];
  /** Whether its program has a tracker to link a ticket of. */
  hasTrackers: boolean;
  /** What it burnt of an error budget, in one sentence; null where that is not known. */
  budgetShare: string | null;
  history: readonly { on: string; actorId: string | null; kind: string; what: string }[];
  latest: readonly ShownReport[];
};

/** One line that says how a defect stands, for lists and threads; of their own defects nobody reads their own name. */
export function standingLine(defect: DefectFacts, todayOn: string, isOwn = false): Mrkdwn {
  const parts: Mrkdwn[] = [
    mrkdwn`${defect.area}`,
    mrkdwn`${defect.severity}`,
    mrkdwn`${counted(defect.reportCount, 'report')}, last ${agoWords(defect.daysSinceSeen)}`,
    mrkdwn`${harmWords({ harm: defect.harmPerWeek, quietHalvings: defect.quietHalvings })}`,
  ];
  if (defect.state === 'claimed') parts.push(mrkdwn`fix claimed, being proven`);
  if (defect.regressed && defect.state === 'accepted') parts.push(mrkdwn`regressed`);
  if (defect.failedFixes > 0) parts.push(mrkdwn`${counted(defect.failedFixes, 'failed fix', 'failed fixes')}`);
  parts.push(...(isOwn ? ownDueWords(defect, todayOn) : [ownerWords(defect, todayOn)]));
  return joinMrkdwn(parts, ' · ');
}

function ownDueWords({ dueOn, overdue }: DefectFacts, todayOn: string): Mrkdwn[] {
  return dueOn ? [mrkdwn`${overdue ? 'was due' : 'due'} ${dayWords(dueOn, todayOn)}`] : [mrkdwn`no date`];
}

function ownerWords({ ownerId, dueOn, overdue }: DefectFacts, todayOn: string): Mrkdwn {
  if (!ownerId) return mrkdwn`no owner`;
  if (!dueOn) return mention(ownerId);
  return overdue
    ? mrkdwn`${mention(ownerId)}, was due ${dayWords(dueOn, todayOn)}`
    : mrkdwn`${mention(ownerId)}, due ${dayWords(dueOn, todayOn)}`;
}

export function defectCard(defect: DefectDetail): Message {
  const key = defectKey(defect.number);
  const state = defect.mergedInto === null ? stateWords(defect.state) : `merged into ${defectKey(defect.mergedInto)}`;
  return message(`${key} ${defect.title}: ${state}, ${counted(defect.reportCount, 'report')}.`, [
    header(`${key} ${defect.title}`),
    section(standing(defect, state)),
    facts([
      mrkdwn`*Area*\n${defect.area}`,
      mrkdwn`*Severity*\n${SEVERITY_WORDS[defect.severity]}`,
      mrkdwn`*Owner*\n${defect.ownerId ? mention(defect.ownerId) : 'nobody yet'}`,
      mrkdwn`*Due*\n${defect.dueOn ? dayWords(defect.dueOn, defect.todayOn) : 'no date yet'}${defect.overdue ? ', overdue' : ''}`,
      mrkdwn`*Named in reports*\n${counted(defect.affectedTotal, 'account')}, ${counted(defect.ticketTotal, 'support ticket')}`,
      mrkdwn`*Harm*\n${points(defect.harmPerWeek)} points a week${defect.place ? `, rank ${defect.place}` : ''}`,
    ]),
    ...proofBlocks(defect),
    ...ticketBlocks(defect),
    ...pullBlocks(defect),
    ...releaseBlocks(defect),
    ...budgetBlocks(defect),
    ...latestReports({ ...defect, reports: defect.latest, total: defect.reportCount }, defect.todayOn),
    ...historyBlocks(defect),
    ...buttonBlocks(defect),
  ]);
}

function standing(defect: DefectDetail, state: string): Mrkdwn {
  const seen = mrkdwn`${counted(defect.reportCount, 'report')} by ${counted(defect.reporterCount, 'reporter')}, first on ${dayWords(defect.firstSeenOn, defect.todayOn)}, last ${agoWords(defect.daysSinceSeen)}.`;
  const again = [
    defect.failedFixes > 0 ? `${counted(defect.failedFixes, 'fix', 'fixes')} failed.` : '',
    defect.regressed ? 'It came back after it was proven.' : '',
  ].filter(Boolean);
  const trend = defect.trend ? mrkdwn`\n${defect.trend}` : '';
  const tickets = defect.ticketsLately
    ? mrkdwn`\n${counted(defect.ticketsLately.now, 'support ticket')} in the last ${SUPPORT_DAYS} days, ${defect.ticketsLately.before} in the ${SUPPORT_DAYS} before.`
    : '';
  return mrkdwn`It is *${state}*. ${seen}${defect.recurring ? ' It recurs.' : ''} ${again.join(' ')}${trend}${tickets}`;
}

function proofBlocks({ criteria, keepingNote, proving }: DefectDetail): KnownBlock[] {
  if (criteria.length === 0) return [];
  const lines = criteria.map((criterion) => mrkdwn`•  ${criterion}`);
  const heading = proving ? mrkdwn`*Proof:* ${proving}` : mrkdwn`*What must hold before a fix counts*`;
  const kept = keepingNote ? [mrkdwn`Kept fixed by: ${keepingNote}`] : [];
  return [section(joinMrkdwn([heading, ...lines, ...kept]))];
}

function ticketBlocks({ tickets }: DefectDetail): KnownBlock[] {
  const words = ticketLine(tickets);
  return words ? [section(words)] : [];
}

function pullBlocks({ pulls, todayOn }: DefectDetail): KnownBlock[] {
  const words = pullLine(pulls, todayOn);
  return words ? [section(words)] : [];
}

function releaseBlocks({ releases }: DefectDetail): KnownBlock[] {
  const words = defectReleaseWords(releases);
  return words ? [section(words)] : [];
}

function budgetBlocks({ budgetShare }: DefectDetail): KnownBlock[] {
  return budgetShare ? [section(mrkdwn`*Error budget:* ${budgetShare}`)] : [];
}

/** What a verdict is called, before its numbers; "Seen less, not gone" says it itself. */
const VERDICT_WORDS: Partial<Record<string, string>> = {
  proven: 'Proven. ',
  failed: 'The fix failed. ',
  regressed: 'It came back. ',
};

function historyBlocks({ history, todayOn }: DefectDetail): KnownBlock[] {
  if (history.length === 0) return [];
  const lines = history
    .slice(-5)
    .map(
      ({ on, actorId, kind, what }) =>
        mrkdwn`${dayWords(on, todayOn)}: ${VERDICT_WORDS[kind] ?? ''}${what}${actorId ? mrkdwn` (${mention(actorId)})` : ''}`,
    );
  return [divider(), context(joinMrkdwn(lines))];
}

/** Only what the state allows is offered. */
function buttonBlocks({ programId, number, state, ownerId, hasTrackers }: DefectDetail): KnownBlock[] {
  const value = defectRefValue({ programId, number });
  const ticket = hasTrackers ? [button(ACTIONS.openTicketForm, 'Ticket', value)] : [];
  const offered = {
    new: [
      button(ACTIONS.accept, 'Accept', value, { style: 'primary' }),
      button(ACTIONS.assign, ownerId ? 'Change owner' : 'Assign', value),
      button(ACTIONS.acceptRisk, 'Accept risk', value),
      button(ACTIONS.merge, 'Merge', value),
      button(ACTIONS.addRule, 'Add a rule', value),
      ...ticket,
      button(ACTIONS.dismiss, 'Not a defect', value),
      button(ACTIONS.relabel, 'Relabel', value),
    ],
    accepted: [
      button(ACTIONS.claim, 'Claim fix', value, { style: 'primary' }),
      button(ACTIONS.assign, ownerId ? 'Change owner' : 'Assign', value),
      button(ACTIONS.merge, 'Merge', value),
      button(ACTIONS.addRule, 'Add a rule', value),
      ...ticket,
      button(ACTIONS.relabel, 'Relabel', value),
    ],
    claimed: [
      button(ACTIONS.assign, 'Change owner', value),
      button(ACTIONS.merge, 'Merge', value),
      button(ACTIONS.addRule, 'Add a rule', value),
      ...ticket,
    ],
    proven: [],
    risk_accepted: [button(ACTIONS.reopen, 'Reopen', value)],
    dismissed: [button(ACTIONS.reopen, 'Reopen', value)],
    merged: [button(ACTIONS.undoMerge, 'Undo merge', value)],
  }[state];
  return offered.length > 0 ? [actions(`defect_${number}`, offered)] : [];
}

/** The same card in a window of its own. */
export function defectModal(number: number, card: Message): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.defectCard,
    title: plain(defectKey(number), 24),
    close: plain('Close', 24),
    blocks: card.blocks,
  };
}
