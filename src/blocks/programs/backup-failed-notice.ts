import { mrkdwn } from '../kit/mrkdwn.ts';
import { type Message, message, section } from '../kit/parts.ts';
import { dayWords } from '../kit/words.ts';

/** Tells a lead that the backup of a day is missing. Null where only the log says why. */
export function backupFailedNotice(on: string, why: string | null): Message {
  const words = `The backup of ${dayWords(on)} could not be written. ${why ?? 'The log says why.'} I try again every hour; the backups before it are still there. Tell whoever runs me.`;
  return message(words, [section(mrkdwn`${words}`)]);
}
