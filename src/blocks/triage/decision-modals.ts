import type { KnownBlock, ModalView } from '@slack/types';
import type { Criterion } from '../../domain/proof/criteria.ts';
import { METRIC_EXAMPLE, metricBoundWords } from '../../domain/proof/metric-bound.ts';
import { MOST_TOLERATED } from '../../domain/proof/promise.ts';
import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine, cutText } from '../../domain/text.ts';
import { defectKey, ESCAPES, type Escape, FIX_KINDS, type FixKind } from '../../domain/vocabulary.ts';
import { type DefectRef, defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS, OPTIONS, VIEWS } from '../kit/ids.ts';
import {
  choiceInput,
  dayInput,
  momentInput,
  numberInput,
  personInput,
  searchInput,
  severalInput,
  textInput,
} from '../kit/inputs.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, option, plain, section } from '../kit/parts.ts';
import { counted, criterionWords, ESCAPE_WORDS, FIX_KIND_WORDS } from '../kit/words.ts';
import { sinceWords } from './triage-words.ts';

/** The names of the inputs, which are also the fields that a refusal may name. */
export const DECISION_INPUTS = {
  owner: 'owner',
  due: 'due',
  limit: 'limit',
  metric: 'metric',
  secondPerson: 'second_person',
  link: 'link',
  escape: 'escape',
  reason: 'reason',
  into: 'into',
  reports: 'reports',
  title: 'title',
  keeping: 'keeping',
  fixKind: 'fix_kind',
  deployed: 'deployed',
  environments: 'environments',
  rootCause: 'root_cause',
  approver: 'approver',
  answer: 'answer',
} as const;

export type DefectInForm = { ref: DefectRef; title: string };

type Form = { callbackId: string; heading: string; submit: string; defect: DefectInForm; kind?: string };

function form({ callbackId, heading, submit, defect, kind }: Form, blocks: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: JSON.stringify({ ref: defectRefValue(defect.ref), ...(kind ? { kind } : {}) }),
    title: plain(heading, 24),
    submit: plain(submit, 24),
    close: plain('Cancel', 24),
    blocks: [section(mrkdwn`*${defectKey(defect.ref.number)}*  ${cleanLine(defect.title, TITLE_LIMIT)}`), ...blocks],
  };
}

export type PromiseForm = {
  defect: DefectInForm;
  ownerId: string | null;
  dueOn: string;
  criteria: readonly Criterion[];
  /** Days that silence would have to last, or null where silence cannot prove a fix. */
  windowDays: number | null;
  escapedBy: Escape | null;
  /** Whether all that can be asked is, and not only who and until when. */
  isWhole: boolean;
};

/** Who, and until when. How the fix will be judged, and how the defect escaped, are one click further. */
export function acceptModal(accept: PromiseForm): ModalView {
  return form({ callbackId: VIEWS.accept, heading: 'Accept', submit: 'Accept', defect: accept.defect }, [
    ...promiseInputs(accept),
    ...(accept.isWhole ? [escapeInput(accept.escapedBy)] : []),
  ]);
}

/** The same promise, renewed for a defect that is on the burn-down list. */
export function recommitModal(promise: PromiseForm): ModalView {
  const heading = { callbackId: VIEWS.recommit, heading: 'New date', submit: 'Save', defect: promise.defect };
  return form(heading, promiseInputs(promise));
}

function promiseInputs(promise: PromiseForm): KnownBlock[] {
  const { ownerId, dueOn, windowDays, criteria, isWhole } = promise;
  return [
    personInput(DECISION_INPUTS.owner, { label: 'Owner', initial: ownerId }),
    dayInput(DECISION_INPUTS.due, { label: 'Due', initialOn: dueOn }),
    ...(isWhole
      ? [...criteriaInputs(promise), context(windowLine(windowDays))]
      : [judgedSection(criteria, windowDays)]),
  ];
}

function judgedSection(criteria: readonly Criterion[], windowDays: number | null): KnownBlock {
  const rest = criteria.filter(({ kind }) => kind !== 'max_reports').map(criterionWords);
  const limit = criteria.find((one) => one.kind === 'max_reports')?.limit ?? 0;
  const few = limit === 0 ? 'no report' : `at most ${counted(limit, 'report')}`;
  const silence =
    windowDays === null
      ? mrkdwn`reports are too few for silence to prove it, so the owner is asked for more`
      : mrkdwn`${few} in about ${windowDays} days`;
  return section(
    mrkdwn`*How a fix will be judged:* ${joinMrkdwn([silence, ...rest], '; ')}.`,
    button(ACTIONS.judgeFix, 'Change', 'judge'),
  );
}

