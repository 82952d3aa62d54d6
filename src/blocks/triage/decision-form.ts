import type { KnownBlock, ModalView } from '@slack/types';
import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { type DefectRef, defectRefValue } from '../kit/defect-ref.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { plain, section } from '../kit/parts.ts';

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
  reachedAll: 'reached_all',
  environments: 'environments',
  rootCause: 'root_cause',
  approver: 'approver',
  answer: 'answer',
} as const;

export type DefectInForm = { ref: DefectRef; title: string };

type DecisionForm = { callbackId: string; heading: string; submit: string; defect: DefectInForm; kind?: string };

/** A form about one defect: what it is called stands above what it asks. */
export function decisionForm(
  { callbackId, heading, submit, defect, kind }: DecisionForm,
  blocks: KnownBlock[],
): ModalView {
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
