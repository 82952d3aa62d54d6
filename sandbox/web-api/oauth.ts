import type { Engine } from '../engine.ts';
import { tokensRevoked, uninstall } from '../oauth/uninstall.ts';
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

const rotates = (engine: Engine) => engine.state.app.manifest.settings?.token_rotation_enabled === true;

function ofTeam(engine: Engine, team: string): Engine {
  const found = engine.everyWorkspace().find(({ state }) => state.team.id === team);
  if (!found) throw new ApiError('invalid_code');
  return found;
}

/** The token that this workspace has for the app from now on, as oauth.v2.access words it. */
function handOver(engine: Engine, about: { user: string; scopes: string[] }): Answer {
  const { app, team } = engine.state;
  app.scopes = about.scopes;
  const entry = { ...about, team: team.id };
  const shared = {
    token_type: 'bot',
    scope: about.scopes.join(','),
    bot_user_id: app.botUserId,
    app_id: app.id,
    team: { id: team.id, name: team.name },
    enterprise: null,
    authed_user: { id: about.user },
    is_enterprise_install: false,
  };
  if (!rotates(engine)) {
    const known = engine.vault.find(app.botToken);
    if (known === undefined || known.revoked || !engine.vault.isInstalled(team.id))
      app.botToken = `xoxb-sandbox-${engine.ids.secret(24)}`;
    engine.vault.issue(app.botToken, entry);
    return { access_token: app.botToken, ...shared };
  }
  const { token, refreshToken } = engine.vault.rotate(entry, engine.clock.now());
  const expires = limits.rotatedTokenLifetimeSeconds.value;
  return { access_token: token, expires_in: expires, refresh_token: refreshToken, ...shared };
}

function access(engine: Engine, args: Args, call: Call): Answer {
  requireClient(engine, args, call);
  if (args.string('grant_type') === 'refresh_token') {
    const entry = engine.vault.takeRefreshToken(args.string('refresh_token') ?? '');
    if (!entry) throw new ApiError('invalid_refresh_token');
    return handOver(ofTeam(engine, entry.team), entry);
  }
  const grant = engine.vault.takeCode(args.string('code') ?? '', engine.clock.now());
  if (!grant) throw new ApiError('invalid_code');
  if (grant.redirectUri !== args.string('redirect_uri')) throw new ApiError('bad_redirect_uri');
  const workspace = ofTeam(engine, grant.team);
  const answer = handOver(workspace, grant);
  workspace.changed({ kind: 'reset' });
  return answer;
}

/** A token that never expires becomes one that does. */
function exchange(engine: Engine, args: Args, call: Call): Answer {
  requireClient(engine, args, call);
  const token = args.string('token') ?? call.token ?? '';
  const entry = engine.vault.find(token);
  if (!entry || entry.revoked || entry.expiresAt !== undefined || !rotates(engine)) throw new ApiError('invalid_token');
  engine.vault.revoke(token);
  return handOver(ofTeam(engine, entry.team), entry);
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
