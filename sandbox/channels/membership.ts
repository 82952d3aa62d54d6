import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import { isFullMember } from '../people/roles.ts';
import { limits } from '../rules/limits.ts';
import type { Channel, User } from '../state/model.ts';

const SCOPES = { public: 'channels:read', private: 'groups:read', mpim: 'mpim:read', im: 'im:read' } as const;

/** Whether the app is told of members of a channel of this kind. */
const mayHear = ({ state }: Engine, { kind }: Channel) => state.app.scopes.includes(SCOPES[kind]);

function memberEvent(engine: Engine, type: string, channel: Channel, user: string, inviter?: string) {
  emitEvent(engine, type, {
    type,
    user,
    channel: channel.id,
    // C also marks the private channels that were made since 2021; G is of older ones.
    channel_type: channel.id.charAt(0) === 'G' ? 'G' : 'C',
    team: engine.state.users.get(user)?.team ?? engine.state.team.id,
    ...(inviter ? { inviter } : {}),
    event_ts: engine.state.nextTs(engine.clock.now()),
  });
}

export function tellJoined(engine: Engine, channel: Channel, user: string, inviter?: string): void {
  const botIsThere = channel.members.has(engine.state.app.botUserId);
  if (botIsThere && mayHear(engine, channel)) memberEvent(engine, 'member_joined_channel', channel, user, inviter);
}

/** The app hears of others that leave where it is, and that it was taken out itself. */
function tellLeft(engine: Engine, channel: Channel, user: string, actor: string): void {
  const { botUserId } = engine.state.app;
  if (!mayHear(engine, channel)) return;
  if (channel.members.has(botUserId) || user === botUserId) memberEvent(engine, 'member_left_channel', channel, user);
  if (user !== botUserId || actor === botUserId) return;
  const type = channel.kind === 'public' ? 'channel_left' : 'group_left';
  const event_ts = engine.state.nextTs(engine.clock.now());
  emitEvent(engine, type, { type, channel: channel.id, actor_id: actor, event_ts });
}

/** Why somebody cannot be in a channel, for people and as conversations.invite has it. */
export function obstacleFor(
  { state }: Engine,
  channel: Channel,
  user: User,
): { words: string; code: string } | undefined {
  const { unshared, singleChannel } = limits.inviteRefusals.value;
  if (user.isExternal && !channel.connectedTeams.includes(user.team)) {
    const words = `#${channel.name} is not shared with ${state.connectedTeams.get(user.team)?.name}`;
    return { words, code: unshared };
  }
  if (user.role !== 'single-channel guest') return undefined;
  const other = [...state.channels.values()].find(
    ({ kind, members }) => (kind === 'public' || kind === 'private') && members.has(user.id),
  );
  const words = `${user.name} is a single-channel guest and in #${other?.name} already`;
  return other ? { words, code: singleChannel } : undefined;
}

export function joinChannel(engine: Engine, channel: Channel, userId: string, inviter?: string): void {
  const user = engine.state.users.get(userId);
  if (!user) throw new Error(`there is nobody with the id ${userId}`);
  if (channel.kind !== 'public' && !inviter) throw new Error('one joins a private channel by invitation only');
  if (!isFullMember(user) && !inviter) throw new Error(`${user.name} joins channels by invitation only`);
  if (channel.archived) throw new Error(`#${channel.name} is archived`);
  if (channel.members.has(userId)) return;
  const obstacle = obstacleFor(engine, channel, user);
  if (obstacle) throw new Error(obstacle.words);
  channel.members.add(userId);
  engine.changed({ kind: 'channel', channel: channel.id });
  tellJoined(engine, channel, userId, inviter);
}

export function leaveChannel(engine: Engine, channel: Channel, user: string, actor = user): void {
  if (channel.kind === 'im') throw new Error('a direct message cannot be left');
  if (!channel.members.delete(user)) return;
  engine.changed({ kind: 'channel', channel: channel.id });
  tellLeft(engine, channel, user, actor);
}

/** `other`: name or id; the app's bot is added by its name. */
export function inviteToChannel(engine: Engine, channel: Channel, inviter: string, other: string): void {
  if (!channel.members.has(inviter)) throw new Error(`only members of #${channel.name} can invite`);
  joinChannel(engine, channel, findInvited(engine, other).id, inviter);
}

/** Somebody by name or id, or the app's bot by the app's name. */
export function findInvited({ state }: Engine, nameOrId: string): User {
  const found =
    state.userByNameOrId(nameOrId) ?? (nameOrId === state.app.name ? state.users.get(state.app.botUserId) : undefined);
  if (!found) throw new Error(`there is nobody called "${nameOrId}"`);
  return found;
}
