// @module-tag slow
import { count, ne } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { signedRequest } from '../bench/kit/signed-request.ts';
import type { DeliveryRecord } from '../sandbox/audit/records.ts';
import type { ModalView } from '../sandbox/state/model.ts';
import { defectEvents, defects, reports } from '../src/db/schema/defects.ts';
import { requests } from '../src/db/schema/messages.ts';
import { signalSources } from '../src/db/schema/signals.ts';
import { programs, workspaces } from '../src/db/schema/workspaces.ts';

import { openSecrets } from '../src/db/signals/signal-secrets.ts';
import { MONDAY } from './builders.ts';
import { databases } from './databases.ts';
import { fileDefect } from './file-defect.ts';
import { type RunningBot, startRunningBot } from './running-bot.ts';
import { someKeys } from './some-keys.ts';

const channel = '#eng-stability';
const ACKED = { status: 200, text: '' };

const titled = (title: string) => (view: ModalView) => view.title?.text === title;

const listing = (source: string) => (view: ModalView) =>
  titled('Signals')(view) && JSON.stringify(view.blocks).includes(source);

/** The same form with another day of December as its due date. */
function dueOn(sent: DeliveryRecord, day: string): DeliveryRecord {
  const changed = JSON.stringify(sent.payload).replaceAll('"2026-11-20"', `"2026-12-${day}"`);
  return { ...sent, payload: JSON.parse(changed) };
}

