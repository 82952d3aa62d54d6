import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub, tokenOf } from '../../../bench/trackers/github-server.ts';
import { mergePull, release } from '../../../bench/trackers/pull-requests.ts';
import type { CodeHost } from '../../../src/domain/fixes/code-host.ts';
import { createInstallationTokens } from '../../../src/trackers/github/github-app.ts';
import { createGithubTracker } from '../../../src/trackers/github/github-tracker.ts';

const REPO = '/repos/ana/api';

const tokens = createInstallationTokens(() => 0);

describe('the code on GitHub', () => {
  let github: GithubServer;
  let code: CodeHost;
  const open = (apiUrl: string, through: typeof fetch = fetch): CodeHost => {
    const access = { kind: 'github', place: 'ana/api', token: tokenOf('burndown-bot'), account: null } as const;
    const { code } = createGithubTracker(access, { fetch: through, apiUrl, tokens });
    if (!code) throw new Error('GitHub holds code');
    return code;
  };
  beforeAll(async () => {
    github = await startGithub();
    code = open(github.url);
  });
  afterAll(() => github.close());

  it('tells what was merged, who wrote it, what went out, and whether that contains it', async () => {
    const since = new Date(Date.now() - 60_000);
    const trailer = 'Retry\n\nCo-authored-by: Bo <7+bo@users.noreply.github.com>';
    await release(github, REPO, 'v0');
    const first = await mergePull(github, REPO, { title: 'Retry', body: 'fixes D-4', branch: 'd-4', message: trailer });
    await release(github, REPO, 'v1');
    const second = await mergePull(github, REPO, { title: 'More', branch: 'more' });
    await github.as('ana', 'POST', `${REPO}/releases`, { tag_name: 'v2-rc', prerelease: true });

    const merged = await code.listMerged(since);
    expect('ok' in merged && merged.ok).toMatchObject([
      { number: second.number, branch: 'more' },
      { number: first.number, title: 'Retry', body: 'fixes D-4', branch: 'd-4', base: 'main', mergeSha: first.sha },
    ]);
    expect(await code.listMerged(new Date(Date.now() + 60_000))).toEqual({ ok: [] });
    expect(await code.listCoAuthors(first.number)).toMatchObject({ ok: expect.arrayContaining(['bo']) });

    const shipped = await code.listShipments(since);
    const [v0, v1, ...more] = 'ok' in shipped ? shipped.ok : [];
    expect([v0?.name, v1?.name, more]).toEqual(['v0', 'v1', []]);
    if (!v0 || !v1) throw new Error('nothing went out');
    expect(await code.contains(v0, first.sha)).toEqual({ ok: false });
    expect(await code.contains(v1, first.sha)).toEqual({ ok: true });
    expect(await code.contains(v1, second.sha)).toEqual({ ok: false });
    expect(await code.contains({ ...v1, ref: 'gone' }, first.sha)).toEqual({ ok: null });
  });

  it('knows the commit of a version by its tag, with or without a v, and of a commit, and never of a branch', async () => {
    const { sha } = await mergePull(github, REPO, { title: 'Names', branch: 'names' });
    await release(github, REPO, 'v3.1', sha);
    const found = (version: string, commit: string | null = null) => code.findCommit({ version, commit });
    for (const version of ['v3.1', '3.1', sha]) expect(await found(version)).toEqual({ ok: sha });
    expect(await found('build 7', sha.slice(0, 7))).toEqual({ ok: sha });
    for (const version of ['main', 'heads/main', '3', sha.slice(0, 7)])
      expect(await found(version)).toEqual({ ok: null });
    for (const commit of ['main', 'v3.1', sha.slice(0, 6)]) expect(await found('v3.1', commit)).toEqual({ ok: null });
    expect(await code.contains({ ref: sha }, sha)).toEqual({ ok: true });
  });

  const deployments = (answers: Record<string, unknown>) =>
    open('https://api.github.test', async (url) => {
      const path = new URL(String(url)).pathname.replace('/repos/ana/api', '');
      return path in answers ? Response.json(answers[path]) : new Response('{}', { status: 403 });
    });
  const on = (day: number) => `2026-11-0${day}T10:00:00Z`;
  const deployment = (id: number, environment: string) => ({
    ...{ id, sha: `sha${id}`, ref: 'main', environment, created_at: on(2) },
  });

  it('a deployment to production went out when it first succeeded, and none that failed or went elsewhere did', async () => {
    const host = deployments({
      '/releases': [],
      '/deployments': [
        deployment(1, 'production'),
        deployment(2, 'staging'),
        deployment(3, 'production'),
        { ...deployment(4, 'eu'), production_environment: true },
      ],
      '/deployments/1/statuses': [
        { state: 'inactive', created_at: on(6) },
        { state: 'success', created_at: on(5) },
        { state: 'success', created_at: on(4) },
        { state: 'in_progress', created_at: on(3) },
      ],
      '/deployments/3/statuses': [{ state: 'failure', created_at: on(3) }],
      '/deployments/4/statuses': [{ state: 'success', created_at: on(3), target_url: 'https://ci.example.com/4' }],
    });
    const told = await host.listShipments(new Date(on(1)));
    expect('ok' in told && told.ok).toEqual([
      {
        ...{ id: 'deployment-4', name: 'the deployment to eu', url: 'https://ci.example.com/4' },
        ...{ ref: 'sha4', branch: 'main', at: new Date(on(3)) },
      },
      {
        ...{ id: 'deployment-1', name: 'the deployment to production', url: null },
        ...{ ref: 'sha1', branch: 'main', at: new Date(on(4)) },
      },
    ]);
  });

  it('a token that may not read deployments reads releases all the same', async () => {
    expect(await deployments({ '/releases': [] }).listShipments(new Date(on(1)))).toEqual({ ok: [] });
    expect(await deployments({}).listShipments(new Date(on(1)))).toMatchObject({ trouble: { kind: 'refused' } });
  });
});
