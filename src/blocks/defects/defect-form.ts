import type { KnownBlock, ModalView } from '@slack/types';
import { TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cutText } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { type DefectRef, defectRefValue } from '../kit/defect-ref.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { plain, section } from '../kit/parts.ts';

/** Which defect a form is about. */
export type DefectOfForm = { ref: Required<Pick<DefectRef, 'number' | 'programId'>>; title: string };

/** A form about one defect, whose heading is also the word on its button. */
export function defectForm(
  { ref, title }: DefectOfForm,
  callbackId: string,
  heading: string,
  blocks: KnownBlock[],
): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: defectRefValue(ref),
    title: plain(heading, 24),
    submit: plain(heading, 24),
    close: plain('Cancel', 24),
    blocks: [section(mrkdwn`*${defectKey(ref.number)}*  ${cutText(title, TITLE_LIMIT)}`), ...blocks],
  };
}
