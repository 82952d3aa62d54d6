// @module-tag slow
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GithubServer, startGithub, tokenOf } from '../../../bench/trackers/github-server.ts';
import type { ModalView } from '../../../sandbox/state/model.ts';
import { LEAD_ACTIONS, LEAD_VIEWS } from '../../../src/blocks/kit/ids.ts';
import { GATE_WORDS } from '../../../src/blocks/people/gate-words.ts';
import { listPrograms, updateProgram } from '../../../src/db/programs/programs.ts';
import { auditEntries } from '../../../src/db/schema/audit.ts';
import { defects } from '../../../src/db/schema/defects.ts';
import { tickets, trackers } from '../../../src/db/schema/trackers.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';
import { sendAs } from '../../send-as.ts';

const ISSUES = '/repos/ana/api/issues';
const channel = '#eng-stability';
const titled = (title: string) => (view: ModalView) => view.title?.text === title;
const words = (view: unknown) => JSON.stringify(view);

describe.each(databases)('Take in its history on $name', (database) => {
  let github: GithubServer;
  let running: RunningBot;
  beforeEach(async () => {
    github = await startGithub();
    // GitHub goes by the clock on the wall, so the bot does too.
    running = await startRunningBot({
      ...{ database, transport: 'http', startAt: new Date() },
      trackerHosts: { github: github.url },
      publicUrl: 'https://burndown.example.com',
    });
  });
  afterEach(async () => {
    await running.close();
    await github.close();
  });

  type Someone = ReturnType<RunningBot['sandbox']['person']>;
  const settings = async (person: Someone) => {
    await person.slash('/defect settings', { channel });
    await person.click(await person.modal(titled('Program settings')), 'open_trackers');
    return person.modal(titled('Trackers'));
  };
  /** Somebody who leads looks at what would come. */
  const look = async (person: Someone) => {
    await person.click(await settings(person), 'open_tracker');
    await person.click(await person.modal(titled('Tracker')), 'look_at_history');
    return person.modal((view) => view.title?.text !== 'Tracker' || words(view).includes('Tried:'));
  };
  const make = async (title: string, over: object = {}, ended?: object) => {
    const { number } = await github.as('ana', 'POST', ISSUES, { title, ...over });
    if (ended) await github.as('ana', 'PATCH', `${ISSUES}/${number}`, { state: 'closed', ...ended });
    return `ana/api#${number}`;
  };
  /** A repository of Ana's with a history, connected by her. */
  const connect = async () => {
    const history = {
      open: await make('Invoices are sent twice', { labels: ['bug'] }),
      done: await make('Login hangs', { labels: ['bug'] }, { state_reason: 'completed' }),
      canceled: await make('Colours differ', {}, { state_reason: 'not_planned' }),
      story: await make('A dark theme', { labels: ['enhancement'] }),
    };
    const ana = running.sandbox.person('ana');
    await ana.click(await settings(ana), 'connect_github');
    const form = await ana.modal(titled('Connect GitHub'));
    await ana.fill(form, { place: 'ana/api', token: tokenOf('burndown-bot') });
    await ana.submit(form);
    await ana.modal(titled('Shown only once'));
    await ana.closeAll();
    return { ...history, ana };
  };
  const states = async () => {
    const found = await running.db.select().from(tickets).innerJoin(defects, eq(defects.id, tickets.defectId));
    return Object.fromEntries(found.map(({ tickets: ticket, defects: defect }) => [ticket.key, defect.state]));
  };

  it('shows a lead what would come, and takes it in once where two press it at once', async () => {
    const { ana, open, done, canceled } = await connect();
    const { db, sandbox, pass } = running;
    const [program] = await listPrograms(db);
    const ben = sandbox.person('ben');
    await updateProgram(db, program?.id ?? 0, { leadIds: [ana.id, ben.id] });

    const shown = await look(ana);
    expect(shown.title?.text).toBe('Take in its history');
    expect(words(shown)).toContain('*ana/api*: I looked at 4 issues.');
    expect(words(shown)).toContain('3 issues would be taken in');
    expect(words(shown)).toContain('Left out: 1 enhancement, which is no defect.');
    const his = await look(ben);
    expect(await db.select().from(defects)).toEqual([]);

    const answers = await Promise.all([ana.submit(shown), ben.submit(his)]);
    expect(answers.map(({ kind }) => kind)).toEqual(['updated', 'updated']);
    const titles = [ana, ben].map((person) => person.currentModal()?.title?.text);
    expect(titles.filter((title) => title === 'Under way')).toHaveLength(1);
    const told = [ana, ben].map((person) => words(person.currentModal()));
    expect(told.filter((said) => said.includes('is being taken in already'))).toHaveLength(1);
    const winner = titles[0] === 'Under way' ? ana : ben;
    await Promise.all([ana.closeAll(), ben.closeAll()]);

    await pass(60_000);
    await expect.poll(states).toEqual({ [open]: 'new', [done]: 'claimed', [canceled]: expect.any(String) });
    await winner.sees('The history of ana/api is taken in: 3 issues.', { in: 'burndown' });
    const both = [ana, ben].flatMap((person) => person.messages('burndown'));
    expect(both.filter(({ text }) => text.includes('is taken in'))).toHaveLength(1);
    expect((await db.select().from(auditEntries)).filter(({ kind }) => kind === 'history_wanted')).toHaveLength(1);

    // Wanted again, it says that all of it is here, and brings nothing.
    const again = await look(ana);
    expect(words(again)).toContain('None of these would be taken in.');
    expect(words(again)).toContain('3 that are here already');
    await ana.submit(again);
    await pass(60_000);
    await ana.sees('is taken in: 0 issues', { in: 'burndown' });
    expect(await db.select().from(defects)).toHaveLength(3);
    await ana.closeAll();
    expect(words(await settings(ana))).toContain('3 tickets linked.');
    expect(sandbox.audit.brokenRules()).toEqual([]);
  });

  it('is for those who lead: a member, a guest and a stranger neither see it nor set it off', async () => {
    await connect();
    const { db, sandbox, pass } = running;
    sandbox.addPerson({ name: 'gus', role: 'guest', channels: ['eng-stability'] });
    sandbox.shareChannel('eng-stability', 'Northwind');
    sandbox.addPerson({ name: 'nia', from: 'Northwind', channels: ['eng-stability'] });
    const [tracker] = await db.select().from(trackers);
    const value = String(tracker?.id);
    const metadata = `${tracker?.programId}:${value}`;
    const channelId = sandbox.channel('eng-stability')?.id ?? '';
    for (const name of ['ben', 'gus', 'nia']) {
      const refused = name === 'nia' ? GATE_WORDS.noProgram : 'This is for';
      if (name !== 'nia') {
        await sandbox.person(name).slash('/defect settings', { channel });
        await sandbox.person(name).sees(refused, { in: channel });
      }
      sandbox.audit.clear();
      const actionId = LEAD_ACTIONS.lookAtHistory;
      const window = { callbackId: LEAD_VIEWS.tracker, metadata };
      await sendAs(running, name, { kind: 'click', actionId, value, channelId, window });
      const form = { callbackId: LEAD_VIEWS.history, metadata, values: {} };
      const answer = await sendAs(running, name, { kind: 'form', window: form });
      const said = words([answer, sandbox.audit.calls().map(({ args }) => args)]);
      expect(said).not.toContain('would be taken in');
      expect(said).not.toContain('Under way');
    }
    await pass(60_000);
    expect(await db.select().from(trackers)).toMatchObject([{ historyBy: null, historyDueAt: null }]);
    expect(await db.select().from(defects)).toEqual([]);
  });

  it('says what is wrong in the place of the button where the tracker does not answer', async () => {
    const { ana } = await connect();
    await github.close();
    const shown = await look(ana);
    expect(shown.title?.text).toBe('Tracker');
    expect(words(shown)).toContain('Tried:');
    expect(words(shown)).toContain('GitHub');
    expect(await running.db.select().from(trackers)).toMatchObject([{ historyDueAt: null }]);
    github = await startGithub();
  });
});
