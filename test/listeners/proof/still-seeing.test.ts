// @module-tag slow
import { afterEach, expect, it } from 'vitest';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import { listPrograms } from '../../../src/db/programs/programs.ts';
import { listAreas } from '../../../src/usecases/doing.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { aReport, DAY_MS, HOUR_MS, later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';
import { aClaimedFix } from '../../usecases/proof/fix-world.ts';

const THURSDAY = new Date('2026-11-19T10:00:00Z');

let running: RunningBot | undefined;
afterEach(() => running?.close());

it('asks two reporters after a claim; one no longer sees it, the other does and the fix has failed', async () => {
  const [embedded] = databases;
  if (!embedded) throw new Error('no database');
  running = await startRunningBot({ database: embedded, transport: 'socket', startAt: THURSDAY });
  const { db, pass, sandbox } = running;
  const [ana, ben, chloe] = [sandbox.person('ana'), sandbox.person('ben'), sandbox.person('chloe')];
  await ana.sees('Report what breaks', { in: '#eng-stability' });
  const [program] = await listPrograms(db);
  if (!program) throw new Error('The bot has started no program.');
  const inTest = { ...program, areaIds: (await listAreas(db, program.id)).map(({ id }) => id) };
  const seenAt = later(THURSDAY, -DAY_MS);
  const { defect } = await fileReport(db, program, aReport(inTest, { seenAt, reporterId: ben.id, severity: 'S1' }));
  await fileReport(db, program, aReport(inTest, { seenAt, reporterId: chloe.id }), defect.id);
  await aClaimedFix(db, inTest, defect, { at: THURSDAY });
  await pass(HOUR_MS);
  expect(ben.messages('burndown').filter(({ text }) => text.includes('Have you seen it since?'))).toEqual([]);
  await pass(DAY_MS);

  await ben.click(await ben.sees('Have you seen it since?', { in: 'burndown' }), 'not_seeing');
  await pass(HOUR_MS);
  await ben.sees('You have not seen D-1 since the fix.', { in: 'burndown' });
  expect(await findDefectByNumber(db, program.id, 1)).toMatchObject({ state: 'claimed', reportCount: 2 });

  await chloe.click(await chloe.sees('Have you seen it since?', { in: 'burndown' }), 'still_seeing');
  const form = await chloe.modal('Seen again');
  expect(await findDefectByNumber(db, program.id, 1)).toMatchObject({ state: 'claimed', reportCount: 2 });
  await chloe.fill(form, { environment: 'production' });
  await chloe.submit(form);
  expect(JSON.stringify((await chloe.modal('Done')).blocks)).toContain('did not hold');
  await chloe.sees('What you saw of D-1 is a report now.', { in: 'burndown' });
  expect(await findDefectByNumber(db, program.id, 1)).toMatchObject({ state: 'accepted', reportCount: 3 });
  expect(sandbox.audit.brokenRules()).toEqual([]);
});
