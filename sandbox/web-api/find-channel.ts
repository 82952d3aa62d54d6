import { openDirect } from '../channels/open-direct.ts';
import type { Engine } from '../engine/engine.ts';
import { sharesChannel } from '../people/user-payload.ts';
import type { Channel } from '../state/model.ts';
import { ApiError } from './api-error.ts';

function isVisible(engine: Engine, channel: Channel): boolean {
  return channel.kind === 'public' || channel.members.has(engine.state.app.botUserId);
}

/** A channel that the bot may know of: private ones it is not in do not exist for it. */
export function findChannel(engine: Engine, id: string | undefined): Channel {
  const channel = id === undefined ? undefined : engine.state.channels.get(id);
  if (!channel || !isVisible(engine, channel)) throw new ApiError('channel_not_found');
  return channel;
}

/** Where a message is to go: a channel id or name, or a user's id for the DM with them. */
export function findTarget(engine: Engine, given: string | undefined): Channel {
  if (given === undefined) throw new ApiError('channel_not_found');
  const { state } = engine;
  const user = state.users.get(given);
  const isReachable = user && !(user.isExternal && !sharesChannel(engine, user));
  if (isReachable && user.id !== state.app.botUserId) return openDirect(engine, state.app.botUserId, user.id);
  const channel = state.channelByNameOrId(given);
  if (!channel || !isVisible(engine, channel)) throw new ApiError('channel_not_found');
  return channel;
}

/** Refuses what the bot may not post into. */
export function requirePostable(engine: Engine, channel: Channel): void {
  const { app } = engine.state;
  if (channel.archived) throw new ApiError('is_archived');
  if (channel.kind === 'im' && app.manifest.features?.app_home?.messages_tab_enabled === false)
    throw new ApiError('messages_tab_disabled');
  if (channel.members.has(app.botUserId)) return;
  if (channel.kind === 'public' && app.scopes.includes('chat:write.public')) return;
  throw new ApiError('not_in_channel');
}
