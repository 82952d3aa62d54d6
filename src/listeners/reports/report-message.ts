import type { WebClient } from '@slack/web-api';
import { SHORTCUTS } from '../../blocks/kit/ids.ts';
import { messageAt, peopleNamedIn, plainWords, titleOfMessage } from '../../domain/reports/plain-words.ts';
import { DESCRIPTION_LIMIT, TITLE_LIMIT } from '../../domain/reports/report-draft.ts';
import { cleanLine, cleanText } from '../../domain/text/clean-text.ts';
import { onMessageShortcut, type ShortcutMessage } from '../../requests/listen/on-shortcut.ts';
import type { Deps } from '../deps.ts';
import { askSlack } from '../people/people.ts';
import { openReportForm } from './open-report-form.ts';

/** More names than this are not asked for: the form has to be open three seconds after the click. */
const MOST_NAMES = 5;

/** "Report as defect" on a message: the form with its words, its author, its link and its time. */
export function registerReportMessage(deps: Deps): void {
  onMessageShortcut(deps, SHORTCUTS.reportMessage, async (received, message, channelId) => {
    const { client } = received;
    const seenAt = messageAt(message.ts);
    const [link, nameOf] = await Promise.all([
      seenAt && permalinkOf(client, channelId, message.ts),
      namesOf(client, [message.userId, ...peopleNamedIn(message.text)]),
    ]);
    await openReportForm(deps, received, {
      prefill: {
        ...wordsOf(message, nameOf),
        ...(link ? { link } : {}),
        ...(seenAt ? { seenAt } : {}),
      },
      from: seenAt ? { channelId, ts: message.ts, threadTs: message.threadTs } : undefined,
    });
  });
}

type NameOf = (userId: string) => string | undefined;

function wordsOf({ text, userId }: ShortcutMessage, nameOf: NameOf) {
  const said = plainWords(text, nameOf);
  const author = userId ? `\n\nWritten by ${nameOf(userId) ?? 'somebody'}` : '';
  return {
    title: cleanLine(titleOfMessage(text, nameOf), TITLE_LIMIT),
    description: `${cleanText(said, DESCRIPTION_LIMIT - author.length)}${author}`,
  };
}

async function namesOf(client: WebClient, userIds: readonly string[]): Promise<NameOf> {
  const asked = [...new Set(userIds)].filter(Boolean).slice(0, MOST_NAMES);
  const told = await Promise.all(asked.map(async (id) => [id, (await askSlack(client, id))?.name] as const));
  const names = new Map(told);
  return (userId) => names.get(userId);
}

async function permalinkOf(client: WebClient, channel: string, ts: string): Promise<string | undefined> {
  const answered = await client.chat.getPermalink({ channel, message_ts: ts }).catch(() => undefined);
  return answered?.permalink;
}
