import { prepareAttachments, prepareBlocks } from '../blocks/prepare-blocks.ts';
import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import type { Channel, Message } from '../state/model.ts';
import { announceLinks } from '../unfurls/announce-links.ts';
import { emitMetadataEvent } from './emit-metadata.ts';
import { channelType, messagePayload } from './message-payload.ts';

export type NewMessage = Pick<Message, 'user' | 'text'> &
  Partial<Omit<Message, 'channel' | 'ts' | 'replyCount' | 'replyUsers' | 'reactions'>>;

const SUBSCRIPTIONS = {
  public: 'message.channels',
  private: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
} as const;

/** Sends a `message` event, if the bot is in the channel to hear it. */
export function emitMessageEvent(engine: Engine, channel: Channel, event: { [key: string]: unknown }): void {
  if (!channel.members.has(engine.state.app.botUserId)) return;
  emitEvent(engine, SUBSCRIPTIONS[channel.kind], {
    type: 'message',
    ...event,
    channel: channel.id,
    channel_type: channelType(channel),
  });
}

function emitMention(engine: Engine, channel: Channel, message: Message, payload: { [key: string]: unknown }): void {
  const { botUserId } = engine.state.app;
  if (channel.kind === 'im' || message.user === botUserId || !channel.members.has(botUserId)) return;
  if (!message.text.includes(`<@${botUserId}>`) && !message.text.includes(`<@${botUserId}|`)) return;
  const team = engine.state.team.id;
  emitEvent(engine, 'app_mention', {
    ...payload,
    team,
    type: 'app_mention',
    channel: channel.id,
    event_ts: message.ts,
  });
}

/** The thread root a reply belongs to: replying to a reply means replying to its parent. */
export function threadRoot(engine: Engine, channel: string, threadTs: string): Message | undefined {
  const target = engine.state.message({ channel, ts: threadTs });
  if (!target?.threadTs || target.threadTs === target.ts) return target;
  return engine.state.message({ channel, ts: target.threadTs });
}

const uuid = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Whether a person wrote it, rather than an app, or Slack about somebody. */
function isTyped(engine: Engine, { user, botId, subtype, ephemeralTo }: NewMessage): boolean {
  const isSlack = user === 'USLACKBOT' || engine.state.users.get(user)?.isBot === true;
  return botId === undefined && subtype === undefined && ephemeralTo === undefined && !isSlack;
}

/** Puts a message into a channel (or before one person's eyes) and tells whoever listens. */
export function addMessage(
  engine: Engine,
  channel: Channel,
  draft: NewMessage,
  { announced = true }: { announced?: boolean } = {},
): Message {
  const message: Message = {
    ...draft,
    channel: channel.id,
    ts: engine.state.nextTs(engine.clock.now()),
    replyCount: 0,
    replyUsers: [],
    reactions: [],
    files: draft.files ?? [],
  };
  if (draft.blocks) message.blocks = prepareBlocks(draft.blocks, engine.ids);
  if (isTyped(engine, draft))
    message.typed = { blockId: engine.ids.secret(5), clientMsgId: uuid(engine.ids.secret(32)) };
  if (draft.attachments) message.attachments = prepareAttachments(draft.attachments, engine.ids);
  engine.state.log(channel.id).add(message);
  if (message.botId) endStatus(engine, message);
  if (message.threadTs && !message.ephemeralTo) joinThread(engine, message);
  engine.changed({ kind: 'message', channel: channel.id, ts: message.ts });
  if (announced && !message.ephemeralTo) announce(engine, channel, message);
  return message;
}

function joinThread(engine: Engine, reply: Message): void {
  const parent = engine.state.message({ channel: reply.channel, ts: reply.threadTs ?? '' });
  if (!parent) return;
  parent.threadTs = parent.ts;
  parent.replyCount += 1;
  parent.latestReply = reply.ts;
  if (!parent.replyUsers.includes(reply.user)) parent.replyUsers.push(reply.user);
  engine.changed({ kind: 'message', channel: parent.channel, ts: parent.ts });
}

function announce(engine: Engine, channel: Channel, message: Message): void {
  const payload = messagePayload(engine, message);
  if (message.files.length > 0 && !message.subtype) payload.subtype ??= 'file_share';
  emitMessageEvent(engine, channel, { ...payload, event_ts: message.ts });
  emitMention(engine, channel, message, payload);
  announceLinks(engine, channel, message);
  if (message.metadata) emitMetadataEvent(engine, channel, message, 'message_metadata_posted');
}

/** What the app said it was doing in a thread is over once it posts there. */
function endStatus(engine: Engine, message: Message): void {
  const root = engine.state.message({ channel: message.channel, ts: message.threadTs ?? '' });
  if (root?.thread?.status === undefined || message.ephemeralTo) return;
  root.thread = { ...root.thread, status: undefined };
}
