// @module-tag slow
import { afterEach, describe, expect, it } from 'vitest';
import type { Message, ModalView } from '../sandbox/state/model.ts';
import { HOUR_MS } from '../src/domain/time/durations.ts';
import { databases } from './databases.ts';
import { settingsOn } from './how-much.ts';
import { type RunningBot, startRunningBot, type Transport } from './running-bot.ts';

/** A Thursday, 11:00 in Berlin. */
const THURSDAY = new Date('2026-11-19T10:00:00Z');
const MONDAY_TRIAGE = new Date('2026-11-23T09:00:00Z');

const transports: Transport[] = ['http', 'socket'];
const everywhere = databases.flatMap((database) =>
  settingsOn(database, transports).map((transport) => ({ database, transport })),
);

describe.each(everywhere)('on $database.name over $transport', ({ database, transport }) => {
  let running: RunningBot | undefined;
  afterEach(async () => {
    await running?.close();
    running = undefined;
  });

  it('a team reports, triages, fixes, is reminded and reads its digest', async () => {
    running = await startRunningBot({ database, transport, startAt: THURSDAY });
    const { sandbox, pass } = running;
    const ana = sandbox.person('ana');
    const ben = sandbox.person('ben');
    const chloe = sandbox.person('chloe');

    // The bot greets where it is at home.
    await ana.sees('Report what breaks', { in: channel });

    // Chloe files two different failures.
    const webhook = '/defect Stripe webhook answers 400 after a deploy';
    expect(await file(chloe, webhook, { area: 'billing', severity: 'S1' })).toContain('Filed D-1');
    const sync = '/defect Fivetran sync stuck on the orders table';
    expect(await file(chloe, sync, { area: 'connectivity', severity: 'S2' })).toContain('Filed D-2');

    // Ana meets the first one again: it is offered while she types, and one click joins it.
    await ana.slash('/defect', { channel });
    const form = await ana.modal('Report a defect');
    await ana.fill(form, { title: 'Webhook from Stripe answers 400 again after deploy' });
    const offer = await ana.modal((view) => words(view).includes('Looks like'));
    await ana.click(offer, { actionId: 'join_repeat', blockId: 'repeat_1' });
    expect(words(await ana.modal('Joined D-1'))).toContain('It now has 2 reports');
    await ana.closeAll();

    // Monday 10:00 in Berlin: the thread opens by the clock.
    await pass(MONDAY_TRIAGE);
    await ana.sees('2 open. Since the start: 2 new.', { in: channel });
    const item = (number: number) =>
      ana.sees((message) => message.threadTs !== undefined && message.text.startsWith(`D-${number} `), { in: channel });

    // Ana and Ben open the same item; Ana accepts it for Ben, and Ben is told instead of deciding twice.
    await ana.click(await item(1), 'accept');
    await ben.click(await item(1), 'accept');
    await ben.modal('Accept');
    const anasForm = await ana.modal('Accept');
    const acceptance = { owner: 'ben', due: '2026-11-25' };
    await ana.fill(anasForm, acceptance);
    expect((await ana.submit(anasForm)).kind).toBe('closed');
    await ben.fill(await ben.modal('Accept'), acceptance);
    const late = await ben.submit(await ben.modal('Accept'));
    expect(JSON.stringify([late.errors, ben.modalStack().map(words)])).toContain('accepted it: ');
    await ben.closeAll();
    await ana.sees('1 decided', { in: channel });

    // Ben defers the other one.
    await ben.click(await item(2), 'defer');
    const reason = await ben.modal('Defer');
    await ben.fill(reason, { reason: 'Fivetran support looks into it' });
    expect((await ben.submit(reason)).kind).toBe('closed');
    await ana.sees('2 decided', { in: channel });

    // The next working morning, in Ben's own zone, he is reminded once of what is due.
    await pass(new Date('2026-11-24T14:29:00Z'));
    expect(dmsOf(ben).filter(({ text }) => text.includes('waits for you'))).toHaveLength(0);
    await pass(new Date('2026-11-24T14:30:00Z'));
    const reminder = await ben.sees('1 defect in', { in: 'burndown' });
    await pass(HOUR_MS);
    expect(dmsOf(ben).filter(({ text }) => text.includes('waits for you'))).toHaveLength(1);

    // He claims the fix from there.
    await ben.click(reminder, 'claim');
    const claim = await ben.modal('Claim');
    await ben.fill(claim, { keeping: 'https://ci.example/webhook-contract-test', fix_kind: 'Code' });
    expect((await ben.submit(claim)).kind).toBe('updated');
    expect(words(await ben.modal())).toMatch(/prov/);
    await ben.closeAll();
    await ana.slash('/defect show 1', { channel });
    await ana.sees('after a deploy: claimed as fixed', { in: channel });

    // Friday 15:00 in Berlin: the digest, with a burn-down that adds up and the claimed one still open.
    await pass(new Date('2026-11-27T14:00:00Z'));
    const digest = await chloe.sees('week to 27 Nov', { in: channel });
    expect(digest.blocks?.some(({ type }) => type === 'table')).toBe(false);
    const thread = await chloe.sees('Burn-down:', { in: channel });
    expect(thread.blocks?.some(({ type }) => type === 'table')).toBe(true);
    expect(digest.text).toContain('1 to do, 1 claimed;');

    expect(sandbox.audit.textless()).toEqual([]);
    expect(sandbox.audit.brokenRules()).toEqual([]);
  });
});

const channel = '#eng-stability';

type Someone = ReturnType<RunningBot['sandbox']['person']>;

/** Files a report through the form and gives what the last window says. */
async function file(person: Someone, typed: string, values: { area: string; severity: string }): Promise<string> {
  await person.slash(typed, { channel });
  const form = await person.modal('Report a defect');
  await person.fill(form, { ...values, affected: '12' });
  await person.submit(form);
  const filed = await person.modal('Filed');
  const said = words(filed);
  await person.closeAll();
  return said;
}

function words(view: ModalView): string {
  return JSON.stringify([view.title, view.blocks]);
}

function dmsOf(person: Someone): Message[] {
  return person.messages('burndown');
}
