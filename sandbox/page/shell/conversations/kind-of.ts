import type { Team, User } from '../../../state/model.ts';

/** What sets a person apart from a full member, in a word or two. */
export function kindOf(user: User, connectedTeams: Team[]): string | undefined {
  if (user.deleted) return 'deactivated';
  if (user.isInvited) return 'invited';
  if (user.isExternal) return `of ${connectedTeams.find(({ id }) => id === user.team)?.name ?? user.team}`;
  return user.role === 'member' ? undefined : user.role;
}
