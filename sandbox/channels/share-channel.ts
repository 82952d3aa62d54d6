import { emitEvent } from '../delivery/emit-event.ts';
import type { Engine } from '../engine/engine.ts';
import { connectTeam } from '../people/new-person.ts';
import type { Channel } from '../state/model.ts';
import { changeChannelId } from './change-id.ts';
import { leaveChannel } from './membership.ts';

function tell(engine: Engine, channel: Channel, about: { [key: string]: unknown }, type: string): void {
  engine.changed({ kind: 'channel', channel: channel.id });
  if (channel.kind !== 'public' && !channel.members.has(engine.state.app.botUserId)) return;
  emitEvent(engine, type, { type, channel: channel.id, ...about, event_ts: engine.state.nextTs(engine.clock.now()) });
}

/** Opens a channel to the people of another organisation, as Slack Connect does. */
export function shareChannel(engine: Engine, channel: Channel, organisation: string): void {
  if (channel.kind !== 'public' && channel.kind !== 'private') throw new Error('only channels can be shared');
  const team = connectTeam(engine.state, organisation);
  if (channel.connectedTeams.includes(team.id)) throw new Error(`#${channel.name} is shared with ${team.name} already`);
  channel.connectedTeams.push(team.id);
  // The ids of old private channels do not leave their workspace.
  if (channel.id.startsWith('G')) changeChannelId(engine, channel, `C${channel.id.slice(1)}`);
  tell(engine, channel, { connected_team_id: team.id }, 'channel_shared');
}

/** Ends the sharing: the people of the other organisation are out. */
export function unshareChannel(engine: Engine, channel: Channel, organisation: string): void {
  const team = connectTeam(engine.state, organisation);
  if (!channel.connectedTeams.includes(team.id)) throw new Error(`#${channel.name} is not shared with ${team.name}`);
  for (const member of [...channel.members])
    if (engine.state.users.get(member)?.team === team.id) leaveChannel(engine, channel, member);
  channel.connectedTeams = channel.connectedTeams.filter((id) => id !== team.id);
  const is_ext_shared = channel.connectedTeams.length > 0;
  tell(engine, channel, { previously_connected_team_id: team.id, is_ext_shared }, 'channel_unshared');
}
