import type { Message } from '../../sandbox/model.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

export const CHANNEL = '#eng-stability';

/** Everything that a message shows, as one text: buttons are between brackets. */
export function shownText({ text, blocks }: Pick<Message, 'text' | 'blocks'>): string {
  const parts = (blocks ?? []).flatMap(partsOf);
  return parts.length > 0 ? parts.join('\n') : text;
}

function partsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (value === null || typeof value !== 'object') return [];
  const node = value as Record<string, unknown>;
  if (node.type === 'button') return partsOf(node.text).map((label) => `[${label}]`);
  if (typeof node.text === 'string') return [node.text];
  return Object.entries(node).flatMap(([key, inner]) => (key === 'confirm' ? [] : partsOf(inner)));
}

/** What the bot has said that stands now: in the channel, its threads, and to each person. */
export type Standing = { inChannel: Message[]; direct: { userId: string; message: Message }[] };

export function standing(sandbox: Sandbox): Standing {
  const isBot = ({ botId, ephemeralTo }: Message) => botId !== undefined && ephemeralTo === undefined;
  const [reader] = sandbox.people();
  const posts = reader?.messages(CHANNEL) ?? [];
  const replies = posts.flatMap(({ ts, replyCount }) =>
    replyCount > 0 ? (reader?.messages(CHANNEL, { thread: ts }) ?? []) : [],
  );
  const inChannel = [...posts, ...replies.filter(({ ts, threadTs }) => ts !== threadTs)].filter(isBot);
  const direct = sandbox.people().flatMap((person) =>
    person
      .messages(sandbox.app.name)
      .filter(isBot)
      .map((message) => ({ userId: person.id, message })),
  );
  return { inChannel, direct };
}