describe.each(databases)('on $name', (database) => {
  let running: RunningBot;
  afterEach(() => running.close());

  async function start() {
    running = await startRunningBot({ database, transport: 'http', startAt: new Date(MONDAY.getTime() - 86_400_000) });
    const ana = running.sandbox.person('ana');
    await ana.sees('Report what breaks', { in: channel });
    return { ana, ben: running.sandbox.person('ben') };
  }

  /** The same request once more, byte for byte, as Slack signs it. */
  async function sendAgain({ kind, payload }: DeliveryRecord): Promise<{ status: number; text: string }> {
    const isEvent = kind === 'event';
    const fields = kind === 'command' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) };
    const body = isEvent ? JSON.stringify(payload) : new URLSearchParams(fields).toString();
    const signed = signedRequest(running.sandbox.signingSecret, { body, isJson: isEvent });
    const again: Record<string, string> = isEvent
      ? { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' }
      : {};
    const headers = { ...signed.headers, ...again };
    const response = await fetch(`${running.address}/slack/events`, { ...signed, headers });
    return { status: response.status, text: await response.text() };
  }

  const countOf = async (table: typeof reports | typeof defects | typeof defectEvents | typeof programs) =>
    (await running.db.select({ n: count() }).from(table))[0]?.n;

  const last = (type: string) => {
    const record = running.sandbox.audit.deliveries(type).at(-1);
    if (!record) throw new Error(`Nothing of type ${type} was delivered.`);
    return record;
  };

  it('an event that Slack sends again is acked and has no second effect', async () => {
    const { ana } = await start();
    await ana.invite('#random', 'burndown');
    await ana.sees('Report what breaks', { in: '#random' });
    const again = await Promise.all([
      sendAgain(last('member_joined_channel')),
      sendAgain(last('member_joined_channel')),
    ]);
    await running.sandbox.settled();
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    expect(await countOf(programs)).toBe(2);
    expect(ana.messages('#random').filter(({ text }) => text.includes('report what breaks'))).toHaveLength(1);
  });

  it('a form that is sent twice files one report and is answered the same', async () => {
    const { ana } = await start();
    await ana.slash('/defect Webhook answers 400', { channel });
    const form = await ana.modal('Report a defect');
    await ana.fill(form, { area: 'billing', severity: 'S2', affected: '3' });
    await ana.submit(form);
    const first = last('view_submission');
    const [second, third] = await Promise.all([sendAgain(first), sendAgain(first)]);
    expect(JSON.stringify(first.ackBody)).toContain('Filed D-1');
    expect([JSON.parse(second.text), JSON.parse(third.text)]).toEqual([first.ackBody, first.ackBody]);
    expect([await countOf(defects), await countOf(reports)]).toEqual([1, 1]);
  });

  it('a decision that is sent twice is made once', async () => {
    const { ana, ben } = await start();
    await ana.slash('/defect Webhook answers 400', { channel });
    const form = await ana.modal('Report a defect');
    await ana.fill(form, { area: 'billing', severity: 'S2', affected: '3' });
    await ana.submit(form);
    await ana.closeAll();
    await running.pass(MONDAY);
    const item = await ben.sees((message) => message.threadTs !== undefined && message.text.startsWith('D-1 '), {
      in: channel,
    });
    await ben.click(item, 'defer');
    const reason = await ben.modal('Defer');
    await ben.fill(reason, { reason: 'Support looks into it' });
    await ben.submit(reason);
    const before = await countOf(defectEvents);
    const again = await Promise.all([sendAgain(last('view_submission')), sendAgain(last('view_submission'))]);
    // As the first time, the form closes.
    expect(again).toEqual([ACKED, ACKED]);
    expect(await countOf(defectEvents)).toBe(before);
  });

  it('a form that was refused, then mended and sent twice at once, is done once and answered the same', async () => {
    const { ana } = await start();
    await fileDefect(ana, 'Webhook answers 400');
    await ana.slash('/defect accept 1', { channel });
    const form = await ana.modal('Accept');
    await ana.fill(form, { owner: 'ben', due: '2026-11-20' });
    expect((await ana.submit(form)).errors).toMatchObject({ due: expect.stringContaining('has passed') });
    const refused = last('view_submission');
    expect(JSON.parse((await sendAgain(refused)).text)).toEqual(refused.ackBody);

    const before = await countOf(defectEvents);
    const [first, second] = await Promise.all([sendAgain(dueOn(refused, '04')), sendAgain(dueOn(refused, '04'))]);
    const third = await sendAgain(dueOn(refused, '04'));
    expect(first.text).toContain('D-1 is accepted.');
    expect([second.text, third.text]).toEqual([first.text, first.text]);
    expect(await countOf(defectEvents)).toBe((before ?? 0) + 1);

    // With another answer it is no repeat, and is told so.
    expect((await sendAgain(dueOn(refused, '07'))).text).toContain('Not possible');
    expect(await countOf(defectEvents)).toBe((before ?? 0) + 1);
  });

  it('a source of signals that is added twice is one, with the address and the secret that were shown', async () => {
    const { ana } = await start();
    const sentTwice = async () => {
      const sent = last('view_submission');
      const again = await Promise.all([sendAgain(sent), sendAgain(sent)]);
      expect(again.map(({ text }) => JSON.parse(text))).toEqual([sent.ackBody, sent.ackBody]);
      return JSON.stringify(sent.ackBody);
    };
    await ana.slash('/defect settings', { channel });
    await ana.click(await ana.modal(titled('Program settings')), 'open_signals');
    await ana.click(await ana.modal(titled('Signals')), 'add_signal_source');
    const form = await ana.modal(titled('Add a source'));
    await ana.fill(form, { kind: 'GitHub', name: 'checkout', area: 'deployment' });
    await ana.submit(form);
    const token = /github\/([\w-]{43})`/.exec(await sentTwice())?.[1] ?? 'none';
    const sources = () => running.db.select().from(signalSources);
    expect(await sources()).toMatchObject([{ name: 'checkout', secrets: [{ expiresAt: null }] }]);

    await ana.cancel(await ana.modal(titled('Shown only once')));
    await ana.click(await ana.modal(listing('checkout')), 'open_signal_source');
    await ana.click(await ana.modal(titled('Signal source')), 'rotate_signal_secret');
    await ana.submit(await ana.modal(titled('New secret')));
    const [before] = await sources();
    const shown = await sentTwice();
    expect(await sources()).toEqual([before]);
    expect(before?.secrets).toHaveLength(2);
    const [workspace] = await running.db.select().from(workspaces);
    const owner = { workspaceId: workspace?.id ?? '', tokenHash: before?.tokenHash ?? '' };
    const [secret = 'none'] = openSecrets(someKeys, before?.secrets ?? [], owner, MONDAY);
    expect(shown).toContain(secret);
    await ana.cancel(await ana.modal(titled('Shown only once')));
    await ana.click(await ana.modal(listing('checkout')), 'open_signal_source');
    await ana.click(await ana.modal(titled('Signal source')), 'pause_signal_source');
    await ana.modal((view) => JSON.stringify(view.blocks).includes('Resume'));
    await sendAgain(last('block_actions'));
    await expect.poll(() => running.db.select().from(requests).where(ne(requests.state, 'closed'))).toEqual([]);
    expect((await sources())[0]?.pausedAt).not.toBeNull();
    const kept = JSON.stringify(await running.db.select().from(requests));
    expect([kept.includes('checkout'), kept.includes(token), kept.includes(secret)]).toEqual([true, false, false]);
  });

  it('a rule, a report that joins by it, and settings that are sent twice are saved once, and said once', async () => {
    const { ana } = await start();
    await fileDefect(ana, 'Pool exhausted after a restart');
    await ana.slash('/defect rule 1 "pool exhausted"', { channel });
    await ana.submit(await ana.modal('Grouping rule'));
    const rule = last('view_submission');
    expect(JSON.stringify(rule.ackBody)).toContain('join D-1 from now on');
    expect(JSON.parse((await sendAgain(rule)).text)).toEqual(rule.ackBody);
    await ana.closeAll();

    await ana.slash('/defect Pool exhausted again', { channel });
    const report = await ana.modal('Report a defect');
    await ana.fill(report, { area: 'billing' });
    await ana.submit(report);
    const joined = last('view_submission');
    expect(JSON.stringify(joined.ackBody)).toContain('It joined by a rule');
    expect(JSON.parse((await sendAgain(joined)).text)).toEqual(joined.ackBody);
    expect(await countOf(reports)).toBe(2);
    await ana.closeAll();

    await ana.slash('/defect settings', { channel });
    await ana.click(await ana.modal(titled('Program settings')), 'open_rituals');
    const form = await ana.modal(titled('Rituals'));
    await ana.fill(form, { triage_time: '14:00' });
    await ana.submit(form);
    const change = 'Triage now opens Mondays at 14:00';
    await ana.modal((view) => titled('Program settings')(view) && JSON.stringify(view.blocks).includes(change));
    await ana.sees(change, { in: channel });
    const sent = last('view_submission');
    // With its page closed, a change that was made again would be said in a message.
    await ana.closeAll();
    expect(await sendAgain(sent)).toEqual(ACKED);
    await running.sandbox.settled();
    const said = (words: string) => ana.messages(channel).filter((message) => JSON.stringify(message).includes(words));
    expect(said(change)).toHaveLength(1);
    expect(said('The settings of the program are saved')).toEqual([]);
  });
});
