import { Refusal } from '../errors/refusal.ts';
import { appTyped, isAppTyped, type TypedApp, writeApp } from './github-app.ts';
import { parseToken, placeNamed } from './place.ts';
import type { Access, TrackerKind } from './tracker.ts';

export type TypedAccess = { place: string; token: string; site: string; email: string } & TypedApp;

/** How a tracker is reached, as somebody typed it. A Refusal where it cannot be reached like that. */
export function accessTyped(kind: TrackerKind, typed: TypedAccess): Access {
  const place = placeNamed(kind, typed.place);
  const token = kind === 'github' ? githubTyped(typed) : parseToken(typed.token);
  const access = { kind, place, account: null };
  if (kind !== 'jira') return { ...access, token };
  const site = parseSite(typed.site);
  const email = typed.email.trim();
  // A token of Data Center stands for its account by itself.
  if (email === '') return { ...access, site, token };
  if (/^[^\s:@]+@[^\s:@]+$/.test(email)) return { ...access, site, token: `${email}:${token}` };
  throw new Refusal('Give the e-mail of the account, or leave it empty for Data Center.', 'email');
}

/** A token, or an app in its place. */
function githubTyped(typed: TypedAccess): string {
  const hasToken = typed.token.trim() !== '';
  if (!isAppTyped(typed)) {
    if (hasToken) return parseToken(typed.token);
    throw new Refusal('Give a token, or below it an app: its ID, its installation and its key.', 'token');
  }
  if (hasToken) throw new Refusal('Give a token or an app, not both.', 'token');
  return writeApp(appTyped(typed));
}

/** Without a slash at its end, and without what follows the address of a site of Jira Cloud. */
function parseSite(typed: string): string {
  const given = typed.trim();
  const url = URL.canParse(given) ? new URL(given) : null;
  const isLocal = url !== null && ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (!url || url.username || url.password || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)))
    throw new Refusal('Give the address of the site: https://acme.atlassian.net.', 'site');
  if (url.hostname.endsWith('.atlassian.net')) return url.origin;
  return `${url.origin}${url.pathname}`
    .replace(/\/(?:browse|projects|secure|issues)(?:\/.*)?$/, '')
    .replace(/\/+$/, '');
}
