import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModalView } from '../../../sandbox/state/model.ts';
import { databases } from '../../databases.ts';
import { fileDefect } from '../../file-defect.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';

const channel = '#eng-stability';
let running: RunningBot;

beforeEach(async () => {
  const database = databases[1];
  if (!database) throw new Error('no PostgreSQL to test on');
  running = await startRunningBot({ database, transport: 'socket', startAt: new Date('2026-11-19T10:00:00Z') });
  for (const title of ['Stripe webhook answers 400', 'Fivetran sync stuck on orders'])
    await fileDefect(running.sandbox.person('ana'), title);
});
afterEach(() => running.close());

describe('the card of a defect', () => {
  it('gives it an owner', async () => {
    const ana = await show(1);
    await press(ana, 'assign');
    const form = await ana.modal('Assign');
    await ana.fill(form, { owner: 'ben' });
    await ana.submit(form);
    expect(words(await ana.modal('Done'))).toContain('<@UBEN00000> owns D-1 now');
  });

  it('changes its severity with a reason', async () => {
    const ana = await show(1);
    await press(ana, 'relabel');
    const form = await ana.modal('Relabel');
    await ana.fill(form, { severity: 'S4, a nuisance', reason: 'Only a test tenant was hit' });
    await ana.submit(form);
    expect(words(await ana.modal('Done'))).toContain('D-1 is S4 now');
  });

  it('reopens what was dismissed', async () => {
    let ana = await show(1);
    await press(ana, 'dismiss');
    const dismiss = await ana.modal('Not a defect');
    await ana.fill(dismiss, { reason: 'A test account' });
    await ana.submit(dismiss);
    await ana.closeAll();
    ana = await show(1);
    await press(ana, 'reopen');
    const form = await ana.modal('Reopen');
    await ana.fill(form, { reason: 'A real customer met it' });
    await ana.submit(form);
    expect(words(await ana.modal('Done'))).toContain('open again');
  });

  it('undoes a merge', async () => {
    let ana = running.sandbox.person('ana');
    await ana.slash('/defect merge 2 into 1', { channel });
    await ana.sees('D-2 is part of D-1 now', { in: channel });
    ana = await show(2);
    await press(ana, 'undo_merge');
    await ana.sees('D-2 Fivetran sync stuck on orders stands by itself again.', { in: channel });
  });

  it('tells the second of two people who press the same button what happened', async () => {
    await running.sandbox.person('ana').slash('/defect merge 2 into 1', { channel });
    await running.sandbox.person('ana').sees('D-2 is part of D-1 now', { in: channel });
    const ana = await show(2);
    await press(ana, 'undo_merge');
    await ana.sees('stands by itself again', { in: channel });
    await press(ana, 'undo_merge');
    await ana.sees('D-2 is new, so it cannot be taken out of a merge.', { in: channel });
  });
});

type Someone = ReturnType<RunningBot['sandbox']['person']>;

async function show(number: number): Promise<Someone> {
  const ana = running.sandbox.person('ana');
  await ana.slash(`/defect show ${number}`, { channel });
  return ana;
}

/** Presses a button on the newest card that Ana sees. */
async function press(ana: Someone, actionId: string): Promise<void> {
  const card = await ana.sees(({ blocks }) => JSON.stringify(blocks ?? []).includes(`"${actionId}"`), { in: channel });
  await ana.click(card, actionId);
}

function words(view: ModalView): string {
  return JSON.stringify([view.title, view.blocks]);
}
