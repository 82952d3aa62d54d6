import type { Person, Standing } from './roles.ts';

/** What `users.info` tells of an account, as far as rights depend on it; any field may be missing. */
export type SlackAccount = {
  id?: string;
  team_id?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_stranger?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_admin?: boolean;
  is_owner?: boolean;
  enterprise_user?: { id?: string; teams?: string[] };
};

/**
 * Who somebody is to the workspace `homeId`, or null where Slack does not say enough to tell. The home comes first: role
 * flags of people from elsewhere mean nothing here. A flag that is missing is not false.
 */
export function personOf(account: SlackAccount, userId: string, homeId: string): Person | null {
  const standing = standingOf(account, homeId);
  if (!standing) return null;
  const isAdmin = standing === 'member' && (account.is_admin === true || account.is_owner === true);
  const ids = [userId, account.id, account.enterprise_user?.id].filter((id) => id !== undefined);
  return { userId, ids: [...new Set(ids)], standing, isAdmin };
}

function standingOf(account: SlackAccount, homeId: string): Standing | null {
  if (account.deleted === true) return 'deactivated';
  const isHome = isAtHome(account, homeId);
  if (isHome === null) return null;
  if (!isHome) return 'stranger';
  if (account.is_bot === true) return 'bot';
  const { is_restricted: isRestricted, is_ultra_restricted: isUltraRestricted } = account;
  if (isRestricted === true || isUltraRestricted === true) return 'guest';
  return isRestricted === false && isUltraRestricted === false ? 'member' : null;
}

/** People of an organisation belong to several of its workspaces, whichever of them `team_id` names. */
function isAtHome({ is_stranger: isStranger, team_id: teamId, enterprise_user: inOrg }: SlackAccount, homeId: string) {
  if (isStranger === true) return false;
  if (teamId === homeId || inOrg?.teams?.includes(homeId)) return true;
  return teamId === undefined ? null : false;
}
