import type { User } from '../model.ts';
import type { WorkspaceState } from '../workspace-state.ts';

/** A human by name or id: neither the app nor Slack itself. */
export function findPerson(state: WorkspaceState, nameOrId: string): User {
  const user = state.userByNameOrId(nameOrId);
  if (!user || user.isBot || user.id === 'USLACKBOT') throw new Error(`there is no person "${nameOrId}"`);
  return user;
}
