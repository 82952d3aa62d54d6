import { addChannel, type NewChannel } from '../channels/add-channel.ts';
import { changePrivacy } from '../channels/change-privacy.ts';
import { findInvited, joinChannel, leaveChannel } from '../channels/membership.ts';
import { renameChannel } from '../channels/rename.ts';
import { shareChannel, unshareChannel } from '../channels/share-channel.ts';
import { createPerson } from '../driver/create-person.ts';
import type { Person } from '../driver/person.ts';
import type { Engine } from '../engine/engine.ts';
import type { Channel, Team } from '../state/model.ts';
import { addPerson } from './add-person.ts';
import { acceptInvitation, changeRole, setDeactivated } from './change-person.ts';
import { findPerson } from './find-person.ts';
import type { NewPerson } from './new-person.ts';
import { isAdmin, type Role } from './roles.ts';

/** What becomes of people and channels, whoever of the workspace decided it. Everything goes by name or id. */
export interface Administration {
  /** A new person; the app hears team_join unless they are of another organisation or only invited. */
  addPerson(person: NewPerson & { channels?: string[] }): Person;
  acceptInvitation(person: string): void;
  /** `channel`: the one that a single-channel guest stays in, for somebody who is in several. */
  changeRole(person: string, role: Role, options?: { channel?: string }): void;
  deactivate(person: string): void;
  reactivate(person: string): void;
  /** The channel is there at once, and nobody is told. */
  addChannel(channel: NewChannel): Channel;
  changePrivacy(channel: string, kind: 'public' | 'private'): void;
  renameChannel(channel: string, name: string): void;
  /** Slack Connect: people of that organisation can be brought in from now on. */
  shareChannel(channel: string, organisation: string): void;
  unshareChannel(channel: string, organisation: string): void;
  /** `person` may be the app, by its name. */
  addToChannel(channel: string, person: string): void;
  removeFromChannel(channel: string, person: string): void;
  /** The workspaces of other organisations. */
  connectedTeams(): Team[];
}

export function administrationOf(engine: Engine): Administration {
  const person = (nameOrId: string) => findPerson(engine.state, nameOrId);
  const channel = (nameOrId: string) => {
    const found = engine.state.channelByNameOrId(nameOrId);
    if (!found) throw new Error(`there is no channel "${nameOrId}"`);
    return found;
  };
  const anAdmin = () => [...engine.state.users.values()].find(isAdmin)?.id ?? 'USLACKBOT';
  const addToChannel = (to: string, who: string) =>
    joinChannel(engine, channel(to), findInvited(engine, who).id, anAdmin());
  return {
    addPerson({ channels = [], ...given }) {
      const added = addPerson(engine, given);
      for (const name of channels) addToChannel(name, added.id);
      return createPerson(engine, added);
    },
    acceptInvitation: (who) => acceptInvitation(engine, person(who)),
    changeRole: (who, role, options = {}) =>
      changeRole(engine, person(who), role, options.channel === undefined ? undefined : channel(options.channel)),
    deactivate: (who) => setDeactivated(engine, person(who), true),
    reactivate: (who) => setDeactivated(engine, person(who), false),
    addChannel: (given) => addChannel(engine, given),
    changePrivacy: (which, kind) => changePrivacy(engine, channel(which), anAdmin(), kind),
    renameChannel: (which, name) => renameChannel(engine, channel(which), name),
    shareChannel: (which, organisation) => shareChannel(engine, channel(which), organisation),
    unshareChannel: (which, organisation) => unshareChannel(engine, channel(which), organisation),
    addToChannel,
    removeFromChannel: (from, who) => leaveChannel(engine, channel(from), findInvited(engine, who).id, anAdmin()),
    connectedTeams: () => [...engine.state.connectedTeams.values()],
  };
}
