import type { User } from '../state/model.ts';
import type { WorkspaceState } from '../state/workspace-state.ts';

/** A human by name or id: neither the app nor Slack itself. */
export function findPerson(state: WorkspaceState, nameOrId: string): User {
  const user = state.userByNameOrId(nameOrId);
  if (!user || user.isBot || user.id === 'USLACKBOT') throw new Error(`there is no person "${nameOrId}"`);
  return user;
}
