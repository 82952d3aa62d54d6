import { expect, vi } from 'vitest';
import { startGithub, tokenOf } from '../../bench/trackers/github-server.ts';
import { mergePull, type Pull, release } from '../../bench/trackers/pull-requests.ts';
import { servePage } from '../../sandbox/page/server/page-server.ts';
import { openPage } from '../../sandbox/test/support/browser.ts';
import { listAreas, listPrograms, updateProgram } from '../../src/db/programs/programs.ts';
import { fileReport } from '../../src/usecases/reports/file-report.ts';
import { aReport, DAY_MS, later } from '../builders.ts';
import { databases } from '../databases.ts';
import { startRunningBot } from '../running-bot.ts';
import { become, closeAll, dialog, keepPicture, messageWith, settings, type } from './in-the-browser.ts';
import { playPastFixes } from './past-fixes.ts';

const REPO = '/repos/ana/api';
/** A Thursday, 11:00 in Berlin. */
const THURSDAY = new Date('2026-11-12T10:00:00Z');
export const MINUTE_MS = 60_000;

/** The two defects that the walk is about: one that fails every day, and one that was seen once. */
export const TITLES: Record<number, string> = { 25: 'Invoices are sent twice', 26: 'Deploy hangs' };

/** The bot, a local Slack in a browser in which Ana sits, and a GitHub that has her repository, all of one clock. */
export async function startFixWalk() {
  // GitHub goes by the clock on the wall, so that one is moved with the clock of Slack.
  vi.useFakeTimers({ toFake: ['Date'], now: THURSDAY });
  await using started = new AsyncDisposableStack();
  started.defer(() => void vi.useRealTimers());
  const [database] = databases;
  if (!database) throw new Error('no database');
  const github = await startGithub();
  started.defer(() => github.close());
  const running = await startRunningBot({
    ...{ database, transport: 'http', startAt: THURSDAY },
    trackerHosts: { github: github.url },
    publicUrl: 'https://burndown.example.com',
  });
  started.defer(() => running.close());
  const { sandbox, db, address, pass } = running;
  sandbox.clock.onChange(() => vi.setSystemTime(sandbox.clock.now()));
  await servePage(sandbox);
  const opened = await openPage(sandbox.origin, { width: 1020, height: 1400 });
  started.defer(() => opened.close());
  const { page } = opened;
  // The whole of a form is looked at, not the part of it that a small screen shows.
  await page.addStyleTag({ content: '.form-layer > .dialog { max-height: none }' });
  await page.getByText('Burndown runs the stability program of this channel.').waitFor();

  const issues = async () =>
    (await github.as('ana', 'GET', `${REPO}/issues?state=all`)) as unknown as { number: number; title: string }[];
  const fillRepository = async () => {
    const make = async (title: string, labels: readonly string[], ended?: 'completed' | 'not_planned') => {
      const { number } = await github.as('ana', 'POST', `${REPO}/issues`, { title, labels });
      const end = { state: 'closed', state_reason: ended };
      if (ended) await github.as('ana', 'PATCH', `${REPO}/issues/${number}`, end);
      return number;
    };
    const open = await make('Search is slow after midnight', ['bug']);
    await github.as('ana', 'POST', `${REPO}/issues/${open}/assignees`, { assignees: ['ben'] });
    await make('The export misses its last day', ['bug'], 'completed');
    await make('Colours differ in the report', ['bug'], 'not_planned');
    await make('A dark theme', ['enhancement']);
  };
  const stack = started.move();
  return {
    ...{ page, github, pass, db, sandbox, errors: opened.errors },
    brokenRules: () => sandbox.audit.brokenRules(),

    /** Connects the repository, and gives GitHub the address and the secret that are shown. */
    connect: async () => {
      await settings(page, 'Open trackers');
      await page.getByRole('button', { name: 'Connect GitHub' }).click();
      const form = dialog(page, 'Connect GitHub');
      await keepPicture(form, 'connect-github');
      await form.getByRole('textbox', { name: 'Repository' }).fill('ana/api');
      await form.getByRole('textbox', { name: 'Token' }).fill(tokenOf('burndown-bot'));
      await form.getByRole('button', { name: 'Connect', exact: true }).click();
      const once = dialog(page, 'Shown only once');
      await once.getByText('ana/api is connected, as burndown-bot. Nothing was written there.').waitFor();
      const said = await once.innerText();
      const path = /burndown\.example\.com(\/trackers\/[\w-]+)/.exec(said)?.[1];
      const secret = /Secret\s+([\w-]+)/.exec(said)?.[1];
      const config = { url: `${address}${path}`, content_type: 'json', secret };
      const events = ['issues', 'pull_request', 'release'];
      await github.as('ana', 'POST', `${REPO}/hooks`, { name: 'web', active: true, events, config });
      await closeAll(page);
    },

    /**
     * What a team has behind it: two dozen fixes, half of them an agent's, and two defects that nobody has fixed yet, of
     * which the one is seen every day, so that silence soon says much, and the other was seen once.
     */
    playThePast: async () => {
      const [found] = await listPrograms(db);
      if (!found) throw new Error('no program');
      const program = { ...found, createdAt: later(THURSDAY, -130 * DAY_MS) };
      await updateProgram(db, program.id, { createdAt: program.createdAt });
      const fixes = Array.from({ length: 24 }, (_, index) => ({
        author: index % 2 === 0 ? 'ana' : 'acme-coder',
        holds: index % 8 !== 1,
      }));
      await playPastFixes(db, program, { ownerId: sandbox.person('ben').id, now: THURSDAY, fixes });
      const areaIds = (await listAreas(db, program.id)).map(({ id }) => id);
      const reporterId = sandbox.person('chloe').id;
      const seen = async (title: string, severity: 'S1' | 'S2', daysAgo: number, joins?: number) => {
        const seenAt = later(THURSDAY, -daysAgo * DAY_MS);
        const report = aReport({ areaIds }, { title, severity, seenAt, reporterId });
        return (await fileReport(db, program, report, joins)).defect.id;
      };
      const daily = await seen('Invoices are sent twice', 'S2', 24);
      for (let day = 23; day > 0; day -= 1) await seen('Invoices are sent twice', 'S2', day, daily);
      await seen('Deploy hangs', 'S1', 1);
      await fillRepository();
    },

    /** Ana accepts a defect by its form; answers the number of the ticket that it gets. */
    accept: async (number: number): Promise<number> => {
      await type(page, `/defect accept ${number}`);
      const form = dialog(page, 'Accept');
      await form.getByRole('button', { name: 'Accept', exact: true }).click();
      await page.getByText(`D-${number} is accepted. Owner @Ana Kovač`).waitFor();
      await closeAll(page);
      await pass(MINUTE_MS);
      const find = async () => (await issues()).find(({ title }) => title === TITLES[number])?.number;
      await expect.poll(find).toBeGreaterThan(0);
      return (await find()) ?? 0;
    },

    issue: async (number: number) => {
      const issue = await github.as('ana', 'GET', `${REPO}/issues/${number}`);
      const labels = (issue.labels as { name: string }[]).map(({ name }) => name);
      const assignees = (issue.assignees as { login: string }[]).map(({ login }) => login);
      return { title: issue.title, state: issue.state, reason: issue.state_reason, labels, assignees };
    },

    merge: async (pull: Pull): Promise<number> => {
      const { number } = await mergePull(github, REPO, pull);
      await pass(MINUTE_MS);
      return number;
    },

    release: async (tag: string) => {
      await release(github, REPO, tag);
      await pass(MINUTE_MS);
    },

    /** Chloé sits in the browser for a moment. */
    asChloe: async (does: () => Promise<void>) => {
      await become(page, 'Chloé Martin');
      await does();
      await become(page, 'Ana Kovač');
    },

    /** Whoever sits there reports it by its title, and joins it by the button that is offered. */
    reportAgain: async (number: number) => {
      await type(page, `/defect ${TITLES[number]}`);
      await dialog(page, 'Report a defect')
        .getByRole('button', { name: `Join D-${number}` })
        .click();
      await dialog(page, `Joined D-${number}`).getByRole('button', { name: 'Done' }).click();
    },

    /** The card of a defect, as it is asked for now; it is in that state. */
    card: async (number: number, state: string) => {
      await type(page, `/defect show ${number}`);
      const card = messageWith(page, new RegExp(`D-${number} [^]*It is ${state}`));
      await card.waitFor();
      return card;
    },

    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
