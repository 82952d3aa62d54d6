import { channelPayload } from '../channels/channel-payload.ts';
import { newChannel } from '../channels/new-channel.ts';
import { openDirect } from '../channels/open-direct.ts';
import type { Engine } from '../engine/engine.ts';
import { sharesChannel } from '../people/user-payload.ts';
import { limits } from '../rules/limits.ts';
import type { Channel } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { findChannel } from './find-channel.ts';
import type { Answer, Handlers } from './method.ts';
import { pageOf } from './paginate.ts';

const SCOPE_OF_TYPE: { [type: string]: string } = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
};

const TYPE_OF_KIND = { public: 'public_channel', private: 'private_channel', im: 'im', mpim: 'mpim' } as const;

function requireScope(engine: Engine, needed: string | undefined): void {
  const { scopes } = engine.state.app;
  if (needed && !scopes.includes(needed)) throw new ApiError('missing_scope', { needed, provided: scopes.join(',') });
}

function wantedTypes(engine: Engine, args: Args): Set<string> {
  const types = args.list('types') ?? ['public_channel'];
  for (const type of types) {
    if (!(type in SCOPE_OF_TYPE)) throw new ApiError('invalid_types');
    requireScope(engine, SCOPE_OF_TYPE[type]);
  }
  return new Set(types);
}

function listChannels(engine: Engine, args: Args, of: (members: Set<string>, kind: string) => boolean): Answer {
  const types = wantedTypes(engine, args);
  const channels = [...engine.state.channels.values()].filter(
    (channel) =>
      types.has(TYPE_OF_KIND[channel.kind]) &&
      of(channel.members, channel.kind) &&
      !(channel.archived && args.boolean('exclude_archived')),
  );
  const { page, response_metadata } = pageOf(channels, args);
  return { channels: page.map((channel) => channelPayload(engine, channel)), response_metadata };
}

function list(engine: Engine, args: Args): Answer {
  const bot = engine.state.app.botUserId;
  return listChannels(engine, args, (members, kind) => kind === 'public' || members.has(bot));
}

function ofUser(engine: Engine, args: Args): Answer {
  const bot = engine.state.app.botUserId;
  const user = args.string('user') ?? bot;
  if (!engine.state.users.has(user)) throw new ApiError('user_not_found');
  return listChannels(engine, args, (members, kind) => members.has(user) && (kind === 'public' || members.has(bot)));
}

function info(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel'));
  requireScope(engine, SCOPE_OF_TYPE[TYPE_OF_KIND[channel.kind]]);
  const members = args.boolean('include_num_members') ? { num_members: channel.members.size } : {};
  return { channel: { ...channelPayload(engine, channel), ...members } };
}

function members(engine: Engine, args: Args): Answer {
  const channel = findChannel(engine, args.string('channel'));
  requireScope(engine, SCOPE_OF_TYPE[TYPE_OF_KIND[channel.kind]]);
  const limit = args.number('limit') ?? 0;
  if (limit < 0 || !Number.isInteger(limit)) throw new ApiError('invalid_limit');
  const { page, response_metadata } = pageOf([...channel.members], args, limits.membersShortPages.value);
  return { members: page, response_metadata };
}

function open(engine: Engine, args: Args): Answer {
  const { state } = engine;
  const bot = state.app.botUserId;
  const given = args.string('channel');
  if (given) {
    const channel = findChannel(engine, given);
    if (channel.kind !== 'im' && channel.kind !== 'mpim') throw new ApiError('method_not_supported_for_channel_type');
    return { no_op: true, already_open: true, channel: { id: channel.id } };
  }
  const users = [...new Set(args.list('users') ?? [])].filter((id) => id !== bot);
  if (users.length === 0) throw new ApiError('users_list_not_supplied');
  if (users.length > 8) throw new ApiError('too_many_users');
  for (const id of users) {
    const user = state.users.get(id);
    if (!user) throw new ApiError('user_not_found');
    if (user.deleted) throw new ApiError('user_disabled');
    if (user.isExternal && !sharesChannel(engine, user)) throw new ApiError('invalid_user_combination');
  }
  const full = (channel: Parameters<typeof channelPayload>[1]) =>
    args.boolean('return_im') ? channelPayload(engine, channel) : { id: channel.id };
  if (users.length === 1) {
    requireScope(engine, 'im:write');
    const existing = state.directChannel(bot, users[0] as string);
    const channel = existing ?? openDirect(engine, bot, users[0] as string);
    return { ...(existing ? { no_op: true, already_open: true } : {}), channel: full(channel) };
  }
  requireScope(engine, 'mpim:write');
  const together = new Set([bot, ...users]);
  const isTheirs = ({ kind, members }: Channel) =>
    kind === 'mpim' && members.size === together.size && [...members].every((id) => together.has(id));
  const existing = [...state.channels.values()].find(isTheirs);
  if (existing) return { no_op: true, already_open: true, channel: full(existing) };
  const names = users.map((id) => state.users.get(id)?.name ?? id);
  const channel = newChannel({
    id: engine.ids.id('G'),
    kind: 'mpim',
    name: `mpdm-${names.join('--')}-1`,
    members: together,
    creator: bot,
    createdAt: engine.clock.now(),
  });
  state.addChannel(channel);
  engine.changed({ kind: 'channel', channel: channel.id });
  return { channel: full(channel) };
}

export const conversationMethods: Handlers = {
  'conversations.list': list,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.open': open,
  'users.conversations': ofUser,
};
