import type { WebClient } from '@slack/web-api';
import type { SentMessage } from '../db/messages/outbox.ts';
import type { ClaimedMessage } from '../db/messages/outbox-claims.ts';
import { METADATA_EVENT } from './send-message.ts';

// Slack stamps messages with its own clock, ours may be off.
const CLOCK_MARGIN_MS = 3_600_000;
const PAGE = 200;

type Page = {
  messages?: { ts?: string; metadata?: { event_type?: string; event_payload?: unknown } }[];
  has_more?: boolean;
  response_metadata?: { next_cursor?: string };
};

/** What a look came to: the post, a place from which to look on, or nothing: it is not there. */
export type Looked = { sent: SentMessage } | { cursor: string } | null;

/**
 * Looks through the channel, or the thread, for a post of ours that we do not know of, by the key in its metadata: all of
 * it, or one page from `cursor` on where pages are scarce. Throws what the client throws.
 */
export async function findOwnMessage(
  client: WebClient,
  message: ClaimedMessage,
  scarce?: { cursor: string | undefined },
): Promise<Looked> {
  const channel = await conversationOf(client, message);
  const threadTs = message.anchor?.sent?.ts ?? message.threadTs;
  let cursor = scarce?.cursor;
  do {
    const options = {
      channel,
      oldest: String((message.createdAt.getTime() - CLOCK_MARGIN_MS) / 1_000),
      include_all_metadata: true,
      limit: PAGE,
      ...(cursor ? { cursor } : {}),
    };
    const page: Page = threadTs
      ? await client.conversations.replies({ ...options, ts: threadTs })
      : await client.conversations.history(options);
    const found = page.messages?.find(({ metadata }) => isMarked(metadata, message.dedupeKey));
    if (found?.ts) return { sent: { channel, ts: found.ts } };
    cursor = page.response_metadata?.next_cursor;
    if (cursor && scarce) return { cursor };
  } while (cursor);
  return null;
}

function isMarked(metadata: { event_type?: string; event_payload?: unknown } | undefined, key: string): boolean {
  const payload = metadata?.event_payload as { key?: unknown } | undefined;
  return metadata?.event_type === METADATA_EVENT && payload?.key === key;
}

// The history of a direct message is asked for by its conversation, which opening again only names.
async function conversationOf(client: WebClient, message: ClaimedMessage): Promise<string> {
  const channel = message.anchor?.sent?.channel ?? message.channel;
  if (!/^[UW]/.test(channel)) return channel;
  const opened = await client.conversations.open({ users: channel });
  if (!opened.channel?.id) throw new Error('conversations.open answered without naming the conversation.');
  return opened.channel.id;
}
