import type { WebClient } from '@slack/web-api';
import { findInstallationOf } from '../db/workspaces/installations.ts';
import { listServed } from '../db/workspaces/served.ts';
import { type Renewing, withFreshToken } from './renew-token.ts';

/** The token of a workspace; undefined where the app is not installed. */
type TokenOf = (workspaceId: string) => Promise<string | undefined>;

/** The client of a workspace, which can do nothing in any other; undefined where the app is not installed. */
export type ClientOf = (workspaceId: string) => Promise<WebClient | undefined>;

/** The workspaces that this process serves, and how it reaches them. */
export type Workspaces = { list: () => Promise<string[]>; tokenOf: TokenOf };

/** The one that a token from the environment is of. */
export function oneWorkspace(workspaceId: string, token: string): Workspaces {
  return {
    list: async () => [workspaceId],
    tokenOf: async (asked) => (asked === workspaceId ? token : undefined),
  };
}

/** Those that have installed the app, or were given it by their organisation. */
export function installedWorkspaces(renewing: Renewing): Workspaces {
  const { db, keys } = renewing;
  return {
    list: () => listServed(db),
    tokenOf: async (workspaceId) => {
      const installation = await findInstallationOf(db, keys, workspaceId);
      return installation ? (await withFreshToken(renewing, installation)).botToken : undefined;
    },
  };
}

/** One client for each workspace. A token that was renewed, or put in the place of another, gets a client of its own. */
export function clientsOf(
  { tokenOf }: Pick<Workspaces, 'tokenOf'>,
  make: (token: string, workspaceId: string) => WebClient,
): ClientOf {
  const clients = new Map<string, { token: string; client: WebClient }>();
  return async (workspaceId) => {
    const token = await tokenOf(workspaceId);
    const known = clients.get(workspaceId);
    if (token !== undefined && token === known?.token) return known.client;
    clients.delete(workspaceId);
    if (token === undefined) return undefined;
    const client = make(token, workspaceId);
    clients.set(workspaceId, { token, client });
    return client;
  };
}
