import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { ModalView } from '../../../sandbox/state/model.ts';
import { defects } from '../../../src/db/schema/defects.ts';
import { signalSources } from '../../../src/db/schema/signals.ts';
import { type HealthServer, startHealthServer } from '../../../src/telemetry/health-server.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot, type Transport } from '../../running-bot.ts';
import { GITHUB_ISSUE } from '../../signals/payloads.ts';

const MONDAY = new Date('2026-11-23T09:00:00Z');
const channel = '#eng-stability';
const transports: Transport[] = ['socket', 'http'];

/** Over HTTP the deliveries come in beside Slack's requests, over a socket on a server of their own. */
const everywhere = databases.map((database, i) => ({ database, transport: transports[i] ?? 'http' }));

describe.each(everywhere)('the sources of signals in settings on $database.name over $transport', (where) => {
  let running: RunningBot | undefined;
  let server: HealthServer | undefined;
  afterEach(async () => {
    await server?.close();
    await running?.close();
    server = undefined;
    running = undefined;
  });

  it('are added, tried, watched, given a new secret, paused and removed', async () => {
    running = await startRunningBot({ ...where, startAt: MONDAY });
    const { sandbox, db, bot } = running;
    if (where.transport === 'socket') server = await startHealthServer(bot.routes, { port: 0 });
    const origin = server ? `http://127.0.0.1:${server.port}` : running.address;
    const post = async (path: string, body: object, secret: string) => {
      const raw = JSON.stringify(body);
      const signature = `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
      const headers = { 'x-hub-signature-256': signature, 'x-signature-256': signature };
      return (await fetch(`${origin}${path}`, { method: 'POST', headers, body: raw })).status;
    };
    const ana = sandbox.person('ana');

    await ana.slash('/defect settings', { channel });
    await ana.click(await ana.modal(titled('Program settings')), 'open_signals');
    expect(words(await ana.modal(titled('Signals')))).toContain('Add the first source');
    await ana.click(await ana.modal(titled('Signals')), 'add_signal_source');
    const form = await ana.modal(titled('Add a source'));
    await ana.fill(form, { kind: 'GitHub', name: 'checkout repository', area: 'deployment', secret: 'short' });
    expect(JSON.stringify((await ana.submit(form)).errors)).toContain('8 to 200 characters');
    await ana.fill(form, { secret: '' });
    await ana.submit(form);
    const shown = words(await ana.modal(titled('Shown only once')));
    const path = /\/signals\/github\/[\w-]+/.exec(shown)?.[0] ?? '';
    const secret = /Secret\*\\n`([\w-]+)`/.exec(shown)?.[1] ?? '';
    expect(secret).toHaveLength(43);
    expect(JSON.stringify(await db.select().from(signalSources))).not.toContain(path.split('/').at(-1));

    // It reports, and the list says what became of it.
    expect(await post(path, GITHUB_ISSUE, secret)).toBe(200);
    expect(await post(path, GITHUB_ISSUE, 'guessed it')).toBe(401);
    for (const nowhere of ['/signals', '/signals/github', `${path}/more`, '/signals/x/y?z']) {
      expect(await post(nowhere, GITHUB_ISSUE, secret)).toBe(404);
    }
    expect(await post('/signals/github/%E0%A4%A', GITHUB_ISSUE, secret)).toBeGreaterThanOrEqual(400);
    await bot.beat();
    await expect.poll(async () => (await db.select().from(defects)).length).toBe(1);
    await ana.closeAll();
    await ana.slash('/defect settings', { channel });
    await ana.click(await ana.modal(titled('Program settings')), 'open_signals');
    const list = await ana.modal(titled('Signals'));
    expect(words(list)).toContain('Filed D-1 Deploy hangs on a migration.');
    expect(words(list)).toContain('1 delivery refused');
    expect(words(list)).not.toContain(secret);

    // What a payload would become is said, and nothing is filed.
    await ana.click(list, 'open_signal_source');
    const source = await ana.modal(titled('Signal source'));
    await ana.fill(source, { payload: 'not JSON' });
    expect(JSON.stringify((await ana.submit(source)).errors)).toContain('This is not JSON');
    const other = { node_id: 'I_2', title: 'Other' };
    await ana.fill(source, { payload: JSON.stringify({ ...GITHUB_ISSUE, issue: other }) });
    await ana.submit(source);
    const leftOut = await ana.modal(titled('Signal source'));
    expect(words(leftOut)).toContain('Left out issues:opened: Other. It has none of the labels bug,');
    const payload = JSON.stringify({ ...GITHUB_ISSUE, issue: { ...other, labels: [{ name: 'bug' }] } });
    await ana.fill(leftOut, { payload });
    await ana.submit(leftOut);
    expect(words(await ana.modal((view) => words(view).includes('Filed D-2 Other.')))).not.toContain('Left out');
    expect(await db.select().from(defects)).toHaveLength(1);

    // What counts is for the lead to say, and settings say it.
    const looked = await ana.modal(titled('Signal source'));
    expect(words(looked)).toContain('Counts: only labelled bug or defect or regression');
    await ana.click(looked, 'open_source_rules');
    const rules = await ana.modal(titled('What counts'));
    await ana.fill(rules, { labels: 'sev1, outage', areas: 'shop = nowhere' });
    expect(JSON.stringify((await ana.submit(rules)).errors)).toContain('There is no area “nowhere”.');
    await ana.fill(rules, { areas: 'shop = billing', environments: 'Only what users meet' });
    await ana.submit(rules);
    const counts = 'Counts: only labelled sev1 or outage, not labelled not a bug';
    expect(words(await ana.modal((view) => words(view).includes(counts)))).toContain(
      'only what users meet; shop is billing.',
    );

    // A new secret counts at once, and the one before it too.
    await ana.click(await ana.modal(titled('Signal source')), 'rotate_signal_secret');
    await ana.submit(await ana.modal(titled('New secret')));
    const second = /Secret\*\\n`([\w-]+)`/.exec(words(await ana.modal(titled('Shown only once'))))?.[1] ?? '';
    expect(second).not.toBe(secret);
    expect(await post(path, { zen: 1 }, second)).toBe(200);
    expect(await post(path, { zen: 2 }, secret)).toBe(200);
    await ana.closeAll();

    // Paused, then removed.
    await ana.slash('/defect settings', { channel });
    await ana.click(await ana.modal(titled('Program settings')), 'open_signals');
    await ana.click(await ana.modal(titled('Signals')), 'open_signal_source');
    await ana.click(await ana.modal(titled('Signal source')), 'pause_signal_source');
    await ana.modal((view) => words(view).includes('Resume'));
    expect((await db.select().from(signalSources))[0]?.pausedAt).toEqual(MONDAY);
    await ana.click(await ana.modal(titled('Signal source')), 'remove_signal_source', { confirm: true });
    expect(words(await ana.modal(titled('Removed')))).toContain('no longer works');
    expect(await post(path, GITHUB_ISSUE, second)).toBe(404);
    expect(sandbox.audit.brokenRules()).toEqual([]);
  });

  it('of JSON take a mapping, and Stripe waits for the secret that it gives', async () => {
    running = await startRunningBot({ ...where, startAt: MONDAY });
    const { sandbox, db } = running;
    const ana = sandbox.person('ana');
    await ana.slash('/defect settings', { channel });
    await ana.click(await ana.modal(titled('Program settings')), 'open_signals');
    await ana.click(await ana.modal(titled('Signals')), 'add_signal_source');
    const form = await ana.modal(titled('Add a source'));
    const answers = { kind: 'JSON of your own', name: 'exports', area: 'connectivity', mapping: 'title: alert.name' };
    await ana.fill(form, answers);
    expect(JSON.stringify((await ana.submit(form)).errors)).toContain('is no line like title = /alert/name');
    await ana.fill(form, { mapping: 'title = /alert/name\nkey=/alert/id' });
    await ana.submit(form);
    await ana.cancel(await ana.modal(titled('Shown only once')));
    await ana.click(await ana.modal(titled('Signals')), 'add_signal_source');
    const stripe = await ana.modal(titled('Add a source'));
    await ana.fill(stripe, { kind: 'Stripe', name: 'Stripe live', area: 'billing' });
    await ana.submit(stripe);
    expect(words(await ana.modal(titled('Shown only once')))).toContain('Nothing is let in before');
    expect(
      (await db.select().from(signalSources)).map(({ kind, mapping, secrets }) => [kind, mapping, secrets.length]),
    ).toEqual([
      ['json', { title: '/alert/name', key: '/alert/id' }, 1],
      ['stripe', null, 0],
    ]);
    expect(sandbox.audit.brokenRules()).toEqual([]);
  });
});

function titled(title: string): (view: ModalView) => boolean {
  return (view) => view.title?.text === title;
}

function words(view: ModalView): string {
  return JSON.stringify([view.title, view.blocks]);
}
