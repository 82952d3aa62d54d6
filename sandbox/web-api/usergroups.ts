import type { Engine } from '../engine/engine.ts';
import type { UserGroup } from '../state/model.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import type { Answer, Handlers } from './method.ts';

function payload(engine: Engine, group: UserGroup, withUsers = true): Answer {
  return {
    id: group.id,
    team_id: engine.state.team.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    description: group.description,
    is_external: false,
    date_create: 0,
    date_update: 0,
    date_delete: group.disabled ? 1 : 0,
    auto_type: null,
    prefs: { channels: [], groups: [] },
    ...(withUsers ? { users: group.users } : {}),
    user_count: group.users.length,
  };
}

function find(engine: Engine, args: Args): UserGroup {
  const group = engine.state.userGroups.get(args.required('usergroup'));
  if (!group) throw new ApiError('no_such_subteam');
  return group;
}

function list(engine: Engine, args: Args): Answer {
  const all = args.boolean('include_disabled') ?? false;
  const groups = [...engine.state.userGroups.values()].filter((group) => all || !group.disabled);
  return { usergroups: groups.map((group) => payload(engine, group, args.boolean('include_users') ?? false)) };
}

function requireFree(engine: Engine, args: Args, own?: UserGroup): void {
  const others = [...engine.state.userGroups.values()].filter((group) => group !== own);
  if (others.some(({ name }) => name === args.string('name'))) throw new ApiError('name_already_exists');
  const handle = args.string('handle');
  if (handle === undefined) return;
  const taken = others.some((group) => group.handle === handle) || engine.state.userByNameOrId(handle) !== undefined;
  if (taken) throw new ApiError('handle_already_exists');
}

function create(engine: Engine, args: Args): Answer {
  const name = args.required('name');
  requireFree(engine, args);
  const handle = args.string('handle') ?? name.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
  const group: UserGroup = {
    id: engine.ids.id('S'),
    name,
    handle,
    description: args.string('description') ?? '',
    users: [],
    disabled: false,
  };
  engine.state.userGroups.set(group.id, group);
  return changed(engine, group);
}

function update(engine: Engine, args: Args): Answer {
  const group = find(engine, args);
  requireFree(engine, args, group);
  group.name = args.string('name') ?? group.name;
  group.handle = args.string('handle') ?? group.handle;
  group.description = args.text('description') ?? group.description;
  return changed(engine, group);
}

function setUsers(engine: Engine, args: Args): Answer {
  const group = find(engine, args);
  const users = args.list('users') ?? [];
  if (users.length === 0) throw new ApiError('no_users_provided');
  for (const user of users) if (!engine.state.users.has(user)) throw new ApiError('invalid_users');
  group.users = users;
  return changed(engine, group);
}

const setDisabled = (disabled: boolean) => (engine: Engine, args: Args) => {
  const group = find(engine, args);
  group.disabled = disabled;
  return changed(engine, group);
};

function changed(engine: Engine, group: UserGroup): Answer {
  engine.changed({ kind: 'usergroups' });
  return { usergroup: payload(engine, group) };
}

export const userGroupMethods: Handlers = {
  'usergroups.list': list,
  'usergroups.create': create,
  'usergroups.update': update,
  'usergroups.disable': setDisabled(true),
  'usergroups.enable': setDisabled(false),
  'usergroups.users.list': (engine, args) => ({ users: find(engine, args).users }),
  'usergroups.users.update': setUsers,
};
