import { afterEach, expect, it } from 'vitest';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import { listPrograms } from '../../../src/db/programs/programs.ts';
import { assignOwner } from '../../../src/usecases/defects/change-defect.ts';
import { MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { fileDefect } from '../../file-defect.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';

let running: RunningBot;
afterEach(() => running.close());

it('what somebody owned whose account is deactivated is given to another person from the message to the lead', async () => {
  const [, onServer] = databases;
  if (!onServer) throw new Error('no PostgreSQL to test on');
  running = await startRunningBot({ database: onServer, transport: 'http', startAt: MONDAY });
  const { sandbox, db } = running;
  const ana = sandbox.person('ana');
  const chloe = sandbox.person('chloe');
  await ana.sees('Report what breaks', { in: '#eng-stability' });
  await fileDefect(ana, 'Stripe webhook times out');
  const [program] = await listPrograms(db);
  if (!program) throw new Error('no program');
  await assignOwner(db, program, 1, chloe.id, { by: ana.id, now: MONDAY });
  await running.pass(60_000);
  const owner = async () => (await findDefectByNumber(db, program.id, 1))?.ownerId;

  sandbox.deactivate('chloe');
  const told = await ana.sees('is deactivated: 1 open defect has no owner now', { in: 'burndown' });
  expect(await owner()).toBeNull();
  await ana.click(told, 'reassign_all');
  const form = await ana.modal('Reassign all');
  expect(JSON.stringify(form.blocks)).toContain('It has no due date.');
  await ana.fill(form, { owner: 'ben' });
  await ana.submit(form);
  await ana.sees('What Chloé Martin owned has a new owner', { in: 'burndown' });
  expect(await owner()).toBe(sandbox.user('ben')?.id);
});
