import { defectKey } from '../../domain/vocabulary.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, section } from '../kit/parts.ts';

export type Comeback = {
  kind: 'failed' | 'regressed';
  sentence: string;
  programId: number;
  number: number;
  title: string;
  failedFixes: number;
  /** Else the lead reads it, because nobody owns the defect. */
  isOwner: boolean;
};

/** The direct message that tells an owner at once that a defect came back. */
export function comebackMessage(comeback: Comeback): Message {
  const { kind, sentence, programId, number, title, failedFixes, isOwner } = comeback;
  const key = defectKey(number);
  const lead = kind === 'failed' ? `The fix of ${key} did not hold.` : `${key} has come back after its fix was proven.`;
  const whose = isOwner ? 'It is on your list again.' : 'It is on the list again, and nobody owns it.';
  const next =
    failedFixes >= 2 ? ' The next claim needs the root cause in words, a second approver and twice the window.' : '';
  return message(`${lead} ${sentence} ${whose}`, [
    section(mrkdwn`*${lead}*\n${title}`),
    section(mrkdwn`${sentence} ${whose}${next}`),
    actions(`comeback_${number}`, [
      button(ACTIONS.showDefect, 'Show', defectRefValue({ programId, number }), { spoken: `Show ${key}` }),
    ]),
    context(mrkdwn`Its key, age and history stay.`),
  ]);
}
