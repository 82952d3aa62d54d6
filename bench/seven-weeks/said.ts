import type { Sandbox } from '../../sandbox/engine/sandbox.ts';
import type { Message } from '../../sandbox/state/model.ts';

export const CHANNEL = '#eng-stability';

/** Everything that a message or a view shows, as one text: buttons are between brackets. */
export function shownText({ text = '', blocks }: { text?: string; blocks?: unknown }): string {
  const parts = partsOf(blocks ?? []);
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

/** The cells of the table that a message has, row by row. */
export function tableIn({ blocks = [] }: Pick<Message, 'blocks'>): string[][] | undefined {
  const table = blocks.find(({ type }) => type === 'table') as { rows?: { text?: string }[][] } | undefined;
  return table?.rows?.map((row) => row.map(({ text = '' }) => text));
}

export function keyOf({ channel, ts }: Message): string {
  return `${channel}:${ts}`;
}

/** A parent with replies carries its own ts, as in Slack. */
export function isPost({ threadTs, ts }: Message): boolean {
  return threadTs === undefined || threadTs === ts;
}

export function repliesTo(parent: Message, all: readonly Message[]): Message[] {
  return all.filter(({ threadTs, ts }) => threadTs === parent.ts && ts !== parent.ts);
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
