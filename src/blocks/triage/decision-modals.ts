import type { ModalView } from '@slack/types';
import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { type DefectRef, defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { textInput } from '../kit/inputs.ts';
import { type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { noticeModal } from '../kit/notice-modal.ts';
import { actions, button, section } from '../kit/parts.ts';
import { DECISION_INPUTS, type DefectInForm, decisionForm } from './decision-form.ts';
import { sinceWords } from './triage-words.ts';

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
    hint: 'It comes among the first in the next triage.',
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
  return decisionForm({ callbackId: VIEWS.reason, heading, submit, defect, kind }, [
    textInput(DECISION_INPUTS.reason, { label, hint, limit: 500, lines: true }),
  ]);
}

export function answerModal(defect: DefectInForm, question: { askedBy: string; words: string }): ModalView {
  return decisionForm({ callbackId: VIEWS.answer, heading: 'Answer', submit: 'Send', defect }, [
    section(mrkdwn`${mention(question.askedBy)} asks: ${question.words}`),
    textInput(DECISION_INPUTS.answer, { label: 'Your answer', limit: 1000, lines: true }),
  ]);
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
