import type { KnownBlock, WebClient } from '@slack/web-api';
import type { SentMessage } from '../db/messages/outbox.ts';
import type { ClaimedMessage } from '../db/messages/outbox-claims.ts';

export const METADATA_EVENT = 'burndown_message';

/** The message that was to be answered is gone: Slack put the answer into the channel, from where it was taken away again. */
export class ThreadGone extends Error {}

/** Posts the message, or edits the one it is for, and tells where it stands. Throws what the client throws. */
export async function sendMessage(client: WebClient, message: ClaimedMessage): Promise<SentMessage> {
  const { text } = message.body;
  const blocks = message.body.blocks as KnownBlock[];
  const anchor = message.anchor?.sent;
  if (message.kind === 'update') {
    if (!anchor) throw new Error(`${message.dedupeKey} edits a message that is nowhere.`);
    await client.chat.update({ channel: anchor.channel, ts: anchor.ts, text, blocks });
    return anchor;
  }
  const threadTs = anchor?.ts ?? message.threadTs;
  const posted = await client.chat.postMessage({
    // The parent's own channel: a thread in a direct message has the id of the conversation, not of the person.
    channel: anchor?.channel ?? message.channel,
    text,
    blocks,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: METADATA_EVENT, event_payload: { key: message.dedupeKey } },
    ...(threadTs ? { thread_ts: threadTs } : {}),
  });
  if (!posted.channel || !posted.ts) throw new Error('chat.postMessage answered without telling where the message is.');
  if (threadTs && posted.message && !posted.message.thread_ts) {
    const stray = { channel: posted.channel, ts: posted.ts };
    await client.chat.delete(stray).catch(() => client.chat.delete(stray).catch(() => undefined));
    throw new ThreadGone(`The thread of ${message.dedupeKey} is gone.`);
  }
  return { channel: posted.channel, ts: posted.ts };
}
