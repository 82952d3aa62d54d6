import { z } from 'zod';
import { Refusal } from '../errors/refusal.ts';

/** A GitHub App as it is installed for one account: what opens a repository in place of a token. */
export type GithubApp = { appId: string; installationId: string; privateKey: string };

export type TypedApp = { app: string; installation: string; key: string };

const PEM = /^-----BEGIN ((?:RSA )?PRIVATE KEY)-----([A-Za-z0-9+/=\s]+)-----END \1-----$/;
const LINE = 64;

const stored = z.object({ appId: z.string(), installationId: z.string(), privateKey: z.string() });

export function isAppTyped(typed: TypedApp): boolean {
  return [typed.app, typed.installation, typed.key].some((text) => text.trim() !== '');
}

/** An app as somebody typed it. A Refusal where there can be no such app. */
export function appTyped({ app, installation, key }: TypedApp): GithubApp {
  const appId = app.trim();
  if (!/^\d{1,15}$/.test(appId))
    throw new Refusal('Give the App ID, a number, which stands at the top of the settings of the app.', 'app');
  const installationId = installation.trim().replace(/^https?:\/\/\S*\/installations\/(\d+)\S*$/, '$1');
  if (!/^\d{1,15}$/.test(installationId))
    throw new Refusal('Give the number that the address of the installation ends with.', 'installation');
  const [, kind, text] = PEM.exec(key.trim()) ?? [];
  const base64 = text?.replace(/\s/g, '');
  if (!kind || !base64)
    throw new Refusal(
      'Give all of the file that GitHub made, from its first line with BEGIN to its last with END.',
      'key',
    );
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  // A form may have made spaces of its line breaks.
  const privateKey = [`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`, ''].join('\n');
  return { appId, installationId, privateKey };
}

/** As it is kept where a token would be. */
export function writeApp(app: GithubApp): string {
  return JSON.stringify(app);
}

/** Null where a token is kept, which never begins like this. */
export function readApp(token: string): GithubApp | null {
  return token.startsWith('{"') ? stored.parse(JSON.parse(token)) : null;
}
