import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine.ts';
import { channelType } from '../messages/message-payload.ts';
import type { Channel } from '../model.ts';

function emitMember(
  engine: Engine,
  type: 'member_joined_channel' | 'member_left_channel',
  channel: Channel,
  user: string,
  inviter?: string,
) {
  if (!channel.members.has(engine.state.app.botUserId) && user !== engine.state.app.botUserId) return;
  emitEvent(engine, type, {
    type,
    user,
    channel: channel.id,
    channel_type: channelType(channel) === 'channel' ? 'C' : 'G',
    team: engine.state.team.id,
    ...(inviter ? { inviter } : {}),
    event_ts: engine.state.nextTs(engine.clock.now()),
  });
}

export function joinChannel(engine: Engine, channel: Channel, user: string, inviter?: string): void {
  if (channel.kind !== 'public' && !inviter) throw new Error('one joins a private channel by invitation only');
  if (channel.archived) throw new Error(`#${channel.name} is archived`);
  if (channel.members.has(user)) return;
  channel.members.add(user);
  engine.changed({ kind: 'channel', channel: channel.id });
  emitMember(engine, 'member_joined_channel', channel, user, inviter);
}

export function leaveChannel(engine: Engine, channel: Channel, user: string): void {
  if (channel.kind === 'im') throw new Error('a direct message cannot be left');
  if (!channel.members.delete(user)) return;
  engine.changed({ kind: 'channel', channel: channel.id });
  emitMember(engine, 'member_left_channel', channel, user);
}

/** `other`: name or id; the app's bot is added by its name. */
export function inviteToChannel(engine: Engine, channel: Channel, inviter: string, other: string): void {
  if (!channel.members.has(inviter)) throw new Error(`only members of #${channel.name} can invite`);
  const { state } = engine;
  const invited =
    state.userByNameOrId(other) ?? (other === state.app.name ? state.users.get(state.app.botUserId) : undefined);
  if (!invited) throw new Error(`there is nobody called "${other}"`);
  joinChannel(engine, channel, invited.id, inviter);
}
