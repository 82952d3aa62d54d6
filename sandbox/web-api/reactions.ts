import type { Engine } from '../engine/engine.ts';
import { emojiGlyph } from '../messages/emoji.ts';
import { messagePayload } from '../messages/message-payload.ts';
import { toggleReaction } from '../messages/toggle-reaction.ts';
import { limits } from '../rules/limits.ts';
import type { Message } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { findChannel } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';
import { pageOf } from './paginate.ts';

function target(engine: Engine, args: Args): { message: Message; name: string; mine: boolean } {
  const name = args.required('name').replace(/^:|:$/g, '');
  if (emojiGlyph(name) === undefined) throw new ApiError(limits.reactionUnknown.value);
  const channel = findChannel(engine, args.string('channel'));
  if (channel.archived) throw new ApiError('is_archived');
  const message = engine.state.message({ channel: channel.id, ts: args.required('timestamp') });
  if (!message || message.ephemeralTo) throw new ApiError('message_not_found');
  const reaction = message.reactions.find((entry) => entry.name === name);
  return { message, name, mine: reaction?.users.includes(engine.state.app.botUserId) ?? false };
}

function add(engine: Engine, args: Args): Answer {
  const { message, name, mine } = target(engine, args);
  if (mine) throw new ApiError('already_reacted');
  toggleReaction(engine, message, engine.state.app.botUserId, name);
  return {};
}

function remove(engine: Engine, args: Args): Answer {
  const { message, name, mine } = target(engine, args);
  if (!mine) throw new ApiError('no_reaction');
  toggleReaction(engine, message, engine.state.app.botUserId, name);
  return {};
}

function reacted(engine: Engine, message: Message): Answer {
  return { type: 'message', channel: message.channel, message: messagePayload(engine, message) };
}

function get(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel'));
  const message = engine.state.message({ channel: channel.id, ts: args.required('timestamp') });
  if (!message || message.ephemeralTo) throw new ApiError('message_not_found');
  return reacted(engine, message);
}

function list(engine: Engine, args: Args): Answer {
  const user = args.string('user') ?? engine.state.app.botUserId;
  if (!engine.state.users.has(user)) throw new ApiError('user_not_found');
  const { botUserId } = engine.state.app;
  const seen = [...engine.state.channels.values()].filter(({ members }) => members.has(botUserId));
  const messages = seen.flatMap(({ id }) =>
    [...engine.state.log(id).newestFirst()].filter(({ reactions }) =>
      reactions.some(({ users }) => users.includes(user)),
    ),
  );
  const { page, response_metadata } = pageOf(messages, args);
  return { items: page.map((message) => reacted(engine, message)), response_metadata };
}

export const reactionMethods: Handlers = {
  'reactions.add': add,
  'reactions.get': get,
  'reactions.list': list,
  'reactions.remove': remove,
};
