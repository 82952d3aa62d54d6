import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModalView } from '../../../sandbox/state/model.ts';
import { databases } from '../../databases.ts';
import { fileDefect } from '../../file-defect.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';

const channel = '#eng-stability';
let running: RunningBot;

beforeAll(async () => {
  const database = databases[1];
  if (!database) throw new Error('no PostgreSQL to test on');
  running = await startRunningBot({ database, transport: 'socket', startAt: new Date('2026-11-19T10:00:00Z') });
  for (const title of ['Pool exhausted in checkout', 'Connection pool exhausted'])
    await fileDefect(running.sandbox.person('ana'), title);
});
afterAll(() => running.close());

describe('a grouping rule in Slack', () => {
  it('is previewed before it is saved, moves past reports when asked, and is listed, undone and switched off', async () => {
    const ana = running.sandbox.person('ana');
    await ana.slash('/defect rule 1 “pool” in billing', { channel });
    const form = await ana.modal('Grouping rule');
    expect(words(form)).toContain('It would have moved 1 report to D-1: the one of D-2.');
    await ana.fill(form, { words: 'pool exhausted' });
    await ana.submit(form);
    const again = await ana.modal('Grouping rule');
    expect(words(again)).toContain('It matches 2 reports so far, 1 of them in D-1 already.');
    await ana.fill(again, { past: ['Move this report now as well'] });
    await ana.submit(again);
    expect(words(await ana.modal('Saved'))).toContain('1 past report moved there as well.');
    await ana.closeAll();

    await ana.slash('/defect Pool exhausted once more', { channel });
    const report = await ana.modal('Report a defect');
    await ana.fill(report, { area: 'billing' });
    await ana.submit(report);
    expect(words(await ana.modal('Joined D-1'))).toContain('It joined by a rule: the title contains “pool exhausted”.');
    await ana.closeAll();

    await ana.slash('/defect rules', { channel });
    const list = await ana.modal('Grouping rules');
    expect(words(list)).toContain('1 report joined by it. It moved 1 past report.');
    await ana.click(list, 'undo_rule_move');
    const undone = await ana.modal(saying('1 report went back to where it was.'));
    await ana.click(undone, 'switch_rule');
    await ana.modal(saying('Off since 19 Nov, by <@UANA00000>.'));
    await ana.closeAll();
  });

  it.each([
    ['/defect rule 1 "x"', 'Give at least 3 letters or digits'],
    ['/defect rule 99 "pool exhausted"', 'There is no D-99'],
    ['/defect rule 1 "pool exhausted" in <!channel>', 'There is no area'],
    ['/defect rule', 'Say which defect'],
  ])('%s is answered with what is missing', async (typed, said) => {
    const ana = running.sandbox.person('ana');
    await ana.slash(typed, { channel });
    await ana.sees(said, { in: channel });
  });

  it('asks for the words where none were typed, from the card too', async () => {
    const ana = running.sandbox.person('ana');
    await ana.slash('/defect rule 1', { channel });
    const form = await ana.modal('Grouping rule');
    await ana.fill(form, { words: '%%%' });
    expect(await ana.submit(form)).toMatchObject({ errors: { words: expect.stringContaining('letters or digits') } });
    await ana.closeAll();
    await ana.slash('/defect show 1', { channel });
    const card = await ana.sees(({ blocks }) => JSON.stringify(blocks ?? []).includes('"add_rule"'), { in: channel });
    await ana.click(card, 'add_rule');
    expect(words(await ana.modal('Grouping rule'))).toContain('Title contains');
  });
});

function saying(text: string): (view: ModalView) => boolean {
  return (view) => words(view).includes(text);
}

function words(view: ModalView): string {
  return JSON.stringify([view.title, view.blocks]);
}
