import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message, message, section } from '../kit/parts.ts';
import { counted } from '../kit/words.ts';
import { type DirectItem, directItem } from './direct-item.ts';

const TITLE = 120;

/** To somebody who has just become the owner: what is expected, by when, how the fix will be judged. */
export function ownershipMessage(given: {
  by: string | null;
  /** The tracker in which the tickets were assigned, where it was done there. */
  place?: string | undefined;
  items: readonly DirectItem[];
  todayOn: string;
  isRetired: boolean;
}): Message {
  const { by, place, items, todayOn, isRetired } = given;
  const [only] = items;
  const what = items.length === 1 && only ? defectKey(only.ref.number) : counted(items.length, 'defect');
  const spoken = items.map(({ ref, title }) => `${defectKey(ref.number)} ${cleanLine(title, TITLE)}`).join('; ');
  return message(items.length === 1 ? `${spoken} is yours now.` : `${what} are yours now: ${spoken}`, [
    section(
      place === undefined
        ? mrkdwn`${whoWords(by)} made you the owner of *${what}*.`
        : mrkdwn`${whoWords(by)} assigned you ${items.length === 1 ? 'its ticket' : 'their tickets'} in ${place}, so you own *${what}* now.`,
    ),
    ...items.slice(0, 12).flatMap((item) => directItem(item, todayOn, !isRetired)),
    ...(isRetired && items.some(({ became }) => became.kind === 'waits')
      ? [context(mrkdwn`The buttons are in a newer message of mine.`)]
      : []),
  ]);
}

function whoWords(by: string | null): Mrkdwn {
  return by === null ? mrkdwn`Somebody` : mention(by);
}

/** To somebody who owns it no more. */
export function formerOwnerMessage(given: {
  number: number;
  title: string;
  by: string | null;
  place?: string | undefined;
  to: string | null;
}): Message {
  const key = defectKey(given.number);
  const who = whoWords(given.by);
  const gave: Mrkdwn = given.to ? mrkdwn`${who} gave it to ${mention(given.to)}` : mrkdwn`${who} took it from you`;
  const whose =
    given.place && given.to ? mrkdwn`${who} assigned its ticket in ${given.place} to ${mention(given.to)}` : gave;
  return message(`${key} is not yours any more.`, [
    section(mrkdwn`*${key}*  ${cleanLine(given.title, TITLE)}\nYou do not own it any more: ${whose}.`),
  ]);
}

/** To whoever has just named an owner. */
export function assignedNote(given: { number: number; title: string; ownerId: string; by: string }): Message {
  const key = defectKey(given.number);
  const told = given.ownerId === given.by ? mrkdwn`` : mrkdwn` ${mention(given.ownerId)} has been told.`;
  return message(`${key} has its owner.`, [
    section(mrkdwn`${mention(given.ownerId)} owns *${key}* ${cleanLine(given.title, TITLE)} now.${told}`),
  ]);
}
