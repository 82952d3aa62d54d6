import { mrkdwn } from '../kit/mrkdwn.ts';
import { type Message, message, section } from '../kit/parts.ts';
import { momentWords } from '../kit/words.ts';

/** Tells a lead that the clock of the host is wrong, and that nothing goes by it. */
export function wrongClockNotice(wrong: { hostSaid: Date; itWas: Date; timeZone: string }): Message {
  const [said, was] = [momentWords(wrong.hostSaid, wrong.timeZone), momentWords(wrong.itWas, wrong.timeZone)];
  const year = wrong.hostSaid.getUTCFullYear();
  const words = `The clock of the host I run on is wrong: it said ${said} (${year}) when it was ${was}. I go by Slack's time, so nothing is skipped. Ask whoever runs me to set it right.`;
  return message(words, [section(mrkdwn`${words}`)]);
}
