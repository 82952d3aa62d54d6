import type { Sender } from './payload.ts';

/**
 * What of a request is that of another installation, beside the ids that it names there. `tokens` is for a database in
 * which each installation has the token of another one, sealed as it was or sealed anew.
 */
export const SWAPS = ['user', 'all but the user', 'team', 'window', 'organisation'] as const;
export const TOKEN_SWAPS = ['sealed tokens', 'tokens'] as const;
export type Swap = (typeof SWAPS)[number] | (typeof TOKEN_SWAPS)[number];

/** Somebody's request as it comes with a part of what another installation has. */
export function swapped(swap: Swap, mine: Sender, theirs: Sender): Sender {
  const { userId, teamId, installedIn, windowOf, organisationId, isOrganisation, viewId } = theirs;
  switch (swap) {
    case 'user':
      return { ...mine, userId, viewId };
    case 'all but the user':
      return { ...theirs, userId: mine.userId };
    case 'team':
      return { ...mine, teamId, installedIn, viewId };
    case 'window':
      return { ...mine, windowOf, viewId };
    case 'organisation':
      return { ...mine, organisationId, isOrganisation, viewId };
    case 'sealed tokens':
    case 'tokens':
      return mine;
  }
}
