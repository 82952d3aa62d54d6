import type { User } from '../state/model.ts';

/** What the workspace lets a person of its own do. People of other organisations are members of theirs. */
export const roles = ['member', 'admin', 'owner', 'primary owner', 'guest', 'single-channel guest'] as const;
export type Role = (typeof roles)[number];

export const isAdmin = ({ role }: Pick<User, 'role'>): boolean =>
  role === 'admin' || role === 'owner' || role === 'primary owner';

export const isOwner = ({ role }: Pick<User, 'role'>): boolean => role === 'owner' || role === 'primary owner';

/** Sees only the channels they were brought into. */
export const isGuest = ({ role }: Pick<User, 'role'>): boolean => role === 'guest' || role === 'single-channel guest';

/** Whoever may look around in the public channels, and join them. */
export const isFullMember = (user: Pick<User, 'role' | 'isExternal'>): boolean => !user.isExternal && !isGuest(user);

/** Commands and shortcuts of apps are for the people of the workspace, single-channel guests left out. */
export const hasCommands = ({ role, isExternal }: Pick<User, 'role' | 'isExternal'>): boolean =>
  !isExternal && role !== 'single-channel guest';
