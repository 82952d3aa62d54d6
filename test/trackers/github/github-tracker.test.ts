import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub, tokenOf } from '../../../bench/trackers/github-server.ts';
import type { Tracker } from '../../../src/domain/trackers/tracker.ts';
import { createInstallationTokens } from '../../../src/trackers/github/github-app.ts';
import { createGithubTracker } from '../../../src/trackers/github/github-tracker.ts';

const tokens = createInstallationTokens(() => 0);

describe('GitHub', () => {
  let github: GithubServer;
  let tracker: Tracker;
  const open = (token: string, place = 'ana/api') =>
    createGithubTracker(
      { kind: 'github', place, token, account: 'burndown-bot' },
      { fetch, apiUrl: github.url, tokens },
    );
  beforeAll(async () => {
    github = await startGithub();
    tracker = open(tokenOf('burndown-bot'));
  });
  afterAll(() => github.close());

  it('says who we are there and which issue changed last, and is written nothing', async () => {
    const issue = await github.as('ana', 'POST', '/repos/ana/api/issues', { title: 'Deploy hangs' });
    expect(await tracker.introduce()).toMatchObject({
      ok: { account: 'burndown-bot', webUrl: `${github.url}/ana/api`, latest: { key: `ana/api#${issue.number}` } },
    });
    expect(await github.comments(Number(issue.number))).toEqual([]);
  });

  it('finds a created issue again by its marker, and only one that our own account made', async () => {
    const before = new Date(Date.now() - 60_000);
    const created = await tracker.createTicket({ title: 'Login loops', text: 'It loops.', marker: 'm-1' });
    if ('trouble' in created) throw new Error('not created');
    expect(await tracker.findCreated('m-1', before)).toEqual(created);
    expect(await tracker.findCreated('m-2', before)).toEqual({ ok: null });
    await github.as('ana', 'POST', '/repos/ana/api/issues', { title: 'A copy', body: '<!-- burndown:m-3 -->' });
    expect(await tracker.findCreated('m-3', before)).toEqual({ ok: null });
  });

  it('tells the two ways of closing apart, by whom and when, and opens again', async () => {
    const created = await tracker.createTicket({ title: 'Sync is stuck', text: '', marker: 'm-4' });
    const id = 'ok' in created ? created.ok.externalId : '';
    expect(await tracker.setStatus(id, 'not_planned')).toMatchObject({
      ok: { status: 'not_planned', statusBy: 'burndown-bot' },
    });
    expect(await tracker.setStatus(id, 'open')).toMatchObject({ ok: { status: 'open' } });
    await github.as('ana', 'PATCH', `/repos/ana/api/issues/${id}`, { state: 'closed' });
    expect(await tracker.readTicket(id)).toMatchObject({ ok: { status: 'done', statusBy: 'ana' } });
  });

  it('finds a comment of ours by its marker, and edits it in its place', async () => {
    const created = await tracker.createTicket({ title: 'Invoice is blank', text: '', marker: 'm-5' });
    const id = 'ok' in created ? created.ok.externalId : '';
    const before = new Date(Date.now() - 60_000);
    expect(await tracker.findComment(id, 'c-1', before)).toEqual({ ok: null });
    const written = await tracker.comment(id, { text: 'Two reports.', marker: 'c-1' });
    expect(await tracker.findComment(id, 'c-1', before)).toEqual(written);
    const commentId = 'ok' in written ? written.ok : '';
    expect(await tracker.editComment(id, commentId, { text: 'Three reports.', marker: 'c-1' })).toEqual({ ok: null });
    expect(await github.comments(Number(id))).toEqual(['Three reports.\n\n<!-- burndown:c-1 -->']);
  });

  it('lists what changed since an instant', async () => {
    const issue = await github.as('ana', 'POST', '/repos/ana/api/issues', { title: 'Newest', labels: ['D-7'] });
    const listed = await tracker.listChanged(new Date(Date.now() - 60_000));
    expect(listed).toMatchObject({ ok: { isWhole: true } });
    const newest = 'ok' in listed ? listed.ok.tickets.find(({ key }) => key === `ana/api#${issue.number}`) : undefined;
    expect(newest).toMatchObject({ title: 'Newest', labels: ['D-7'], status: 'open' });
    expect(await tracker.listChanged(new Date(Date.now() + 60_000))).toEqual({ ok: { tickets: [], isWhole: true } });
  });

  it.each([
    ['Retry-After', { 'retry-after': '60' }, '{}', { kind: 'limited', afterMs: 60_000 }],
    [
      'a secondary limit',
      {},
      '{"message":"You have exceeded a secondary rate limit"}',
      { kind: 'limited', afterMs: null },
    ],
    [
      'nothing left until the reset',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1764322230', date: 'Fri, 28 Nov 2025 09:30:00 GMT' },
      '{}',
      { kind: 'limited', afterMs: 30_000 },
    ],
    ['no more than that', {}, '{}', { kind: 'refused', words: expect.stringContaining('read and write access') }],
  ])('that answers 403 with %s means it', async (_, headers, body, trouble) => {
    const answering: typeof fetch = async () => new Response(body, { status: 403, headers });
    const access = { kind: 'github', place: 'ana/api', token: 'some-token', account: null } as const;
    const limited = createGithubTracker(access, { fetch: answering, apiUrl: 'https://github.example', tokens });
    expect(await limited.setStatus('1', 'done')).toEqual({ trouble });
  });

  it('says what is missing', async () => {
    expect(await tracker.readTicket('9999')).toEqual({ trouble: { kind: 'missing' } });
    expect(await open(tokenOf('burndown-bot'), 'ana/nothing').introduce()).toEqual({ trouble: { kind: 'missing' } });
  });
});
