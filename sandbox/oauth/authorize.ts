import type { Engine } from '../engine/engine.ts';
import { isAdmin, isFullMember } from '../people/roles.ts';
import { botScopes } from '../seed/seed.ts';
import type { User } from '../state/model.ts';

/** What the app asks for, as its link says it. */
export type InstallRequest = {
  scopes: string[];
  /** Those of them that a person may refuse. */
  optional: string[];
  userScopes: string[];
  state: string | undefined;
  redirectUri: string;
  sentRedirect?: string;
};

/** Reads the query of /oauth/v2/authorize; an Error in words for the person when the app's link is wrong. */
export function readInstallRequest(engine: Engine, query: URLSearchParams): InstallRequest {
  const { app } = engine.state;
  const { redirect_urls: allowed = [], scopes: declared } = app.manifest.oauth_config ?? {};
  if (query.get('client_id') !== app.clientId) throw new Error('Invalid client_id parameter');
  const listed = (name: string) => (query.get(name) ?? '').split(/[ ,]+/).filter(Boolean);
  const scopes = listed('scope');
  const userScopes = listed('user_scope');
  if (scopes.length === 0) throw new Error('Invalid permissions requested: the link names no scope');
  const unknown = [
    ...scopes.filter((scope) => !botScopes(app.manifest).includes(scope)),
    ...userScopes.filter((scope) => !declared?.user?.includes(scope)),
  ];
  if (unknown.length > 0) throw new Error(`Invalid permissions requested: ${unknown.join(', ')}`);
  const sent = query.get('redirect_uri') ?? undefined;
  const redirectUri = sent ?? allowed[0];
  // A link may go deeper than what the settings name, not elsewhere.
  const fits = (url: string) => redirectUri === url || redirectUri?.startsWith(`${url.replace(/\/$/, '')}/`);
  if (!redirectUri || !allowed.some(fits))
    throw new Error(`redirect_uri did not match any configured URIs: ${allowed.join(', ') || 'the manifest has none'}`);
  return {
    scopes,
    optional: scopes.filter((scope) => declared?.bot_optional?.includes(scope)),
    userScopes,
    state: query.get('state') ?? undefined,
    redirectUri,
    ...(sent ? { sentRedirect: sent } : {}),
  };
}

function back(request: InstallRequest, answer: { [name: string]: string }): string {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (request.state !== undefined) url.searchParams.set('state', request.state);
  return url.href;
}

/** Guests and people of other organisations bring no apps into a workspace. */
export const canInstall = (user: User): boolean =>
  isFullMember(user) && !user.isBot && !user.deleted && !user.isInvited && user.id !== 'USLACKBOT';

/** Who could install it for the whole organisation: nobody where there is none, or the app is not made for it. */
export function canInstallForAll(engine: Engine, user: User): boolean {
  const { settings } = engine.state.app.manifest;
  return engine.organisation !== undefined && settings?.org_deploy_enabled === true && isAdmin(user);
}

function requireOrgInstall(engine: Engine, user: User): void {
  const { app } = engine.state;
  if (!engine.organisation) throw new Error(`${engine.state.team.name} belongs to no organisation`);
  if (!app.manifest.settings?.org_deploy_enabled) throw new Error(`${app.name} cannot be installed by an organisation`);
  if (!canInstallForAll(engine, user)) throw new Error(`${user.name} is no admin`);
}

/** The person agrees: where their browser goes next, with a code for the app. */
export function allowInstall(engine: Engine, request: InstallRequest, user: User, forAll = false): string {
  const { team } = engine.state;
  const { scopes, userScopes, sentRedirect } = request;
  if (!canInstall(user)) throw new Error(`${user.name} cannot install apps in ${team.name}`);
  if (forAll) requireOrgInstall(engine, user);
  const grant = {
    team: (forAll ? engine.organisation?.id : undefined) ?? team.id,
    user: user.id,
    scopes,
    userScopes,
    createdAt: engine.clock.now(),
  };
  return back(request, {
    code: engine.vault.newCode({ ...grant, ...(sentRedirect ? { redirectUri: sentRedirect } : {}) }),
  });
}

export const denyInstall = (request: InstallRequest): string => back(request, { error: 'access_denied' });
