import { defectKey } from '../../domain/vocabulary.ts';
import { mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message, message, section } from '../kit/parts.ts';
import { type DirectItem, directItem } from '../reminders/direct-item.ts';

export type Comeback = {
  kind: 'failed' | 'regressed';
  item: DirectItem;
  failedFixes: number;
  todayOn: string;
  isRetired: boolean;
};

/** Tells an owner, or the lead where nobody owns it, at once that a defect came back; the same post once that is dealt with. */
export function comebackMessage({ kind, item, failedFixes, todayOn, isRetired }: Comeback): Message {
  const key = defectKey(item.ref.number);
  const lead = kind === 'failed' ? `The fix of ${key} did not hold.` : `${key} came back after its fix was proven.`;
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
