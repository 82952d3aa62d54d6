import { cleanLine } from '../../domain/text/clean-text.ts';
import { defectKey } from '../../domain/vocabulary.ts';
import { type Mrkdwn, mention, mrkdwn } from '../kit/mrkdwn.ts';
import { context, type Message, message, section } from '../kit/parts.ts';
import { counted } from '../kit/words.ts';
import { type DirectItem, directItem } from './direct-item.ts';

const TITLE = 120;

/** To somebody who has just become the owner: what is expected, by when, how the fix will be judged. */
export function ownershipMessage(given: {
  by: string;
  items: readonly DirectItem[];
  todayOn: string;
  isRetired: boolean;
}): Message {
  const { by, items, todayOn, isRetired } = given;
  const [only] = items;
  const what = items.length === 1 && only ? defectKey(only.ref.number) : counted(items.length, 'defect');
  const spoken = items.map(({ ref, title }) => `${defectKey(ref.number)} ${cleanLine(title, TITLE)}`).join('; ');
  return message(items.length === 1 ? `${spoken} is yours now.` : `${what} are yours now: ${spoken}`, [
    section(mrkdwn`${mention(by)} made you the owner of *${what}*.`),
    ...items.slice(0, 12).flatMap((item) => directItem(item, todayOn, !isRetired)),
    ...(isRetired && items.some(({ became }) => became.kind === 'waits')
      ? [context(mrkdwn`The buttons are in a newer message of mine.`)]
      : []),
  ]);
}

/** To somebody who owns it no more. */
export function formerOwnerMessage(given: { number: number; title: string; by: string; to: string | null }): Message {
  const key = defectKey(given.number);
  const whose: Mrkdwn = given.to
    ? mrkdwn`${mention(given.by)} gave it to ${mention(given.to)}`
    : mrkdwn`${mention(given.by)} took it from you`;
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