function escapeInput(escapedBy: Escape | null): KnownBlock {
  return choiceInput(DECISION_INPUTS.escape, {
    label: 'Why did nothing catch it before users did?',
    options: ESCAPES.map((cause) => option(ESCAPE_WORDS[cause], cause)),
    initial: escapedBy ?? 'unknown',
  });
}

function criteriaInputs({ criteria }: Pick<PromiseForm, 'criteria'>): KnownBlock[] {
  const limit = criteria.find((one) => one.kind === 'max_reports')?.limit ?? 0;
  return [
    numberInput(DECISION_INPUTS.limit, {
      label: 'Reports allowed while the fix is being proven',
      initial: Math.min(MOST_TOLERATED, limit),
      most: MOST_TOLERATED,
    }),
    ...otherProofInputs(criteria),
    textInput(DECISION_INPUTS.link, {
      label: 'The regression test or monitor that will watch it',
      initial: criteria.find((one) => one.kind === 'link')?.what ?? null,
      limit: 500,
      optional: true,
      placeholder: 'A link, or its name',
    }),
  ];
}

/** What can prove a fix besides silence. */
function otherProofInputs(criteria: readonly Criterion[]): KnownBlock[] {
  const bound = criteria.find((one) => one.kind === 'metric');
  return [
    textInput(DECISION_INPUTS.metric, {
      label: 'A metric that must stay in bounds',
      hint: 'Error rate, slow requests, p99, downtime or uptime of an area; its own where you name none.',
      initial: bound ? metricBoundWords(bound) : null,
      limit: 200,
      optional: true,
      placeholder: METRIC_EXAMPLE,
    }),
    personInput(DECISION_INPUTS.secondPerson, {
      label: 'A second person who confirms the fix',
      initial: criteria.find((one) => one.kind === 'second_person')?.userId ?? null,
      optional: true,
    }),
  ];
}

function windowLine(days: number | null): Mrkdwn {
  return days === null
    ? mrkdwn`Reports are too few for silence to prove a fix. Name a metric or a second person as well.`
    : mrkdwn`At its rate so far, a fix counts as proven after about ${days} quiet days.`;
}

/** Decisions that need only a reason in words. */
export type ReasonKind = 'accept_risk' | 'dismiss' | 'defer' | 'need_info';

const REASON_FORMS: Record<ReasonKind, { heading: string; submit: string; label: string; hint: string }> = {
  accept_risk: {
    heading: 'Accept the risk',
    submit: 'Accept the risk',
    label: 'Why can the team live with it?',
    hint: 'It leaves the list. New reports still count and are shown.',
  },
  dismiss: {
    heading: 'Not a defect',
    submit: 'Dismiss',
    label: 'Why is it not a defect?',
    hint: 'It leaves the list and can be reopened.',
  },
  defer: {
    heading: 'Defer',
    submit: 'Defer',
    label: 'What are you waiting for?',
    hint: 'It is the first thing in the next triage.',
  },
  need_info: {
    heading: 'Need info',
    submit: 'Ask',
    label: 'What do you need to know?',
    hint: 'The people who reported it last are asked by direct message.',
  },
};

export function reasonModal(defect: DefectInForm, kind: ReasonKind): ModalView {
  const { heading, submit, label, hint } = REASON_FORMS[kind];
  return form({ callbackId: VIEWS.reason, heading, submit, defect, kind }, [
    textInput(DECISION_INPUTS.reason, { label, hint, limit: 500, lines: true }),
  ]);
}

/** Another defect that may be the same failure, and why it is offered. */
export type LikelyTarget = { number: number; title: string; reportCount: number; words: readonly string[] };

/** `preview` says what the merge would do, once a target is picked. */
export function mergeModal(
  defect: DefectInForm,
  likely: readonly LikelyTarget[] = [],
  preview?: Mrkdwn | undefined,
): ModalView {
  const offers = likely.map(({ number, title, reportCount, words }) => {
    const why = words.length > 0 ? mrkdwn`, same words: ${cutText(words.join(', '), 120)}` : '';
    return mrkdwn`*${defectKey(number)}*  ${cleanLine(title, TITLE_LIMIT)} (${counted(reportCount, 'report')}${why})`;
  });
  return form({ callbackId: VIEWS.merge, heading: 'Merge', submit: 'Merge', defect }, [
    ...(offers.length > 0 ? [context(joinMrkdwn([mrkdwn`It looks most like these:`, ...offers]))] : []),
    searchInput(DECISION_INPUTS.into, {
      label: 'Into which defect?',
      hint: 'Its reports move there. A merge can be undone.',
      actionId: OPTIONS.defect,
      placeholder: 'A number or words of the title',
    }),
    ...(preview ? [section(preview)] : []),
  ]);
}

