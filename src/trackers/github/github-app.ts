import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { GithubApp } from '../../domain/trackers/github-app.ts';
import type { TrackerAnswer, TrackerTrouble } from '../../domain/trackers/tracker.ts';
import { type AskTracker, createAskTracker, type Explain } from '../ask-tracker.ts';
import { reading } from '../reading.ts';

type Out = { fetch: typeof fetch; apiUrl: string };
type Held = { token: string; permissions: Readonly<Record<string, string>> };

/** Tokens of installations, each held until shortly before it ends; another process makes its own, which harms nobody. */
export type InstallationTokens = {
  of: (app: GithubApp, out: Out) => Promise<TrackerAnswer<Held>>;
  /** GitHub takes this one no more, whatever it said of its end. */
  forget: (app: GithubApp, token: string) => void;
};

// They live for an hour.
const KEPT_MS = 50 * 60_000;

const minted = z.object({ token: z.string(), permissions: z.record(z.string(), z.string()).default({}) });
const self = z.object({ slug: z.string() });

export function createInstallationTokens(elapsedMs: () => number): InstallationTokens {
  type Entry = { answer: Promise<TrackerAnswer<Held>>; endsMs: number; token?: string };
  const entries = new Map<string, Entry>();
  return {
    of: (app, out) => {
      const nowMs = elapsedMs();
      for (const [key, { endsMs }] of entries) if (endsMs <= nowMs) entries.delete(key);
      const key = keyOf(app);
      const known = entries.get(key);
      if (known) return known.answer;
      const entry: Entry = { answer: mint(app, out), endsMs: nowMs + KEPT_MS };
      entries.set(key, entry);
      void entry.answer.then((answer) => {
        if ('ok' in answer) entry.token = answer.ok.token;
        else if (entries.get(key) === entry) entries.delete(key);
      });
      return entry.answer;
    },
    forget: (app, token) => {
      const key = keyOf(app);
      if (entries.get(key)?.token === token) entries.delete(key);
    },
  };
}

/** By all that is secret, too: whoever names the installation of others gets nothing of theirs. */
function keyOf({ appId, installationId, privateKey }: GithubApp): string {
  return createHash('sha256')
    .update(JSON.stringify([appId, installationId, privateKey]))
    .digest('base64url');
}

/** Asks as the installation. What is refused since the token has ended was not done, so it is asked once more with a new one. */
export function createAppAsk(app: GithubApp, out: Out, tokens: InstallationTokens, explain: Explain): AskTracker {
  return async (request) => {
    const held = await tokens.of(app, out);
    if ('trouble' in held) return held;
    let isEnded = false;
    const first = await askAs(held.ok.token, out, (status, ...given) => {
      isEnded = status === 401;
      return explain(status, ...given);
    })(request);
    if (!isEnded) return first;
    tokens.forget(app, held.ok.token);
    const next = await tokens.of(app, out);
    return 'trouble' in next ? next : askAs(next.ok.token, out, explain)(request);
  };
}

/** The account that writes for an app; what of it is wrong is said by name. */
export async function introduceApp(
  app: GithubApp,
  out: Out,
  tokens: InstallationTokens,
): Promise<TrackerAnswer<string>> {
  const slug = reading(await asApp(app, out, { method: 'GET', path: '/app' }, noApp(app)), self, (given) => given.slug);
  if ('trouble' in slug) return slug;
  const held = await tokens.of(app, out);
  if ('trouble' in held) return held;
  if (held.ok.permissions.issues !== 'write')
    return {
      trouble: refused(
        'The installation may not write issues. Give the app *Issues: read and write*, and accept that where it is installed.',
        'installation',
      ),
    };
  return { ok: `${slug.ok}[bot]` };
}

async function mint(app: GithubApp, out: Out): Promise<TrackerAnswer<Held>> {
  const path = `/app/installations/${app.installationId}/access_tokens`;
  // A second token changes nothing for anybody.
  const answer = await asApp(app, out, { method: 'POST', path, isRead: true }, noInstallation(app));
  return reading(answer, minted, (given) => given);
}

/** Asks as the app itself; `missing` is said where GitHub has nothing there. */
async function asApp(
  app: GithubApp,
  out: Out,
  request: Parameters<AskTracker>[0],
  missing: TrackerTrouble,
): Promise<TrackerAnswer<unknown>> {
  const signed = await sign(app);
  if (signed === null) return { trouble: noKey(app) };
  const answer = await askAs(signed, out, (status) => {
    if (status === 401) return noKey(app);
    if (status === 403) return refused('GitHub says that the app is suspended where it is installed.', 'installation');
    return refused(`GitHub refused it (${status}).`);
  })(request);
  return 'trouble' in answer && answer.trouble.kind === 'missing' ? { trouble: missing } : answer;
}

/** Null where the key is none. GitHub takes a signature by its own clock alone, so ours is the real one. */
async function sign({ appId, privateKey }: GithubApp): Promise<string | null> {
  const { default: githubAppJwt } = await import('universal-github-app-jwt');
  try {
    return (await githubAppJwt({ id: appId, privateKey })).token;
  } catch {
    return null;
  }
}

function askAs(token: string, { fetch, apiUrl }: Out, explain: Explain): AskTracker {
  return createAskTracker({ baseUrl: apiUrl, fetch, headers: githubHeaders(token), explain });
}

export function githubHeaders(token: string): Record<string, string> {
  return {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'user-agent': 'burndown',
    'x-github-api-version': '2022-11-28',
  };
}

const noKey = ({ appId }: GithubApp) =>
  refused(
    `GitHub does not take this key for the app ${appId}. Look at the App ID, or make a new private key in its settings.`,
    'key',
  );
const noApp = ({ appId }: GithubApp) => refused(`GitHub has no app ${appId}.`, 'app');
const noInstallation = ({ appId, installationId }: GithubApp) =>
  refused(
    `The app ${appId} has no installation ${installationId}. Its number ends the address of its page in Settings, Applications.`,
    'installation',
  );

function refused(words: string, at?: 'app' | 'installation' | 'key'): TrackerTrouble {
  return { kind: 'refused', words, ...(at ? { at } : {}) };
}
