import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Person } from '../../../sandbox/driver/person.ts';
import type { ModalView } from '../../../sandbox/state/model.ts';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import { listAreas, listPrograms } from '../../../src/db/programs/programs.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { aDefect, aReport, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';

const channel = '#eng-stability';

describe('decisions in a triage thread', () => {
  let running: RunningBot;
  afterEach(() => running.close());

  /** A running bot whose program has these defects, reported by Chloe, and an open triage. */
  async function triageOf(titles: readonly string[]) {
    const [, database] = databases;
    if (!database) throw new Error('no database');
    running = await startRunningBot({ database, transport: 'http', startAt: later(MONDAY, -DAY_MS) });
    const { sandbox, db } = running;
    const [ana, ben, chloe] = [sandbox.person('ana'), sandbox.person('ben'), sandbox.person('chloe')];
    await ana.sees('Report what breaks', { in: channel });
    const [program] = await listPrograms(db);
    if (!program) throw new Error('no program');
    const areaIds = (await listAreas(db, program.id)).map(({ id }) => id);
    for (const title of titles) await aDefect(db, { ...program, areaIds }, { title, reporterId: chloe.id });
    await running.pass(MONDAY);
    await ana.sees(`${titles.length} open`, { in: channel });
    return { ana, ben, chloe, sandbox };
  }

  const item = (person: Person, number: number, words = '') =>
    person.sees(
      (message) =>
        message.threadTs !== undefined &&
        message.text.startsWith(`D-${number} `) &&
        JSON.stringify(message.blocks).includes(words),
      { in: channel },
    );

  const more = (person: Person, option: string) => async (number: number) =>
    person.click(await item(person, number), { actionId: 'more_decisions', option });

  it('tells somebody who opens or sends a form too late who decided what', async () => {
    const { ana, ben, sandbox } = await triageOf(['Stripe webhook answers 400']);
    const before = await item(ana, 1);
    await ana.click(before, 'accept');
    await ben.click(before, 'defer');
    const form = await ana.modal('Accept');
    await ana.fill(form, { owner: 'ben', due: '2026-12-04' });
    expect((await ana.submit(form)).kind).toBe('closed');
    await item(ana, 1, 'due 4 Dec');

    const late = await ben.modal('Defer');
    await ben.fill(late, { reason: 'Later' });
    expect((await ben.submit(late)).kind).toBe('updated');
    expect(words(await ben.modal('Already decided'))).toContain(
      `<@${ana.id}> accepted it: <@${ben.id}>, due 4 Dec. (just now)`,
    );
    expect(sandbox.audit.brokenRules()).toEqual([]);
  });

  it('merges into the defect that is found by words, and the thread says so', async () => {
    const { ana } = await triageOf(['Stripe webhook answers 400', 'Fivetran sync stuck', 'Stripe webhook is refused']);
    await more(ana, 'Merge')(3);
    const form = await ana.modal('Merge');
    expect(words(form)).toContain('*D-1*  Stripe webhook answers 400 (1 report, same words: ');
    await ana.pick(form, 'pick_defect', 'stripe', 'D-1  Stripe webhook answers 400');
    const picked = await vi.waitUntil(async () => {
      const shown = await ana.modal('Merge');
      return words(shown).includes('It would move') && shown;
    });
    expect(words(picked)).toContain('It would move 1 report. D-1 would have 2 and rank 1.');
    expect((await ana.submit(picked)).kind).toBe('closed');
    await item(ana, 3, 'merged it into D-1.');
    await ana.sees('2 open. Since the start: 3 new.', { in: channel });
  });

  it('says what a split would do while reports are picked, keeps what was picked, and takes it back', async () => {
    const { ana, sandbox } = await triageOf(['Stripe webhook answers 400']);
    const { db } = running;
    const [program] = await listPrograms(db);
    if (!program) throw new Error('no program');
    const areaIds = (await listAreas(db, program.id)).map(({ id }) => id);
    const defect = await findDefectByNumber(db, program.id, 1);
    for (const title of ['Invoice is blank', 'Invoice is empty']) {
      await fileReport(db, program, aReport({ areaIds }, { title }), defect?.id);
    }
    await more(ana, 'Split')(1);
    const form = await ana.modal('Split');
    await ana.fill(form, { title: 'Invoices come out blank' });
    await ana.fill(form, { reports: ['Invoice is blank', 'Invoice is empty'] });
    const picked = await vi.waitUntil(async () => {
      const shown = await ana.modal('Split');
      return words(shown).includes('It would move') && shown;
    });
    expect(words(picked)).toContain(
      'It would move 2 of 3 reports. The new defect would rank 1; D-1 would keep 1 and rank 2.',
    );
    expect((await ana.submit(picked)).kind).toBe('closed');
    await item(ana, 1, '2 reports went to D-2.');
    await ana.slash('/defect undo 2', { channel });
    await ana.sees('D-2 is part of D-1 Stripe webhook answers 400 again, with 3 reports.', { in: channel });
    expect(sandbox.audit.brokenRules()).toEqual([]);
  });

  it('asks the reporter, who answers with one button, and whoever asked is told', async () => {
    const { ana, chloe } = await triageOf(['Stripe webhook answers 400']);
    await more(ana, 'Need info')(1);
    const form = await ana.modal('Need info');
    await ana.fill(form, { reason: 'Which region?' });
    expect((await ana.submit(form)).kind).toBe('closed');
    const question = await chloe.sees('Which region?', { in: 'burndown' });
    await chloe.click(question, 'answer_question');
    const answer = await chloe.modal('Answer');
    await chloe.fill(answer, { answer: 'europe-west1 only' });
    await chloe.submit(answer);
    await ana.sees('europe-west1 only', { in: 'burndown' });
    await chloe.sees('has been answered', { in: 'burndown' });
    await item(ana, 1, `asked <@${chloe.id}>: Which region?`);
  });

  it('puts what is wrong at the input that it is about, and keeps the form', async () => {
    const { ana } = await triageOf(['Stripe webhook answers 400']);
    await ana.click(await item(ana, 1), 'accept');
    const form = await ana.modal('Accept');
    await ana.fill(form, { owner: 'ben', due: '2026-11-20' });
    expect(await ana.submit(form)).toMatchObject({
      kind: 'errors',
      errors: { due: 'The due date has passed. Pick today or a later day.' },
    });
    await ana.click(form, 'judge_fix');
    const whole = await ana.modal((view) => words(view).includes('second_person'));
    await ana.fill(whole, { due: '2026-11-27', second_person: 'ben' });
    expect(await ana.submit(whole)).toMatchObject({
      kind: 'errors',
      errors: { second_person: 'The second person must be somebody other than the owner.' },
    });
  });

  it('closes by its button, once, with a summary', async () => {
    const { ana, ben } = await triageOf(['Stripe webhook answers 400', 'Fivetran sync stuck']);
    await ana.click(await item(ana, 1), 'defer');
    const form = await ana.modal('Defer');
    await ana.fill(form, { reason: 'Waiting for the vendor' });
    await ana.submit(form);
    const parent = await ana.sees('1 decided', { in: channel });
    await ana.click(parent, 'close_triage', { confirm: true });
    await ben.sees('Triage closed. 1 of 2 decided (50 %).', { in: channel });
    await item(ben, 2, 'Left open. Triage comes back to it.');
  });
});

function words(view: ModalView): string {
  return JSON.stringify([view.title, view.blocks]);
}
