import type { ModalView } from '@slack/types';
import { defectKey } from '../../domain/vocabulary.ts';
import { type DefectRef, defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { noticeModal } from '../kit/notice-modal.ts';
import { actions, button, type Message, message, section } from '../kit/parts.ts';

/** What the form turns into for somebody of another organisation: nothing of what else the program knows. */
export function strangerFiledModal(number: number): ModalView {
  return noticeModal('Filed', mrkdwn`Your report is filed under *${defectKey(number)}*. Thank you.`);
}

/** The same as a message, with the way to see what became of it. */
export function strangerFiledMessage(ref: DefectRef): Message {
  const key = defectKey(ref.number);
  return message(`Your report is filed under ${key}.`, [
    section(mrkdwn`Your report is filed under *${key}*. Thank you.`),
    actions('report_outcome', [button(ACTIONS.reportOutcome, 'What became of it?', defectRefValue(ref))]),
  ]);
}
