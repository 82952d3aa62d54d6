import type { KnownBlock, ModalView } from '@slack/types';
import type { Criterion } from '../../domain/proof/criteria.ts';
import { METRIC_EXAMPLE, metricBoundWords } from '../../domain/proof/metric-bound.ts';
import { MOST_TOLERATED } from '../../domain/proof/promise.ts';
import { ESCAPES, type Escape } from '../../domain/vocabulary.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { choiceInput, dayInput, numberInput, personInput, textInput } from '../kit/inputs.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { button, context, option, section } from '../kit/parts.ts';
import { counted, criterionWords, ESCAPE_WORDS } from '../kit/words.ts';
import { type TicketPlace, ticketInputs } from '../trackers/ticket-forms.ts';
import { DECISION_INPUTS, type DefectInForm, decisionForm } from './decision-form.ts';

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
export function acceptModal(accept: PromiseForm & { places: readonly TicketPlace[] }): ModalView {
  return decisionForm({ callbackId: VIEWS.accept, heading: 'Accept', submit: 'Accept', defect: accept.defect }, [
    ...promiseInputs(accept),
    ...(accept.isWhole ? [escapeInput(accept.escapedBy)] : []),
    ...(accept.places.length > 0 ? ticketInputs(accept.places) : []),
  ]);
}

/** The same promise, renewed for a defect that is on the burn-down list. */
export function recommitModal(promise: PromiseForm): ModalView {
  const heading = { callbackId: VIEWS.recommit, heading: 'New date', submit: 'Save', defect: promise.defect };
  return decisionForm(heading, promiseInputs(promise));
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

/** Why nothing caught it; "not known yet" until somebody says so. */
export function escapeInput(escapedBy: Escape | null): KnownBlock {
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
export function otherProofInputs(criteria: readonly Criterion[]): KnownBlock[] {
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
