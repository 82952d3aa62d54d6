import { limits } from '../rules/limits.ts';
import type { Ids } from '../state/ids.ts';

/** What a person agreed to, until the app picks it up. `team` is the organisation's id when it was for all of it. */
export type Grant = {
  team: string;
  user: string;
  scopes: string[];
  /** What the app may do as this person. */
  userScopes: string[];
  redirectUri?: string;
  createdAt: number;
};

export type BotToken = {
  /** A workspace, or the organisation. */
  team: string;
  user: string;
  scopes: string[];
  expiresAt?: number;
  revoked: boolean;
  /** It was given away for one that expires. */
  exchanged?: boolean;
  /** It acts as `user`, not as the bot. */
  personal?: boolean;
  /** Somebody agreed to its scopes; without that they are those of the manifest. */
  agreed?: boolean;
  /** The step of a workflow that it is good for. */
  execution?: string;
};

export type Rotated = { token: string; refreshToken: string };

/** Who let the app in where, and with which tokens, as plain JSON. Codes live for minutes and are not kept. */
export type SavedVault = {
  tokens: [string, BotToken][];
  /** Refresh token -> the access token that it renews. */
  refreshTokens: [string, string][];
  installed: string[];
  removed: string[];
  granted: string[];
};

export type Vault = ReturnType<typeof createVault>;

/** Codes and tokens of all workspaces. A refresh token and a code work once. Instants are those of the sandbox clock. */
export function createVault(ids: Ids) {
  const codes = new Map<string, Grant>();
  const tokens = new Map<string, BotToken>();
  const refreshTokens = new Map<string, string>();
  const removed = new Set<string>();
  const installed = new Set<string>();
  /** Workspaces that the organisation has given to the app. */
  const granted = new Set<string>();

  const issue = (token: string, about: Omit<BotToken, 'revoked'>): BotToken => {
    const entry = { ...about, revoked: false };
    tokens.set(token, entry);
    installed.add(about.team);
    removed.delete(about.team);
    return entry;
  };

  return {
    isInstalled: (team: string) => installed.has(team) || granted.has(team),
    /** The app was there and is not any more. */
    wasRemoved: (team: string) => removed.has(team),
    isGranted: (team: string) => granted.has(team),
    grant: (team: string) => void granted.add(team),
    withdraw: (team: string) => void granted.delete(team),
    find: (token: string): BotToken | undefined => tokens.get(token),
    issue,

    newCode(grant: Grant): string {
      const code = `${ids.secret(12)}.${ids.secret(32)}`;
      codes.set(code, grant);
      return code;
    },

    takeCode(code: string, now: number): Grant | undefined {
      const grant = codes.get(code);
      codes.delete(code);
      return grant && now - grant.createdAt <= limits.codeLifetimeMs.value ? grant : undefined;
    },

    /** A token that expires, with what renews it. Of a workspace only the newest few go on working. */
    rotate(about: Pick<BotToken, 'team' | 'user' | 'scopes' | 'agreed'>, now: number): Rotated {
      const token = `${limits.rotatedTokenPrefix.value}1-${ids.secret(40)}`;
      const refreshToken = `${limits.refreshTokenPrefix.value}${ids.secret(40)}`;
      const { team } = about;
      const expiresAt = now + limits.rotatedTokenLifetimeSeconds.value * 1000;
      issue(token, { ...about, expiresAt });
      refreshTokens.set(refreshToken, token);
      const active = [...tokens].filter(
        ([name, other]) => other.team === team && name.startsWith(limits.rotatedTokenPrefix.value) && !other.revoked,
      );
      for (const [, old] of active.slice(0, -limits.activeAccessTokens.value)) old.revoked = true;
      return { token, refreshToken };
    },

    takeRefreshToken(refreshToken: string): BotToken | undefined {
      const entry = tokens.get(refreshTokens.get(refreshToken) ?? '');
      refreshTokens.delete(refreshToken);
      return entry && installed.has(entry.team) ? entry : undefined;
    },

    revoke(token: string): void {
      const entry = tokens.get(token);
      if (entry) entry.revoked = true;
    },

    /** `team` may be the organisation: its workspaces lose the app with it. */
    uninstall(team: string, workspaces: string[] = []): void {
      installed.delete(team);
      removed.add(team);
      for (const workspace of workspaces) granted.delete(workspace);
      for (const [refreshToken, token] of refreshTokens)
        if (tokens.get(token)?.team === team) refreshTokens.delete(refreshToken);
    },

    saved: (): SavedVault => ({
      tokens: [...tokens],
      refreshTokens: [...refreshTokens],
      installed: [...installed],
      removed: [...removed],
      granted: [...granted],
    }),

    restore(from: SavedVault): void {
      for (const collection of [codes, tokens, refreshTokens, installed, removed, granted]) collection.clear();
      for (const [token, entry] of from.tokens) tokens.set(token, entry);
      for (const [refreshToken, token] of from.refreshTokens) refreshTokens.set(refreshToken, token);
      for (const team of from.installed) installed.add(team);
      for (const team of from.removed) removed.add(team);
      for (const team of from.granted) granted.add(team);
    },
  };
}
