import type { KnownBlock } from '@slack/types';
import { cutText } from '../../domain/text/clean-text.ts';
import { type Mrkdwn, mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message, message, section } from '../kit/parts.ts';
import { type NamedProgram, programLink } from '../kit/program-link.ts';
import { counted } from '../kit/words.ts';
import { type DirectItem, directItem, spokenItem } from './direct-item.ts';

/** What waits for somebody in one program; the lead's items are what others did not answer three reminders about. */
export type ReminderPart = { program: NamedProgram; items: readonly DirectItem[] };

export type Reminder = {
  todayOn: string;
  parts: readonly ReminderPart[];
  /** The first reminder of all explains how they work. */
  isFirst: boolean;
  /** A newer message has the buttons. */
  isRetired: boolean;
};

const SHOWN = 8;

/** The one direct message of a day, with everything in it that waits for this person, and what became of it since. */
export function reminderMessage({ todayOn, parts, isFirst, isRetired }: Reminder): Message {
  const items = parts.flatMap((part) => part.items);
  const waiting = items.filter(({ became }) => became.kind === 'waits');
  const { spoken: heading, shown: shownHeading } = headingOf(parts, waiting.length);
  const shown = clipParts(parts);
  const left = items.length - shown.reduce((sum, part) => sum + part.items.length, 0);
  const spoken = waiting.slice(0, SHOWN).map((item) => spokenItem(item, todayOn));
  return message([heading, spoken.join('; ')].filter(Boolean).join(' '), [
    section(mrkdwn`*${shownHeading}*`),
    ...shown.flatMap((part) => [
      ...(parts.length > 1 ? [section(mrkdwn`*${programLink(part.program)}*`)] : []),
      ...partBlocks(part, todayOn, !isRetired),
    ]),
    ...(left > 0 ? [context(mrkdwn`and ${left} more. \`/defect list mine\` shows them all.`)] : []),
    ...(isRetired && waiting.length > 0 ? [context(mrkdwn`The buttons are in a newer message of mine.`)] : []),
    ...(isFirst
      ? [
          context(
            mrkdwn`You get one such message a day at most, and none on a day off. Whatever you do about a defect stops its reminders for a week.`,
          ),
        ]
      : []),
  ]);
}

/** "2 defects in #eng-stability wait for you." In a notification the program is called by its name. */
function headingOf(parts: readonly ReminderPart[], waiting: number): { spoken: string; shown: Mrkdwn } {
  if (waiting === 0) {
    const nothing = 'Nothing of this waits for you any more.';
    return { spoken: nothing, shown: mrkdwn`${nothing}` };
  }
  const [only] = parts.length === 1 ? parts : [];
  const what = counted(waiting, 'defect');
  const wait = waiting === 1 ? 'waits for you.' : 'wait for you.';
  const all = `${parts.length} programs`;
  return {
    spoken: `${what} in ${only ? cutText(only.program.name, 80) : all} ${wait}`,
    shown: mrkdwn`${what} in ${only ? programLink(only.program) : all} ${wait}`,
  };
}

/** As many of the first as a message can show. */
function clipParts(parts: readonly ReminderPart[]): ReminderPart[] {
  let room = SHOWN;
  return parts.flatMap((part) => {
    const items = part.items.slice(0, room);
    room -= items.length;
    return items.length > 0 ? [{ ...part, items }] : [];
  });
}

function partBlocks({ items }: ReminderPart, todayOn: string, hasButtons: boolean): KnownBlock[] {
  const own = items.filter(({ reader }) => reader === 'owner');
  const others = items.filter(({ reader }) => reader === 'lead');
  return [
    ...own.flatMap((item) => directItem(item, todayOn, hasButtons)),
    ...(others.length > 0
      ? [
          section(
            mrkdwn`*${others.length === 1 ? 'Its owner' : 'Their owners'} did not answer three reminders.* You lead the program, so it is for you to decide.`,
          ),
        ]
      : []),
    ...others.flatMap((item) => directItem(item, todayOn, hasButtons)),
  ];
}
