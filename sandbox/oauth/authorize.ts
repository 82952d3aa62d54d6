import type { Engine } from '../engine.ts';
import type { User } from '../model.ts';

/** What the app asks for, as its link says it. */
export type InstallRequest = {
  scopes: string[];
  state: string | undefined;
  redirectUri: string;
  sentRedirect?: string;
};

/** Reads the query of /oauth/v2/authorize; an Error in words for the person when the app's link is wrong. */
export function readInstallRequest(engine: Engine, query: URLSearchParams): InstallRequest {
  const { app } = engine.state;
  const { redirect_urls: allowed = [], scopes: declared } = app.manifest.oauth_config ?? {};
  if (query.get('client_id') !== app.clientId) throw new Error('Invalid client_id parameter');
  const scopes = (query.get('scope') ?? '').split(/[ ,]+/).filter(Boolean);
  if (scopes.length === 0) throw new Error('Invalid permissions requested: the link names no scope');
  const unknown = scopes.filter((scope) => !declared?.bot?.includes(scope));
  if (unknown.length > 0) throw new Error(`Invalid permissions requested: ${unknown.join(', ')}`);
  const sent = query.get('redirect_uri') ?? undefined;
  const redirectUri = sent ?? allowed[0];
  // A link may go deeper than what the settings name, not elsewhere.
  const fits = (url: string) => redirectUri === url || redirectUri?.startsWith(`${url.replace(/\/$/, '')}/`);
  if (!redirectUri || !allowed.some(fits)) throw new Error('redirect_uri did not match any configured URIs');
  return { scopes, state: query.get('state') ?? undefined, redirectUri, ...(sent ? { sentRedirect: sent } : {}) };
}

function back(request: InstallRequest, answer: { [name: string]: string }): string {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (request.state !== undefined) url.searchParams.set('state', request.state);
  return url.href;
}

/** The person agrees: where their browser goes next, with a code for the app. */
export function allowInstall(engine: Engine, request: InstallRequest, user: User): string {
  const { team } = engine.state;
  const { scopes, sentRedirect } = request;
  const grant = { team: team.id, user: user.id, scopes, createdAt: engine.clock.now() };
  return back(request, {
    code: engine.vault.newCode({ ...grant, ...(sentRedirect ? { redirectUri: sentRedirect } : {}) }),
  });
}

export const denyInstall = (request: InstallRequest): string => back(request, { error: 'access_denied' });
