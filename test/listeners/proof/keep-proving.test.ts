// @module-tag slow
import { afterEach, expect, it } from 'vitest';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import { listPrograms, updateProgram } from '../../../src/db/programs/programs.ts';
import { assignOwner } from '../../../src/usecases/defects/change-defect.ts';
import { listAreas } from '../../../src/usecases/doing.ts';
import { openTriage } from '../../../src/usecases/triage/open-triage.ts';
import { DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { type RunningBot, startRunningBot } from '../../running-bot.ts';
import { aClaimedFix, aRegularDefect, seen } from '../../usecases/proof/fix-world.ts';

let running: RunningBot | undefined;
afterEach(() => running?.close());

it('lets the owner of a fix that has ended only a part keep proving it, in triage nobody who may not decide', async () => {
  const [embedded] = databases;
  if (!embedded) throw new Error('no database');
  const startAt = later(MONDAY, 24 * DAY_MS);
  running = await startRunningBot({ database: embedded, transport: 'socket', startAt });
  const { db, pass, sandbox } = running;
  const [ana, ben] = [sandbox.person('ana'), sandbox.person('ben')];
  await ana.sees('Report what breaks', { in: '#eng-stability' });
  const [program] = await listPrograms(db);
  if (!program) throw new Error('The bot has started no program.');
  await updateProgram(db, program.id, { deciderIds: [ana.id] });
  const inTest = { ...program, areaIds: (await listAreas(db, program.id)).map(({ id }) => id) };
  const defect = await aRegularDefect(db, inTest);
  await aClaimedFix(db, inTest, defect);
  await assignOwner(db, inTest, 1, ana.id, { by: ana.id, now: MONDAY });
  await seen(db, inTest, defect, startAt);
  await pass(60_000);
  const told = await ana.sees('has ended only a part of it', { in: 'burndown' });
  await db.transaction((tx) => openTriage(tx, inTest, { dueAt: startAt, late: false, now: startAt }, ana.id));
  await pass(60_000);
  const item = await ben.sees('Keep proving, accept the rest, or go on?', { in: '#eng-stability' });

  await ben.click(item, 'keep_proving');
  await ben.sees('is decided by a few people', { in: '#eng-stability' });
  expect(await findDefectByNumber(db, program.id, 1)).toMatchObject({ state: 'accepted' });

  await Promise.all([ana.click(told, 'keep_proving'), ana.click(item, 'keep_proving')]);
  await pass(60_000);
  await ana.sees('claimed its fix, and proving has begun', { in: '#eng-stability' });
  await ana.sees('A fix is claimed, and being proven.', { in: 'burndown' });
  expect(await findDefectByNumber(db, program.id, 1)).toMatchObject({ state: 'claimed', deployedAt: MONDAY });
  expect(sandbox.audit.brokenRules()).toEqual([]);
});
