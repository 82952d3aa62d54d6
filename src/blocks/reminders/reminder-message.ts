import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { RemindedDefect, ReminderItem, ReminderReason } from '../../domain/reminders/reminders.ts';
import { cleanLine, cutText } from '../../domain/text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { defectRefValue } from '../kit/defect-ref.ts';
import { ACTIONS } from '../kit/ids.ts';
import { joinMrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, context, type Message, message, section } from '../kit/parts.ts';
import { agoWords, counted, dayWords } from '../kit/words.ts';

/** What waits for somebody in one program. */
export type ReminderPart = {
  programId: number;
  programName: string;
  own: readonly ReminderItem<RemindedDefect>[];
  /** Only for the lead: what others did not answer three reminders about. */
  others: readonly ReminderItem<RemindedDefect>[];
};

export type Reminder = { todayOn: string; parts: readonly ReminderPart[] };

const SHOWN = 8;
const TITLE = 120;

/** The one direct message of a day, with everything in it that waits for this person. */
export function reminderMessage({ todayOn, parts }: Reminder): Message {
  const count = parts.reduce((sum, part) => sum + sizeOf(part), 0);
  const where = parts.length === 1 ? cutText(parts[0]?.programName ?? '', 80) : `${parts.length} programs`;
  const heading = `${counted(count, 'defect')} in ${where} ${count === 1 ? 'waits' : 'wait'} for you.`;
  const shown = clipParts(parts);
  const left = count - shown.reduce((sum, part) => sum + sizeOf(part), 0);
  const spoken = shown.flatMap(({ own, others }) =>
    [...own, ...others].map(({ defect, reason }) => `${defectKey(defect.number)} ${reasonTitle(reason, todayOn)}`),
  );
  return message(`${heading} ${spoken.join('; ')}`, [
    section(mrkdwn`*${heading}*`),
    ...shown.flatMap((part) => [
      ...(parts.length > 1 ? [section(mrkdwn`*${cutText(part.programName, 80)}*`)] : []),
      ...partBlocks(part, todayOn),
    ]),
    ...(left > 0 ? [context(mrkdwn`and ${left} more. \`/defect list mine\` shows them all.`)] : []),
    context(mrkdwn`At most one such message a day. A snooze, or anything you do about a defect, stops its reminders.`),
  ]);
}

function sizeOf({ own, others }: ReminderPart): number {
  return own.length + others.length;
}

/** As many of the first as a message can show. */
function clipParts(parts: readonly ReminderPart[]): ReminderPart[] {
  let room = SHOWN;
  return parts.flatMap((part) => {
    const own = part.own.slice(0, room);
    const others = part.others.slice(0, room - own.length);
    room -= own.length + others.length;
    return own.length + others.length > 0 ? [{ ...part, own, others }] : [];
  });
}

function partBlocks({ programId, own, others }: ReminderPart, todayOn: string): KnownBlock[] {
  const place = { programId, todayOn };
  return [
    ...own.flatMap((item) => itemBlocks(item, place, 'owner')),
    ...(others.length > 0
      ? [section(mrkdwn`*Reminded three times without an answer.* You lead the program, so this comes to you.`)]
      : []),
    ...others.flatMap((item) => itemBlocks(item, place, 'lead')),
  ];
}

function itemBlocks(
  { defect, reason }: ReminderItem<RemindedDefect>,
  { programId, todayOn }: { programId: number; todayOn: string },
  reader: 'owner' | 'lead',
): KnownBlock[] {
  const title = cleanLine(defect.title, TITLE);
  const owner = reader === 'lead' && defect.ownerId ? mrkdwn`\nOwner: ${mention(defect.ownerId)}` : mrkdwn``;
  const why = 'why' in reason ? mrkdwn`\n${cutText(reason.why, 400)}` : mrkdwn``;
  return [
    section(
      joinMrkdwn([
        mrkdwn`*${defectKey(defect.number)}*  ${title}`,
        mrkdwn`${reasonTitle(reason, todayOn)}.${why}${owner}`,
      ]),
    ),
    actions(`reminder_${defect.id}`, buttonsFor(defect, reason, programId, reader)),
  ];
}

function reasonTitle(reason: ReminderReason, todayOn: string): string {
  switch (reason.kind) {
    case 'failed':
      return 'The fix did not hold';
    case 'regressed':
      return 'It came back after it was proven';
    case 'overdue':
      return `It was due ${agoWords(reason.days)}, on ${dayWords(reason.dueOn, todayOn)}`;
    case 'stalled':
      return 'The proof has stalled';
    case 'question':
      return `A question about it has waited for your answer for ${counted(reason.days, 'day')}`;
    case 'due_soon':
      return reason.dueOn === todayOn ? 'It is due today' : `It is due ${dayWords(reason.dueOn, todayOn)}`;
  }
}

/** The likeliest next step first; only what the state allows. */
function buttonsFor(
  defect: RemindedDefect,
  reason: ReminderReason,
  programId: number,
  reader: 'owner' | 'lead',
): ActionsBlockElement[] {
  const key = defectKey(defect.number);
  const value = defectRefValue({ programId, number: defect.number });
  const claim = button(ACTIONS.claim, 'Claim fix', value, { style: 'primary', spoken: `Claim a fix of ${key}` });
  const date = button(ACTIONS.changeDue, 'Change date', value, { spoken: `Change the due date of ${key}` });
  const snooze = button(ACTIONS.snooze, 'Snooze', value, { spoken: `Snooze reminders of ${key}` });
  const recommit = button(ACTIONS.recommit, 'Recommit', value, { style: 'primary', spoken: `Recommit to ${key}` });
  if (reason.kind === 'question') {
    const answer = button(ACTIONS.answerQuestion, 'Answer', value, { style: 'primary', spoken: `Answer about ${key}` });
    return [answer, snooze];
  }
  if (reader === 'lead') {
    return [recommit, button(ACTIONS.showDefect, 'Show', value, { spoken: `Show ${key}` }), snooze];
  }
  if (reason.kind === 'stalled') return [recommit, snooze];
  return [claim, date, snooze];
}
