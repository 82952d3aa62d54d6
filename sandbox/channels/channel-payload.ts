import type { Engine } from '../engine/engine.ts';
import type { Channel } from '../state/model.ts';

function sharing(engine: Engine, { connectedTeams }: Channel) {
  const own = engine.state.team.id;
  if (connectedTeams.length === 0) return { is_shared: false, is_ext_shared: false };
  return {
    is_shared: true,
    is_ext_shared: true,
    shared_team_ids: [own, ...connectedTeams],
    connected_team_ids: connectedTeams,
    pending_connected_team_ids: [],
    internal_team_ids: [],
    conversation_host_id: own,
  };
}

/** A conversation as conversations.* show it. */
export function channelPayload(engine: Engine, channel: Channel): { [key: string]: unknown } {
  const bot = engine.state.app.botUserId;
  const created = Math.floor(channel.createdAt / 1000);
  const base = {
    id: channel.id,
    created,
    updated: channel.createdAt,
    is_archived: channel.archived,
    is_im: channel.kind === 'im',
    is_mpim: channel.kind === 'mpim',
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: engine.state.team.id,
  };
  if (channel.kind === 'im') {
    const user = [...channel.members].find((id) => id !== bot) ?? bot;
    return { ...base, user, is_user_deleted: engine.state.users.get(user)?.deleted ?? false, priority: 0 };
  }
  const named = (value: string) => ({ value, creator: value ? channel.creator : '', last_set: value ? created : 0 });
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_private: channel.kind !== 'public',
    is_general: channel.name === 'general',
    ...sharing(engine, channel),
    is_member: channel.members.has(bot),
    creator: channel.creator,
    topic: named(channel.topic),
    purpose: named(channel.purpose),
    previous_names: [],
    num_members: channel.members.size,
  };
}
