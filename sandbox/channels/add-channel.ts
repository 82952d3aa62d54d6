import type { Engine } from '../engine/engine.ts';
import { connectTeam } from '../people/new-person.ts';
import type { Channel } from '../state/model.ts';
import { findInvited } from './membership.ts';
import { newChannel } from './new-channel.ts';

export type NewChannel = {
  name: string;
  kind?: 'public' | 'private';
  /** Names or ids; the app's bot by its name. The first of them made the channel. */
  members?: string[];
  topic?: string;
  /** Other organisations, whose people can be members. */
  sharedWith?: string[];
};

/** A channel that is there, with these members, without anybody having been told. */
export function addChannel(engine: Engine, given: NewChannel): Channel {
  const { state, ids, clock } = engine;
  const { name, kind = 'public', members = [], topic, sharedWith = [] } = given;
  if (state.channelByNameOrId(name)) throw new Error(`there is a channel #${name} already`);
  const joined = members.map((member) => findInvited(engine, member));
  const connectedTeams = sharedWith.map((organisation) => connectTeam(state, organisation).id);
  for (const { name: member, isExternal, team } of joined)
    if (isExternal && !connectedTeams.includes(team))
      throw new Error(`#${name} is not shared with whom ${member} works for`);
  const channel = newChannel({
    id: ids.id('C'),
    kind,
    name,
    members: joined.map(({ id }) => id),
    connectedTeams,
    creator: joined[0]?.id ?? 'USLACKBOT',
    createdAt: clock.now(),
    ...(topic === undefined ? {} : { topic }),
  });
  state.addChannel(channel);
  engine.changed({ kind: 'channel', channel: channel.id });
  return channel;
}