export type ReportInForm = { id: number; title: string; seen: string };

/** `preview` says what the split would do, once reports are picked. */
export function splitModal(
  defect: DefectInForm,
  reports: readonly ReportInForm[],
  preview?: Mrkdwn | undefined,
): ModalView {
  return form({ callbackId: VIEWS.split, heading: 'Split', submit: 'Split', defect }, [
    textInput(DECISION_INPUTS.title, { label: 'Title of the new defect', limit: TITLE_LIMIT }),
    severalInput(DECISION_INPUTS.reports, {
      label: 'Reports that belong to it',
      options: reports.map(({ id, title, seen }) => option(cleanLine(title, 75), String(id), seen)),
      actionId: ACTIONS.splitPicked,
    }),
    ...(preview ? [section(preview)] : []),
    ...(reports.length > 100 ? [context(mrkdwn`The newest 100 of ${reports.length} reports are offered.`)] : []),
  ]);
}

export type ClaimForm = {
  defect: DefectInForm;
  now: Date;
  keepingNote: string | null;
  fixKind: FixKind | null;
  failedFixes: number;
  /** What accepting it has left open: how it escaped, and what proves a fix where silence cannot. */
  missing: { escape: boolean; proof: boolean };
};

export function claimModal({ defect, now, keepingNote, fixKind, failedFixes, missing }: ClaimForm): ModalView {
  return form({ callbackId: VIEWS.claim, heading: 'Claim the fix', submit: 'Claim', defect }, [
    textInput(DECISION_INPUTS.keeping, {
      label: 'What keeps it fixed?',
      hint: 'A test, an alert or a runbook: a link or a sentence.',
      initial: keepingNote,
      limit: 1000,
      lines: true,
    }),
    choiceInput(DECISION_INPUTS.fixKind, {
      label: 'What kind of fix is it?',
      options: FIX_KINDS.map((kind) => option(FIX_KIND_WORDS[kind], kind)),
      initial: fixKind,
    }),
    ...(missing.escape ? [escapeInput(null)] : []),
    ...(missing.proof
      ? [
          context(mrkdwn`Reports are too few for silence to prove it. A metric or a second person can:`),
          ...otherProofInputs([]),
        ]
      : []),
    momentInput(DECISION_INPUTS.deployed, {
      label: 'Deployed at',
      hint: 'Only what is seen after that counts against the fix.',
      initialAt: now,
    }),
    textInput(DECISION_INPUTS.environments, {
      label: 'Environments that it reached',
      hint: 'Separated by commas. All of them, where you leave it empty.',
      limit: 300,
      optional: true,
    }),
    ...(failedFixes >= 2 ? secondThoughts(failedFixes) : []),
  ]);
}

function secondThoughts(failedFixes: number): KnownBlock[] {
  return [
    textInput(DECISION_INPUTS.rootCause, {
      label: `${failedFixes} fixes have failed. What is the root cause?`,
      limit: 1000,
      lines: true,
    }),
    personInput(DECISION_INPUTS.approver, { label: 'Who else agrees that this one will hold?' }),
  ];
}

export function answerModal(defect: DefectInForm, question: { askedBy: string; words: string }): ModalView {
  return form({ callbackId: VIEWS.answer, heading: 'Answer', submit: 'Send', defect }, [
    section(mrkdwn`${mention(question.askedBy)} asks: ${question.words}`),
    textInput(DECISION_INPUTS.answer, { label: 'Your answer', limit: 1000, lines: true }),
  ]);
}

/** A form that cannot be filled, or an answer that needs no form: one sentence to read. */
export function noticeModal(heading: string, words: Mrkdwn): ModalView {
  return { type: 'modal', title: plain(heading, 24), close: plain('Close', 24), blocks: [section(words)] };
}

export type DecidedBefore = { ref: DefectRef; title: string; by: string; at: Date; outcome: Mrkdwn };

/** Who has decided it, and where to go on from there. */
export function decidedModal({ ref, title, by, at, outcome }: DecidedBefore, now: Date): ModalView {
  const key = defectKey(ref.number);
  const notice = mrkdwn`*${key}*  ${cleanLine(title, TITLE_LIMIT)}\n${mention(by)} ${outcome} (${sinceWords(at, now)})`;
  const shown = defectRefValue({ number: ref.number, programId: ref.programId });
  return {
    ...noticeModal('Already decided', notice),
    blocks: [
      section(notice),
      actions('go_on', [
        button(ACTIONS.showDefect, `Open ${key}`, shown),
        ...(ref.triageId === undefined || ref.programId === undefined
          ? []
          : [button(ACTIONS.decideSeveral, 'Decide what is left', `${ref.programId}.${ref.triageId}`)]),
      ]),
    ],
  };
}
