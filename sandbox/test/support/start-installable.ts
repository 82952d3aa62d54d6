import { WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { limits } from '../../rules/limits.ts';
import { type Installable, installableApp, scopes } from './installable-app.ts';
import { silent } from './quiet-workspace.ts';

export const HARBOUR = { who: 'THARBOUR0 UANA00000', team: 'THARBOUR0' };
export const PIER = { who: 'TPIER0000 UPAULAPIER', team: 'TPIER0000' };

/** An app that nobody has installed yet; it stops with the test. */
export async function startInstallable(rotates = false): Promise<Installable> {
  const installable = await installableApp({ rotates });
  onTestFinished(() => installable.stop());
  return installable;
}

export const clientOf = ({ sandbox }: Installable, token?: string) =>
  new WebClient(token, { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 }, logger: silent });

/** What ana's browser brings back once she has agreed to the app's link. */
export async function codeFor(given: Installable, query: { [name: string]: string } = {}) {
  const url = new URL(`${given.sandbox.origin}${limits.authorizePath.value}`);
  const asked = { client_id: given.sandbox.clientId, scope: scopes.join(','), state: 'a&b=ü', ...query };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const back = new URL(await given.sandbox.person('ana').allowApp(url.href));
  return { code: String(back.searchParams.get('code')), state: back.searchParams.get('state') };
}

export const ids = ({ sandbox }: Installable) => ({ client_id: sandbox.clientId, client_secret: sandbox.clientSecret });
