import type { Ids } from '../ids.ts';
import { limits } from '../rules/limits.ts';

/** What a person agreed to, until the app picks it up. */
export type Grant = { team: string; user: string; scopes: string[]; redirectUri?: string; createdAt: number };

export type BotToken = {
  team: string;
  user: string;
  scopes: string[];
  expiresAt?: number;
  revoked: boolean;
  /** The step of a workflow that it is good for. */
  execution?: string;
};

export type Rotated = { token: string; refreshToken: string };

export type Vault = ReturnType<typeof createVault>;

/** Codes and tokens of all workspaces. A refresh token and a code work once. Instants are those of the sandbox clock. */
export function createVault(ids: Ids) {
  const codes = new Map<string, Grant>();
  const tokens = new Map<string, BotToken>();
  const refreshTokens = new Map<string, BotToken>();
  const removed = new Set<string>();
  const installed = new Set<string>();

  const issue = (token: string, about: Omit<BotToken, 'revoked'>): BotToken => {
    const entry = { ...about, revoked: false };
    tokens.set(token, entry);
    installed.add(about.team);
    removed.delete(about.team);
    return entry;
  };

  return {
    isInstalled: (team: string) => installed.has(team),
    /** The app was there and is not any more. */
    wasRemoved: (team: string) => removed.has(team),
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
    rotate(about: Pick<BotToken, 'team' | 'user' | 'scopes'>, now: number): Rotated {
      const token = `${limits.rotatedTokenPrefix.value}1-${ids.secret(40)}`;
      const refreshToken = `${limits.refreshTokenPrefix.value}${ids.secret(40)}`;
      const { team, user, scopes } = about;
      const entry = issue(token, {
        team,
        user,
        scopes,
        expiresAt: now + limits.rotatedTokenLifetimeSeconds.value * 1000,
      });
      refreshTokens.set(refreshToken, entry);
      const active = [...tokens.values()].filter(
        (other) => other.team === team && other.expiresAt !== undefined && !other.revoked,
      );
      for (const old of active.slice(0, -limits.activeAccessTokens.value)) old.revoked = true;
      return { token, refreshToken };
    },

    takeRefreshToken(refreshToken: string): BotToken | undefined {
      const entry = refreshTokens.get(refreshToken);
      refreshTokens.delete(refreshToken);
      return entry && installed.has(entry.team) ? entry : undefined;
    },

    revoke(token: string): void {
      const entry = tokens.get(token);
      if (entry) entry.revoked = true;
    },

    uninstall(team: string): void {
      installed.delete(team);
      removed.add(team);
      for (const [refreshToken, entry] of refreshTokens) if (entry.team === team) refreshTokens.delete(refreshToken);
    },
  };
}
