import type { ModalView } from '@slack/types';
import { defectKey } from '../../domain/vocabulary.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { button, type Message, message, plain, section } from '../kit/parts.ts';

/** Under the message that somebody reported: its key, and nothing else of the program. */
export function messageReportedReply({ by, number }: { by: string; number: number }): Message {
  const key = defectKey(number);
  return message(`Reported as ${key}.`, [section(mrkdwn`${mention(by)} reported this. It is *${key}*.`)]);
}

/** In the place of the form, where the same message is a report already. */
export function alreadyReportedModal(known: {
  programId: number;
  number: number;
  title: string;
  by: string;
  whatNow: Mrkdwn;
}): ModalView {
  const key = defectKey(known.number);
  return {
    type: 'modal',
    callback_id: VIEWS.repeats,
    private_metadata: JSON.stringify({ programId: known.programId, number: known.number }),
    title: plain(`Known as ${key}`, 24),
    close: plain('Close', 24),
    blocks: [
      section(
        mrkdwn`${mention(known.by)} has reported this message already: *${key}* ${known.title}.\n${known.whatNow}`,
        button(ACTIONS.showDefect, 'Show', defectRefValue(known), { spoken: `Show ${key}` }),
      ),
    ],
  };
}
