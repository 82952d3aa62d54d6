import { setArchived } from '../channels/archive.ts';
import { channelPayload } from '../channels/channel-payload.ts';
import { leaveChannel } from '../channels/membership.ts';
import { renameChannel } from '../channels/rename.ts';
import type { Engine } from '../engine/engine.ts';
import { limits } from '../rules/limits.ts';
import type { Channel } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { findChannel } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';

function ownChannel(engine: Engine, args: Args): Channel {
  const channel = findChannel(engine, args.string('channel'));
  if (channel.kind === 'im' || channel.kind === 'mpim') throw new ApiError('method_not_supported_for_channel_type');
  if (!channel.members.has(engine.state.app.botUserId)) throw new ApiError('not_in_channel');
  return channel;
}

const isGeneral = (channel: Channel) => channel.name === 'general';

function archive(engine: Engine, args: Args): Answer {
  const channel = ownChannel(engine, args);
  if (isGeneral(channel)) throw new ApiError('cant_archive_general');
  if (channel.archived) throw new ApiError('already_archived');
  setArchived(engine, channel, engine.state.app.botUserId, true);
  return {};
}

function unarchive(engine: Engine, args: Args): Answer {
  const channel = ownChannel(engine, args);
  if (!channel.archived) throw new ApiError('not_archived');
  setArchived(engine, channel, engine.state.app.botUserId, false);
  return {};
}

function leave(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel'));
  if (channel.kind === 'im' || channel.kind === 'mpim') throw new ApiError('method_not_supported_for_channel_type');
  if (isGeneral(channel)) throw new ApiError('cant_leave_general');
  const { botUserId } = engine.state.app;
  if (!channel.members.has(botUserId)) return { not_in_channel: true };
  leaveChannel(engine, channel, botUserId);
  return {};
}

function kick(engine: Engine, args: Args): Answer {
  const channel = ownChannel(engine, args);
  const user = args.required('user');
  if (!engine.state.users.has(user)) throw new ApiError('user_not_found');
  if (user === engine.state.app.botUserId) throw new ApiError('cant_kick_self');
  if (isGeneral(channel)) throw new ApiError('cant_kick_from_general');
  if (!channel.members.has(user)) throw new ApiError('not_in_channel');
  leaveChannel(engine, channel, user, engine.state.app.botUserId);
  return {};
}

function rename(engine: Engine, args: Args): Answer {
  const channel = ownChannel(engine, args);
  const name = args.required('name');
  if (name.length > 80 || !/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new ApiError('invalid_name_specials');
  const namesake = engine.state.channelByNameOrId(name);
  if (namesake && namesake !== channel) throw new ApiError('name_taken');
  renameChannel(engine, channel, name);
  return { channel: channelPayload(engine, channel) };
}

function describe(what: 'topic' | 'purpose') {
  return (engine: Engine, args: Args): Answer => {
    const channel = findChannel(engine, args.string('channel'));
    if (channel.kind === 'im') throw new ApiError('method_not_supported_for_channel_type');
    if (!channel.members.has(engine.state.app.botUserId)) throw new ApiError('not_in_channel');
    const text = args.text(what) ?? '';
    if (text.length > limits.channelDescription.value) throw new ApiError('too_long');
    channel[what] = text;
    engine.changed({ kind: 'channel', channel: channel.id });
    return { channel: channelPayload(engine, channel) };
  };
}

function close(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel'));
  if (channel.kind !== 'im' && channel.kind !== 'mpim') throw new ApiError('method_not_supported_for_channel_type');
  return {};
}

function mark(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel'));
  const { botUserId } = engine.state.app;
  if (!channel.members.has(botUserId)) throw new ApiError('not_in_channel');
  if (!/^\d{10}\.\d{6}$/.test(args.required('ts'))) throw new ApiError('invalid_timestamp');
  const read = engine.state.read.get(botUserId) ?? new Map<string, string>();
  engine.state.read.set(botUserId, read.set(channel.id, args.required('ts')));
  return {};
}

export const channelChangeMethods: Handlers = {
  'conversations.archive': archive,
  'conversations.close': close,
  'conversations.kick': kick,
  'conversations.leave': leave,
  'conversations.mark': mark,
  'conversations.rename': rename,
  'conversations.setPurpose': describe('purpose'),
  'conversations.setTopic': describe('topic'),
  'conversations.unarchive': unarchive,
};
