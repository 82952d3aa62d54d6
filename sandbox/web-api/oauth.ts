import type { Engine } from '../engine/engine.ts';
import { enterpriseOf } from '../oauth/organisation.ts';
import { rotatesTokens } from '../oauth/set-token-rotation.ts';
import { tokensRevoked, uninstall } from '../oauth/uninstall.ts';
import type { Grant } from '../oauth/vault.ts';
import { limits } from '../rules/limits.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import type { Answer, Call, Handlers } from './method.ts';

/** Client id and secret come in the body or as Basic authorization. */
function requireClient(engine: Engine, args: Args, { authorization = '' }: Call): void {
  const [, encoded] = /^Basic (.+)$/i.exec(authorization) ?? [];
  const basic = encoded === undefined ? [] : Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const [id, secret] = basic.length === 2 ? basic : [args.string('client_id'), args.string('client_secret')];
  const { app } = engine.state;
  if (id !== app.clientId) throw new ApiError('invalid_client_id');
  if (secret !== app.clientSecret) throw new ApiError('bad_client_secret');
}

/** The workspaces that an entry is good for: all of the organisation's, or the one. */
function workspacesOf(engine: Engine, team: string): Engine[] {
  const all = engine.everyWorkspace();
  const found = team === engine.organisation?.id ? all : all.filter(({ state }) => state.team.id === team);
  if (found.length === 0) throw new ApiError('invalid_code');
  return found;
}

/** The lasting token of the entry; a new one where the one before is dead. */
function lastingToken(engine: Engine, first: Engine, isOrg: boolean, team: string): string {
  const { app } = first.state;
  const known = isOrg ? undefined : engine.vault.find(app.botToken);
  if (known && !known.revoked && engine.vault.isInstalled(team)) return app.botToken;
  const token = `xoxb-sandbox-${engine.ids.secret(24)}`;
  if (!isOrg) app.botToken = token;
  return token;
}

/** The token that this workspace or organisation has for the app from now on, as oauth.v2.access words it. */
function handOver(engine: Engine, entry: { team: string; user: string; scopes: string[] }): Answer {
  const workspaces = workspacesOf(engine, entry.team);
  const [first = engine] = workspaces;
  const { app, team } = first.state;
  const { user, scopes } = entry;
  for (const { state } of workspaces) state.app.scopes = scopes;
  const isOrg = entry.team === engine.organisation?.id;
  const about = { team: entry.team, user, scopes, agreed: true };
  const shared = {
    token_type: 'bot',
    scope: scopes.join(','),
    bot_user_id: app.botUserId,
    app_id: app.id,
    team: isOrg ? limits.orgInstall.value.team : { id: team.id, name: team.name },
    enterprise: enterpriseOf(engine),
    authed_user: { id: user },
    is_enterprise_install: isOrg,
  };
  if (!rotatesTokens(engine)) {
    const token = lastingToken(engine, first, isOrg, team.id);
    engine.vault.issue(token, about);
    return { access_token: token, ...shared };
  }
  const { token, refreshToken } = engine.vault.rotate(about, engine.clock.now());
  const expires = limits.rotatedTokenLifetimeSeconds.value;
  return { access_token: token, expires_in: expires, refresh_token: refreshToken, ...shared };
}

/** Beside the bot's token, one of the person's own where the app asked for it. */
function personalToken(engine: Engine, { team, user, userScopes }: Grant): Answer {
  if (userScopes.length === 0) return {};
  const token = `xoxp-sandbox-${engine.ids.secret(24)}`;
  engine.vault.issue(token, { team, user, scopes: userScopes, agreed: true, personal: true });
  return { authed_user: { id: user, scope: userScopes.join(','), access_token: token, token_type: 'user' } };
}

function access(engine: Engine, args: Args, call: Call): Answer {
  requireClient(engine, args, call);
  if (args.string('grant_type') === 'refresh_token') {
    const entry = engine.vault.takeRefreshToken(args.string('refresh_token') ?? '');
    if (!entry) throw new ApiError('invalid_refresh_token');
    return handOver(engine, entry);
  }
  const grant = engine.vault.takeCode(args.string('code') ?? '', engine.clock.now());
  if (!grant) throw new ApiError('invalid_code');
  if (grant.redirectUri !== args.string('redirect_uri')) throw new ApiError('bad_redirect_uri');
  const answer = { ...handOver(engine, grant), ...personalToken(engine, grant) };
  for (const workspace of workspacesOf(engine, grant.team)) {
    // The app that was installed last has its commands.
    workspace.state.rivals.clear();
    workspace.changed({ kind: 'reset' });
  }
  return answer;
}

/** A token that never expires becomes one that does. */
function exchange(engine: Engine, args: Args, call: Call): Answer {
  requireClient(engine, args, call);
  const token = args.string('token') ?? call.token ?? '';
  const entry = engine.vault.find(token);
  const errors = limits.rotationExchangeErrors.value;
  if (!rotatesTokens(engine)) throw new ApiError(errors.off);
  if (entry?.exchanged) throw new ApiError(errors.twice);
  if (!entry || entry.revoked || entry.expiresAt !== undefined) throw new ApiError(errors.other);
  engine.vault.revoke(token);
  entry.exchanged = true;
  return handOver(engine, entry);
}

function revoke(engine: Engine, args: Args, { token = '' }: Call): Answer {
  if (args.boolean('test')) return { revoked: false };
  tokensRevoked(engine);
  engine.vault.revoke(token);
  return { revoked: true };
}

export const oauthMethods: Handlers = {
  'oauth.v2.access': access,
  'oauth.v2.exchange': exchange,
  'auth.revoke': revoke,
  'apps.uninstall': (engine, args, call) => {
    requireClient(engine, args, call);
    uninstall(engine);
    return {};
  },
};
