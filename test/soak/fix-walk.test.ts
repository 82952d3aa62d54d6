import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GithubServer, startGithub, tokenOf } from '../../bench/trackers/github-server.ts';
import { mergePull, release } from '../../bench/trackers/pull-requests.ts';
import { servePage } from '../../sandbox/page/server/page-server.ts';
import type { ModalView } from '../../sandbox/state/model.ts';
import { type OpenPage, openPage } from '../../sandbox/test/support/browser.ts';
import { defects } from '../../src/db/schema/defects.ts';
import { pullRequests } from '../../src/db/schema/fixes.ts';
import { tickets } from '../../src/db/schema/trackers.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/time/durations.ts';
import { databases } from '../databases.ts';
import { fileDefect } from '../file-defect.ts';
import { type RunningBot, startRunningBot } from '../running-bot.ts';

const REPO = '/repos/ana/api';
const channel = '#eng-stability';
const titled = (title: string) => (view: ModalView) => view.title?.text === title;
const words = (view: unknown) => JSON.stringify(view);

/** Set SCREENSHOTS to a directory to keep a picture of each station. */
const pictures = process.env.SCREENSHOTS;

let github: GithubServer;
let running: RunningBot | undefined;
let opened: OpenPage | undefined;
beforeEach(async () => {
  github = await startGithub();
});
afterEach(async () => {
  await opened?.close();
  await running?.close();
  await github.close();
});

it('a fix goes from its ticket over a pull request and a release to a claim, fails by a report, and all are told', async () => {
  const [embedded] = databases;
  if (!embedded) throw new Error('no database');
  // GitHub goes by the clock on the wall, so the bot does too.
  const startAt = new Date(Date.now() - 2 * HOUR_MS);
  running = await startRunningBot({
    ...{ database: embedded, transport: 'http', startAt },
    trackerHosts: { github: github.url },
    publicUrl: 'https://burndown.example.com',
  });
  const { sandbox, db, address, pass } = running;
  await servePage(sandbox);
  opened = await openPage(sandbox.origin, { width: 1440, height: 1200 });
  const { page } = opened;
  const ana = sandbox.person('ana');
  const settings = async () => {
    await ana.slash('/defect settings', { channel });
    await ana.click(await ana.modal(titled('Program settings')), 'open_trackers');
    return ana.modal(titled('Trackers'));
  };

  // A lead connects the repository, and wants tickets and claims made by themselves.
  await ana.click(await settings(), 'connect_github');
  const form = await ana.modal(titled('Connect GitHub'));
  await ana.fill(form, { place: 'ana/api', token: tokenOf('burndown-bot') });
  await ana.submit(form);
  const shown = words(await ana.modal(titled('Shown only once')));
  const path = /burndown\.example\.com(\/trackers\/[\w-]+)/.exec(shown)?.[1] ?? '';
  const secret = /Secret\*\\n`([\w-]+)`/.exec(shown)?.[1] ?? '';
  await ana.closeAll();
  await ana.click(await settings(), 'open_tracker');
  const tracker = await ana.modal(titled('Tracker'));
  await ana.fill(tracker, {
    creation: 'Always, when it is accepted',
    claiming: 'I do, once a release or deployment has it',
    agents: 'acme-coder',
  });
  await picture(page, 'settings');
  await ana.submit(tracker);
  await ana.closeAll();
  const config = { url: `${address}${path}`, content_type: 'json', secret };
  const events = ['issues', 'pull_request', 'release'];
  await github.as('ana', 'POST', `${REPO}/hooks`, { name: 'web', active: true, events, config });

  // Accepting makes the ticket.
  for (const title of ['Login loops', 'Sync is stuck', 'Invoice is blank', 'Deploy hangs'])
    await fileDefect(ana, title);
  await ana.slash('/defect accept 4', { channel });
  await ana.submit(await ana.modal('Accept'));
  await ana.closeAll();
  await pass(MINUTE_MS);
  await expect.poll(async () => (await db.select().from(tickets))[0]?.key).toMatch(/^ana\/api#\d+$/);
  const [ticket] = await db.select().from(tickets);
  const issue = async () => github.as('ana', 'GET', `${REPO}/issues/${ticket?.externalId}`);

  // A pull request that fixes it is merged, and a release has it: the fix is claimed, as of that release.
  await pass(new Date());
  const pull = await mergePull(github, REPO, {
    title: 'Wait for the lock',
    body: 'fixes D-4',
    branch: 'wait-for-lock',
  });
  await expect.poll(async () => (await db.select().from(pullRequests))[0]?.number).toBe(pull.number);
  await pass(MINUTE_MS);
  await release(github, REPO, 'v1.4');
  const fourth = async () => (await db.select().from(defects)).find(({ number }) => number === 4);
  await expect.poll(async () => (await fourth())?.state).toBe('claimed');
  expect(await fourth()).toMatchObject({ deploymentWitness: 'v1.4' });
  await sandbox.settled();
  await ana.sees('is out with v1.4, so a fix is claimed and being proven', { in: 'burndown' });
  await expect.poll(async () => (await issue()).state).toBe('closed');
  await ana.slash('/defect show 4', { channel });
  await page.getByText('Wait for the lock').first().waitFor();
  await picture(page, 'card');

  // Two hours later two people see it again: the fix has failed, the ticket is open again, and the pull request is told.
  await pass(2 * HOUR_MS);
  for (const person of [ana, sandbox.person('chloe')]) {
    await person.slash('/defect Deploy hangs', { channel });
    const again = await person.modal((view) => words(view).includes('Looks like'));
    await person.click(again, { actionId: 'join_repeat', blockId: 'repeat_4' });
    await person.modal('Joined D-4');
    await person.closeAll();
  }
  await expect.poll(async () => (await fourth())?.state).toBe('accepted');
  await pass(MINUTE_MS);
  await expect.poll(async () => (await issue()).state).toBe('open');
  await expect
    .poll(async () => github.comments(pull.number))
    .toEqual([expect.stringContaining('The fix of D-4 did not hold')]);

  // Once, however often one looks.
  await pass(HOUR_MS);
  await pass(HOUR_MS);
  expect(await github.comments(pull.number)).toHaveLength(1);
  await ana.slash('/defect digest', { channel });
  await sandbox.settled();
  await picture(page, 'digest');
  expect(sandbox.audit.brokenRules()).toEqual([]);
});

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
