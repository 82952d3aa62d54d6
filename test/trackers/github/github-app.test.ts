import { generateKeyPairSync } from 'node:crypto';
import { createEmulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../bench/kit/free-port.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import { accessTyped } from '../../../src/domain/trackers/access.ts';
import type { GithubApp } from '../../../src/domain/trackers/github-app.ts';
import { createInstallationTokens } from '../../../src/trackers/github/github-app.ts';
import { createGithubTracker } from '../../../src/trackers/github/github-tracker.ts';
import { introduceTracker } from '../../../src/usecases/trackers/connect/try-tracker.ts';

const pem = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const HOUR_MS = 3_600_000;

describe('a GitHub App', () => {
  const key = pem();
  const typed = { place: 'acme/api', token: '', site: '', email: '', app: '7', installation: '70', key };
  let url: string;
  let close: () => Promise<void>;
  let elapsedMs = 0;
  let asked: { path: string; token: string }[] = [];
  const counting: typeof fetch = (input, init) => {
    const token = new Headers(init?.headers).get('authorization') ?? '';
    asked.push({ path: new URL(String(input)).pathname, token });
    return fetch(input, init);
  };
  const minted = () => asked.filter(({ path }) => path.endsWith('/access_tokens')).length;
  const opener = (through = counting) => {
    const tokens = createInstallationTokens(() => elapsedMs);
    return (over: Partial<typeof typed> = {}) =>
      createGithubTracker(
        { ...accessTyped('github', { ...typed, ...over }), account: 'acme-burndown[bot]' },
        { fetch: through, apiUrl: url, tokens },
      );
  };
  const connect = (over: Partial<typeof typed> = {}) => {
    const tokens = createInstallationTokens(() => elapsedMs);
    const open = (access: ReturnType<typeof accessTyped>) =>
      createGithubTracker(access, { fetch: counting, apiUrl: url, tokens });
    return introduceTracker(
      open,
      { name: '#eng-stability', channelIsPrivate: true } as Program,
      accessTyped('github', { ...typed, ...over }),
    );
  };

  beforeAll(async () => {
    const permissions = { issues: 'write', pull_requests: 'write', contents: 'read', metadata: 'read' };
    const emulator = await createEmulator({
      service: 'github',
      port: await freePort(),
      seed: {
        github: {
          users: [{ login: 'ana', name: 'Ana', email: 'ana@example.com' }],
          orgs: [{ login: 'acme', name: 'Acme' }],
          repos: ['api', 'other'].map((name) => ({ owner: 'acme', name, private: true })),
          apps: [
            {
              ...{ app_id: 7, slug: 'acme-burndown', name: 'Acme Burndown', private_key: key, permissions },
              events: ['issues'],
              installations: [
                { installation_id: 70, account: 'acme', repository_selection: 'selected', repositories: ['acme/api'] },
                {
                  ...{ installation_id: 71, account: 'acme', repository_selection: 'all' },
                  permissions: { issues: 'read', metadata: 'read' },
                },
              ],
            },
          ],
        },
      },
    });
    ({ url } = emulator);
    close = () => emulator.close();
  });
  afterAll(() => close());

  it('writes and finds again what it wrote, under its own name', async () => {
    const tracker = opener()();
    expect(await connect()).toMatchObject({ account: 'acme-burndown[bot]', place: 'acme/api', isPublic: false });
    const before = new Date(Date.now() - 60_000);
    const created = await tracker.createTicket({ title: 'Login loops', text: 'It loops.', marker: 'm-1' });
    expect(created).toMatchObject({ ok: { title: 'Login loops', status: 'open' } });
    expect(await tracker.findCreated('m-1', before)).toEqual(created);
    const id = 'ok' in created ? created.ok.externalId : '';
    expect(await tracker.setStatus(id, 'done')).toMatchObject({
      ok: { status: 'done', statusBy: 'acme-burndown[bot]' },
    });
  });

  it('makes one token for all that is asked within an hour, and the next one in time', async () => {
    asked = [];
    const tracker = opener()();
    await Promise.all(Array.from({ length: 5 }, () => tracker.listChanged(new Date(0))));
    await tracker.listChanged(new Date(0));
    expect(minted()).toBe(1);
    elapsedMs += HOUR_MS - 60_000;
    expect(await tracker.listChanged(new Date(0))).toHaveProperty('ok');
    expect(minted()).toBe(2);
  });

  it('makes another token where GitHub takes one no more, and asks again with that', async () => {
    asked = [];
    let revoked: string | null = null;
    const tracker = opener((input, init) => {
      const token = new Headers(init?.headers).get('authorization');
      const answer = counting(input, init);
      return token !== null && token === revoked ? Promise.resolve(new Response('{}', { status: 401 })) : answer;
    })();
    await tracker.listChanged(new Date(0));
    revoked = asked.at(-1)?.token ?? null;
    expect(await tracker.listChanged(new Date(0))).toHaveProperty('ok');
    expect(minted()).toBe(2);
  });

  it.each([
    ['a key of another app', { key: pem() }, 'key', 'does not take this key for the app 7'],
    ['an installation that there is not', { installation: '99' }, 'installation', 'has no installation 99'],
    ['a permission that is missing', { installation: '71' }, 'installation', 'may not write issues'],
    ['what is no key', { key: 'a secret' }, 'key', 'from its first line with BEGIN'],
    ['no number of an app', { app: 'acme' }, 'app', 'Give the App ID'],
    ['a token beside it', { token: 'some-token' }, 'token', 'not both'],
    ['nothing at all', { app: '', installation: '', key: '' }, 'token', 'Give a token, or below it an app'],
  ])('is refused with %s, at its field', async (_, over, field, words) => {
    await expect((async () => connect(over))()).rejects.toMatchObject({
      field,
      message: expect.stringContaining(words),
    });
  });

  it('is never handed the token of others who named the same installation', async () => {
    asked = [];
    const open = opener();
    const [theirs, guessed] = await Promise.all([
      open().listChanged(new Date(0)),
      open({ key: pem() }).listChanged(new Date(0)),
    ]);
    expect(theirs).toHaveProperty('ok');
    expect(guessed).toMatchObject({ trouble: { kind: 'refused', at: 'key' } });
  });

  it('is read as it is pasted, with spaces for line breaks and the address of its installation', () => {
    const pasted = {
      ...typed,
      installation: 'https://github.com/organizations/acme/settings/installations/70',
      key: key.trim().replaceAll('\n', ' '),
    };
    const app = JSON.parse(accessTyped('github', pasted).token) as GithubApp;
    expect(app).toEqual({ appId: '7', installationId: '70', privateKey: key });
  });
});
