import { readableId } from '../state/ids.ts';
import type { Team, User } from '../state/model.ts';
import type { WorkspaceState } from '../state/workspace-state.ts';
import type { Role } from './roles.ts';

export type NewPerson = {
  name: string;
  realName?: string;
  timeZone?: string;
  role?: Role;
  id?: string;
  /** The workspace of another organisation that the person belongs to, by its name, domain or id. */
  from?: string;
  /** What the organisation of this workspace says of the person; `id` is where that is another one, W…. */
  enterprise?: NonNullable<User['enterprise']>;
  isInvited?: boolean;
};

const domainOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** The workspace of another organisation, known from now on. */
export function connectTeam({ connectedTeams }: WorkspaceState, nameOrId: string): Team {
  const domain = domainOf(nameOrId);
  const known = [...connectedTeams.values()].find((team) => team.domain === domain || team.id === nameOrId);
  if (known) return known;
  const team = { id: readableId('T', domain), name: nameOrId, domain };
  connectedTeams.set(team.id, team);
  return team;
}

const titleCase = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** `home` is another workspace of the same organisation; `domain` goes into the ids of a workspace that is not the only one. */
export function newPerson(state: WorkspaceState, given: NewPerson, domain = '', home = state.team): User {
  const {
    name,
    realName = titleCase(name),
    timeZone = 'Europe/Berlin',
    role = 'member',
    from,
    enterprise,
    isInvited,
  } = given;
  if (from !== undefined && role !== 'member') throw new Error(`${name} has no role here: ${from} gives out those`);
  const foreign = from === undefined ? undefined : connectTeam(state, from);
  const team = foreign ?? home;
  const id = given.id ?? readableId('U', name, foreign?.domain ?? domain);
  if (state.users.has(id) || state.userByNameOrId(name)) throw new Error(`there is somebody called "${name}" already`);
  return {
    id,
    name,
    realName,
    timeZone,
    role,
    team: team.id,
    isExternal: foreign !== undefined,
    email: `${name}@${team.domain}.example`,
    locale: 'en-US',
    isBot: false,
    deleted: false,
    ...(enterprise ? { enterprise } : {}),
    ...(isInvited ? { isInvited } : {}),
  };
}
