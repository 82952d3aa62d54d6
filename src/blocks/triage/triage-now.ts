import { ACTIONS } from '../kit/ids.ts';
import { channelLink, link, mrkdwn } from '../kit/mrkdwn.ts';
import { actions, button, type Message, message, section } from '../kit/parts.ts';
import { counted, momentWords } from '../kit/words.ts';

/** Asked before a triage is opened ahead of its day. */
export function askToOpen(asked: {
  programId: number;
  channelId: string;
  timeZone: string;
  items: number;
  nextAt: Date | null;
}): Message {
  const { programId, channelId, timeZone, items, nextAt } = asked;
  const next = nextAt ? ` The next one comes by itself ${momentWords(nextAt, timeZone)}.` : '';
  if (items === 0) {
    const words = `Nothing waits for a decision.${next}`;
    return message(words, [section(mrkdwn`${words}`)]);
  }
  const question = `Open a triage now, with ${counted(items, 'item')}?`;
  return message(question, [
    section(mrkdwn`${question} It goes to ${channelLink(channelId)}, and you facilitate it.${next}`),
    actions('triage_now', [button(ACTIONS.openTriage, 'Open triage', String(programId), { style: 'primary' })]),
  ]);
}

/** Leads to the thread that is open already. */
export function triageIsOpen(triage: {
  channelId: string;
  timeZone: string;
  openedAt: Date;
  items: number;
  decided: number;
  link: string | null;
}): Message {
  const { channelId, timeZone, openedAt, items, decided } = triage;
  const since = `Triage has been open since ${momentWords(openedAt, timeZone)}: ${decided} of ${items} decided.`;
  const where = triage.link ? link(triage.link, 'Go to the thread') : mrkdwn`It is in ${channelLink(channelId)}.`;
  return message(since, [section(mrkdwn`${since} ${where}`)]);
}
