import { defectKey } from '../../domain/vocabulary.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, type Message, message, section } from '../kit/parts.ts';

export type ConfirmFix = {
  programId: number;
  number: number;
  title: string;
  ownerId: string | null;
  keepingNote: string | null;
  confirmed: boolean;
};

/** Asks the second person of a criterion to confirm a claimed fix; the same post once that is done. */
export function confirmMessage(fix: ConfirmFix): Message {
  const { programId, number, title, ownerId, keepingNote, confirmed } = fix;
  const key = defectKey(number);
  const text = confirmed
    ? `You confirmed the fix of ${key}.`
    : `${key} is claimed as fixed, and you were named to confirm it.`;
  const who = ownerId ? mrkdwn` The fix is by ${mention(ownerId)}.` : '';
  return message(text, [
    section(mrkdwn`*${text}*\n${title}`),
    ...(keepingNote ? [section(mrkdwn`Kept fixed by: ${keepingNote}`)] : []),
    ...(confirmed
      ? []
      : [
          section(
            mrkdwn`Confirm once you have seen for yourself that it no longer fails.${who} Until then it cannot be proven.`,
          ),
          actions(`confirm_${number}`, [
            button(ACTIONS.confirmFix, 'Confirm the fix', defectRefValue({ programId, number }), {
              style: 'primary',
              spoken: `Confirm the fix of ${key}`,
            }),
            button(ACTIONS.showDefect, 'Show', defectRefValue({ programId, number }), { spoken: `Show ${key}` }),
          ]),
        ]),
  ]);
}
