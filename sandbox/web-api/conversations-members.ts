import { channelPayload } from '../channels/channel-payload.ts';
import { inviteToChannel, joinChannel, obstacleFor } from '../channels/membership.ts';
import { newChannel } from '../channels/new-channel.ts';
import type { Engine } from '../engine/engine.ts';
import type { Channel } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { findChannel } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';

function join(engine: Engine, args: Args): Answer {
  const { botUserId } = engine.state.app;
  const channel = findChannel(engine, args.string('channel'));
  if (channel.kind !== 'public') throw new ApiError('method_not_supported_for_channel_type');
  if (channel.archived) throw new ApiError('is_archived');
  const already = channel.members.has(botUserId);
  joinChannel(engine, channel, botUserId);
  const note = { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } };
  return { channel: channelPayload(engine, channel), ...(already ? note : {}) };
}

function requireInvitable(engine: Engine, channel: Channel, user: string): void {
  const found = engine.state.users.get(user);
  if (!found || found.deleted) throw new ApiError('user_not_found');
  if (user === engine.state.app.botUserId) throw new ApiError('cant_invite_self');
  if (channel.members.has(user)) throw new ApiError('already_in_channel');
  const obstacle = obstacleFor(engine, channel, found);
  if (obstacle) throw new ApiError(obstacle.code);
}

function invite(engine: Engine, args: Args): Answer {
  const { botUserId } = engine.state.app;
  const channel = findChannel(engine, args.string('channel'));
  if (channel.kind === 'im' || channel.kind === 'mpim') throw new ApiError('method_not_supported_for_channel_type');
  if (channel.archived) throw new ApiError('is_archived');
  if (!channel.members.has(botUserId)) throw new ApiError('not_in_channel');
  const users = args.list('users') ?? [];
  if (users.length === 0) throw new ApiError('no_user');
  for (const user of users) requireInvitable(engine, channel, user);
  for (const user of users) inviteToChannel(engine, channel, botUserId, user);
  return { channel: channelPayload(engine, channel) };
}

function create(engine: Engine, args: Args): Answer {
  const { state } = engine;
  const name = args.required('name');
  const isPrivate = args.boolean('is_private') ?? false;
  const needed = isPrivate ? ['groups:write'] : ['channels:manage', 'channels:write'];
  if (!needed.some((scope) => state.app.scopes.includes(scope)))
    throw new ApiError('missing_scope', { needed: needed.join(','), provided: state.app.scopes.join(',') });
  if (name.length > 80 || !/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new ApiError('invalid_name_specials');
  if (state.channelByNameOrId(name)) throw new ApiError('name_taken');
  const channel = newChannel({
    id: engine.ids.id('C'),
    kind: isPrivate ? 'private' : 'public',
    name,
    members: [state.app.botUserId],
    creator: state.app.botUserId,
    createdAt: engine.clock.now(),
  });
  state.addChannel(channel);
  engine.changed({ kind: 'channel', channel: channel.id });
  return { channel: channelPayload(engine, channel) };
}

export const membershipMethods: Handlers = {
  'conversations.join': join,
  'conversations.invite': invite,
  'conversations.create': create,
};
