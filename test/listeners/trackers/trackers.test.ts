// @module-tag slow
import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub, tokenOf } from '../../../bench/trackers/github-server.ts';
import { type JiraServer, startJira } from '../../../bench/trackers/jira-server.ts';
import { type LinearServer, linearKeyOf, startLinear } from '../../../bench/trackers/linear-server.ts';
import type { ModalView } from '../../../sandbox/state/model.ts';
import { auditEntries } from '../../../src/db/schema/audit.ts';
import { defects } from '../../../src/db/schema/defects.ts';
import { requests } from '../../../src/db/schema/messages.ts';
import { tickets, trackers } from '../../../src/db/schema/trackers.ts';
import { databases } from '../../databases.ts';
import { fileDefect } from '../../file-defect.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';

const MONDAY = new Date('2026-11-23T09:00:00Z');
const channel = '#eng-stability';
const titled = (title: string) => (view: ModalView) => view.title?.text === title;
const words = (view: unknown) => JSON.stringify(view);

describe.each(databases)('a tracker on $name', (database) => {
  let github: GithubServer;
  let running: RunningBot;
  let linear: LinearServer;
  let jira: JiraServer;
  beforeAll(async () => {
    [github, linear, jira] = await Promise.all([startGithub(), startLinear(), startJira()]);
  });
  afterAll(() => Promise.all([github.close(), linear.close(), jira.close()]));
  afterEach(() => running.close());

  it('is connected by a lead, tried, worked with, and removed', async () => {
    running = await startRunningBot({
      ...{ database, transport: 'http', startAt: MONDAY },
      trackerHosts: { github: github.url, linear: linear.url },
      publicUrl: 'https://burndown.example.com',
    });
    const { sandbox, db, bot } = running;
    const ana = sandbox.person('ana');
    const trackersPage = async () => {
      await ana.slash('/defect settings', { channel });
      await ana.click(await ana.modal(titled('Program settings')), 'open_trackers');
      return ana.modal(titled('Trackers'));
    };

    // What is wrong is said at its field, and nothing is stored.
    await ana.click(await trackersPage(), 'connect_github');
    const form = await ana.modal(titled('Connect GitHub'));
    await ana.fill(form, { place: 'not a repository', token: tokenOf('burndown-bot') });
    expect(words((await ana.submit(form)).errors)).toContain('acme/api');
    await ana.fill(form, { place: 'ana/api', app: '7', installation: '70', key: 'no key' });
    expect(words((await ana.submit(form)).errors)).toContain('not both');
    await ana.fill(form, { token: '' });
    expect(words((await ana.submit(form)).errors)).toContain('first line with BEGIN');
    await ana.fill(form, { token: tokenOf('burndown-bot'), app: '', installation: '', key: '' });
    await ana.fill(form, { place: 'ana/nothing' });
    expect(words((await ana.submit(form)).errors)).toContain('has no ana/nothing');
    expect(await db.select().from(trackers)).toEqual([]);
    await ana.fill(form, { place: 'https://github.com/ana/api' });
    await ana.submit(form);
    const shown = words(await ana.modal(titled('Shown only once')));
    const path = /burndown\.example\.com(\/trackers\/[\w-]+)/.exec(shown)?.[1] ?? '';
    const secret = /Secret\*\\n`([\w-]+)`/.exec(shown)?.[1] ?? '';
    expect(secret).toHaveLength(43);

    // Neither the token nor the secret nor the address can be read in the database, or in the audit.
    const stored = words([await db.select().from(trackers), await db.select().from(requests)]);
    for (const kept of [tokenOf('burndown-bot'), secret, path.split('/').at(-1) ?? 'none']) {
      expect(stored).not.toContain(kept);
      expect(words(await db.select().from(auditEntries))).not.toContain(kept);
    }
    expect((await db.select().from(auditEntries)).map(({ kind }) => kind)).toContain('tracker_connected');

    await ana.closeAll();
    await ana.click(await trackersPage(), 'open_tracker');
    await ana.click(await ana.modal(titled('Tracker')), 'try_tracker');
    const tried = await ana.modal((view) => words(view).includes('It answers, as burndown-bot'));
    await ana.fill(tried, {
      ...{ creation: 'Always, when it is accepted', reopen_days: '21', agents: 'acme-coder' },
      claiming: 'I do, once a release or deployment has it',
    });
    await ana.submit(tried);
    expect((await db.select().from(trackers))[0]).toMatchObject({
      ...{ creation: 'always', reopenDays: 21 },
      ...{ claimsShipped: true, agents: ['acme-coder'] },
    });

    // A defect that is accepted gets its ticket, and its card names it.
    await ana.closeAll();
    await fileDefect(ana, 'Deploy hangs');
    await ana.slash('/defect accept 1', { channel });
    const accept = await ana.modal('Accept');
    await ana.submit(accept);
    await ana.closeAll();
    await bot.beat();
    await expect.poll(async () => (await db.select().from(tickets))[0]?.key).toMatch(/^ana\/api#\d+$/);
    const [ticket] = await db.select().from(tickets);
    const number = Number(ticket?.externalId);

    // GitHub tells of a closed issue; what nobody has signed is refused in words, and what is hostile too.
    await github.as('ana', 'PATCH', `/repos/ana/api/issues/${number}`, { state: 'closed' });
    const post = async (body: string, key: string, to = path) => {
      const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
      const headers = { 'x-hub-signature-256': signature, 'content-type': 'application/json' };
      const answer = await fetch(`${running.address}${to}`, { method: 'POST', headers, body });
      return { status: answer.status, body: await answer.text() };
    };
    const event = JSON.stringify({ action: 'closed', issue: { number }, repository: { full_name: 'Ana/API' } });
    expect(await post(event, 'guessed')).toMatchObject({ status: 401, body: expect.stringContaining('signature') });
    expect(await post('[1]', secret)).toMatchObject({ status: 400, body: expect.stringContaining('JSON object') });
    expect(await post('['.repeat(100_000), secret)).toMatchObject({ status: 400 });
    expect(await post('x'.repeat(1_100_000), secret)).toMatchObject({ status: 413 });
    expect(await post(event, secret, '/trackers/aaaaaaaaaaaaaaaaaaaaaaaaa')).toMatchObject({ status: 404 });
    expect((await db.select().from(defects))[0]?.state).toBe('accepted');
    expect(await post(event, secret)).toMatchObject({ status: 200 });
    await expect.poll(async () => (await db.select().from(defects))[0]?.state).toBe('claimed');

    // The owner is asked for what the form would have asked, and says it.
    await sandbox.settled();
    const direct = await ana.sees('was closed as done', { in: 'burndown' });
    await ana.click(direct, 'complete_claim');
    const rest = await ana.modal(titled('Complete the claim'));
    await ana.fill(rest, { keeping: 'An alert on deploy time', fix_kind: 'Configuration' });
    await ana.submit(rest);
    expect((await db.select().from(defects))[0]).toMatchObject({ fixKind: 'configuration', state: 'claimed' });

    // The link ends; the tracker goes, and its address with it.
    await ana.closeAll();
    await ana.slash('/defect unlink 1', { channel });
    await expect.poll(async () => (await db.select().from(tickets))[0]?.unlinkedAt).not.toBeNull();
    await ana.click(await trackersPage(), 'open_tracker');
    await ana.click(await ana.modal(titled('Tracker')), 'remove_tracker', { confirm: true });
    await ana.modal(titled('Removed'));
    expect((await db.select().from(trackers))[0]).toMatchObject({ sealedToken: null, sealedSecret: null });
    expect(await post(event, secret)).toMatchObject({ status: 404 });

    // Linear signs with a secret of its own, which is brought back to us and sealed.
    await ana.closeAll();
    await ana.click(await trackersPage(), 'connect_linear');
    const linearForm = await ana.modal(titled('Connect Linear'));
    await ana.fill(linearForm, { place: 'eng', token: 'lin_api_guessed' });
    expect(words((await ana.submit(linearForm)).errors)).toContain('does not know this key');
    await ana.fill(linearForm, { token: linearKeyOf('burndown-bot') });
    await ana.submit(linearForm);
    const linearShown = words(await ana.modal(titled('Shown only once')));
    expect(linearShown).not.toContain('Secret*');
    const linearPath = /burndown\.example\.com(\/trackers\/[\w-]+)/.exec(linearShown)?.[1] ?? '';
    await ana.closeAll();
    await ana.click(await trackersPage(), 'open_tracker');
    const linearTracker = await ana.modal(titled('Tracker'));
    await ana.fill(linearTracker, { secret: 'short' });
    expect(words((await ana.submit(linearTracker)).errors)).toContain('16 to 200');
    await ana.fill(linearTracker, { secret: 'lin_wh_the-signing-secret' });
    await ana.submit(linearTracker);
    expect(words(await db.select().from(trackers)) + words(await db.select().from(auditEntries))).not.toContain(
      'the-signing-secret',
    );
    const told = JSON.stringify({ type: 'Issue', data: { identifier: 'ENG-1' } });
    const signed = (key: string) => createHmac('sha256', key).update(told).digest('hex');
    const send = (signature: string) =>
      fetch(`${running.address}${linearPath}`, {
        ...{ method: 'POST', body: told },
        headers: { 'linear-signature': signature, 'content-type': 'application/json' },
      });
    expect((await send(signed('guessed'))).status).toBe(401);
    expect((await send(signed('lin_wh_the-signing-secret'))).status).toBe(200);

    // Jira has an address of its own in each company.
    await ana.closeAll();
    await ana.click(await trackersPage(), 'connect_jira');
    const jiraForm = await ana.modal(titled('Connect Jira'));
    const jiraAccess = { place: 'ops', token: 'token-of-burndown-bot', email: 'burndown-bot@example.com' };
    await ana.fill(jiraForm, { ...jiraAccess, site: 'acme' });
    expect(words((await ana.submit(jiraForm)).errors)).toContain('address of the site');
    await ana.fill(jiraForm, { site: jira.url });
    await ana.submit(jiraForm);
    expect(words(await ana.modal(titled('Shown only once')))).toContain('as burndown-bot');
    expect(words(await db.select().from(trackers))).not.toContain('token-of-burndown-bot');
    const row = (await db.select().from(trackers)).find(({ kind }) => kind === 'jira');
    expect(row).toMatchObject({ place: 'OPS', site: jira.url, account: 'account-of-burndown-bot' });
    expect(sandbox.audit.brokenRules()).toEqual([]);
  });
});
