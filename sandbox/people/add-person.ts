import type { Engine } from '../engine/engine.ts';
import type { User } from '../state/model.ts';
import { tellJoined } from './change-person.ts';
import { type NewPerson, newPerson } from './new-person.ts';

/** Somebody comes into the workspace, or of another organisation into sight. */
export function addPerson(engine: Engine, given: NewPerson): User {
  const { state, organisation } = engine;
  const all = engine.everyWorkspace();
  const { from, ...rest } = given;
  // Who belongs to another workspace of the same organisation is no stranger.
  const sibling =
    organisation && all.find(({ state: { team } }) => [team.id, team.name, team.domain].includes(from ?? ''));
  const domain = all[0] === engine ? '' : state.team.domain;
  const user = sibling ? newPerson(state, rest, domain, sibling.state.team) : newPerson(state, given, domain);
  state.users.set(user.id, user);
  if (!user.isInvited) tellJoined(engine, user);
  else engine.changed({ kind: 'person', user: user.id });
  return user;
}
