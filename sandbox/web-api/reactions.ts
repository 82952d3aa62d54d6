import type { Engine } from '../engine.ts';
import { toggleReaction } from '../messages/toggle-reaction.ts';
import type { Message } from '../model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { findChannel } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';

function target(engine: Engine, args: Args): { message: Message; name: string; mine: boolean } {
  const name = args.required('name').replaceAll(':', '');
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new ApiError('invalid_name');
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

export const reactionMethods: Handlers = { 'reactions.add': add, 'reactions.remove': remove };
