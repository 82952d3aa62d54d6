import type { Engine } from '../engine/engine.ts';
import { changeMessage, deleteMessage, type MessageChange } from '../messages/change-message.ts';
import { messagePayload } from '../messages/message-payload.ts';
import { limits } from '../rules/limits.ts';
import type { Channel, Message } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { findChannel } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';
import { readContent } from './read-content.ts';

function ownMessage(engine: Engine, args: Args, refusal: string): { channel: Channel; message: Message } {
  const channel = findChannel(engine, args.string('channel'));
  const message = engine.state.message({ channel: channel.id, ts: args.required('ts') });
  if (!message || message.ephemeralTo) throw new ApiError('message_not_found');
  if (message.botId !== engine.state.app.botId) throw new ApiError(refusal);
  return { channel, message };
}

function update(engine: Engine, args: Args): Answer {
  const { channel, message } = ownMessage(engine, args, 'cant_update_message');
  const age = engine.clock.now() - Number(message.ts) * 1000;
  if (engine.editWindowMs !== undefined && age > engine.editWindowMs) throw new ApiError('edit_window_closed');
  if ((args.text('text') ?? '').length > limits.updateTextMax.value) throw new ApiError('msg_too_long');
  const content = readContent(engine, args);
  const change: MessageChange = { text: content.text, textless: content.textless };
  // A text alone replaces the blocks; blocks alone leave no text behind.
  change.blocks = content.blocks;
  if (args.has('attachments') || content.blocks || content.hasText) change.attachments = content.attachments;
  if (content.dropsMetadata) change.metadata = undefined;
  else if (content.metadata) change.metadata = content.metadata;
  changeMessage(engine, message, change, engine.state.app.botUserId);
  return { channel: channel.id, ts: message.ts, text: message.text, message: messagePayload(engine, message) };
}

function remove(engine: Engine, args: Args): Answer {
  const { channel, message } = ownMessage(engine, args, 'cant_delete_message');
  deleteMessage(engine, message);
  return { channel: channel.id, ts: message.ts };
}

function getPermalink(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel'));
  const message = engine.state.message({ channel: channel.id, ts: args.required('message_ts') });
  if (!message || message.ephemeralTo) throw new ApiError('message_not_found');
  return { channel: channel.id, permalink: permalink(engine, message) };
}

export function permalink(engine: Engine, message: Message): string {
  const link = `${engine.origin}/archives/${message.channel}/p${message.ts.replace('.', '')}`;
  const isReply = message.threadTs && message.threadTs !== message.ts;
  return isReply ? `${link}?thread_ts=${message.threadTs}&cid=${message.channel}` : link;
}

export const changingMethods: Handlers = {
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};
