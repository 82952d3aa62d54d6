import { type ComebackKind, defectKey } from '../../domain/vocabulary.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message, message, section } from '../kit/parts.ts';
import { type DirectItem, directItem } from '../reminders/direct-item.ts';

export type Comeback = {
  kind: ComebackKind;
  item: DirectItem;
  failedFixes: number;
  todayOn: string;
  isRetired: boolean;
};

/** Tells an owner, or the lead where nobody owns it, at once that a defect came back; the same post once that is dealt with. */
export function comebackMessage({ kind, item, failedFixes, todayOn, isRetired }: Comeback): Message {
  const key = defectKey(item.ref.number);
  const lead = {
    failed: `The fix of ${key} did not hold.`,
    reduced: `The fix of ${key} has ended only a part of it.`,
    regressed: `${key} came back after its fix was proven.`,
  }[kind];
  const waits = item.became.kind === 'waits';
  const whose = item.reader === 'owner' ? 'It is on your list again.' : 'It is on the list again, and nobody owns it.';
  return message(`${lead} ${item.why ?? ''}`.trim(), [
    section(mrkdwn`*${lead}* ${waits ? whose : ''}`),
    ...directItem(item, todayOn, !isRetired, true),
    ...(waits && failedFixes >= 2
      ? [
          context(
            mrkdwn`${failedFixes} fixes have failed: the next claim needs the root cause in words and a second approver.`,
          ),
        ]
      : []),
  ]);
}
