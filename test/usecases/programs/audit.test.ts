import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../../../src/db/engine/client.ts';
import { listWholeAudit } from '../../../src/db/programs/audit.ts';
import { findProgram, type Program } from '../../../src/db/programs/programs.ts';
import { insertSchedule } from '../../../src/db/programs/schedules.ts';
import { auditEntries } from '../../../src/db/schema/audit.ts';
import { defaultCadences } from '../../../src/domain/programs/program-defaults.ts';
import { RITUALS } from '../../../src/domain/vocabulary.ts';
import { changeSettings } from '../../../src/usecases/programs/change-settings.ts';
import { exportProgram } from '../../../src/usecases/programs/export-program.ts';
import { readSettings } from '../../../src/usecases/programs/read-settings.ts';
import { showAudit } from '../../../src/usecases/programs/show-audit.ts';
import { setAreaMetrics } from '../../../src/usecases/reliability/set-area-metrics.ts';
import {
  addSignalSource,
  pauseOrResume,
  removeSignalSource,
  rotateSecret,
} from '../../../src/usecases/signals/change-signal-source.ts';
import { aDefect, aProgram, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { someKeys } from '../../some-keys.ts';

const doing = { by: 'ULEAD', now: MONDAY };

describe.each(databases)('the audit on $name', ({ open }) => {
  let db: Db;
  let close: () => Promise<void>;
  let program: Program & { areaIds: number[] };
  beforeEach(async () => {
    ({ db, close } = await open());
    program = await aProgram(db);
    const cadences = defaultCadences(program, '2026-11-23');
    for (const ritual of RITUALS)
      await insertSchedule(db, { programId: program.id, ritual, cadence: cadences[ritual], createdAt: MONDAY });
  });
  afterEach(() => close());

  const told = async () =>
    (await listWholeAudit(db, program.id)).map(({ kind, subject, before, after }) => [kind, subject, before, after]);
  const reread = async () => (await findProgram(db, program.workspaceId, program.id)) ?? program;

  it('each setting that changes is written down with what it was before, and the others are not', async () => {
    const settings = await readSettings(db, program);
    await changeSettings(
      db,
      program,
      {
        ...settings,
        triage: { weekdays: [2], atLocalTime: '09:00', everyWeeks: 1 },
        halfLifeDays: 14,
        facilitatorIds: ['UANA'],
      },
      doing,
    );
    expect((await told()).sort()).toEqual(
      [
        ['role_changed', 'the facilitators', ['UANA', 'UBEN', 'UCEM'], ['UANA']],
        ['setting_changed', 'the half-life of harm in days', 28, 14],
        ['setting_changed', 'triage', 'Mondays at 10:00', 'Tuesdays at 09:00'],
      ].sort(),
    );
    expect((await listWholeAudit(db, program.id)).every(({ by, at }) => by === 'ULEAD' && +at === +MONDAY)).toBe(true);
    await changeSettings(db, await reread(), await readSettings(db, await reread()), doing);
    expect(await told()).toHaveLength(3);
  });

  it('settings that are refused leave no line behind', async () => {
    const settings = await readSettings(db, program);
    const wrong = { ...settings, agendaLimit: 5, timeZone: 'Mars/Olympus' };
    await expect(changeSettings(db, program, wrong, doing)).rejects.toThrow();
    expect(await told()).toEqual([]);
  });

  it('a source is followed from its adding to its end, and its secrets and its token are nowhere', async () => {
    const secret = 'whsec_first_secret';
    const wanted = {
      kind: 'stripe',
      name: 'Payments',
      areaId: program.areaIds[1] ?? 0,
      severity: 'S2',
      mapping: '',
      secret,
    };
    const { id } = await addSignalSource(
      db,
      program,
      wanted,
      { token: 'a-token-nobody-guesses', keys: someKeys },
      doing,
    );
    await rotateSecret(db, program, id, { secret: 'whsec_second_secret', keys: someKeys }, doing);
    await pauseOrResume(db, program, id, 'pause', doing);
    await pauseOrResume(db, program, id, 'pause', doing);
    await pauseOrResume(db, program, id, 'resume', doing);
    await removeSignalSource(db, program, id, doing);
    expect(await told()).toEqual([
      ['source_added', 'Payments', null, 'Stripe, billing, S2'],
      ['secret_rotated', 'Payments', null, null],
      ['source_paused', 'Payments', null, null],
      ['source_resumed', 'Payments', null, null],
      ['source_removed', 'Payments', null, null],
    ]);
    expect(JSON.stringify(await db.select().from(auditEntries))).not.toMatch(/whsec|token/);
  });

  it('what is promised of an area is told before and after, and saving the same again is no change', async () => {
    const wanted = {
      target: '99.9',
      periodDays: '30',
      thresholdSeconds: '0.5',
      how: 'none',
      labels: '',
      bad: '',
      total: '',
      uptime: '',
      latency: '',
    };
    const areaId = program.areaIds[1] ?? 0;
    await setAreaMetrics(db, program, areaId, wanted, doing);
    await setAreaMetrics(db, program, areaId, wanted, doing);
    await setAreaMetrics(db, program, areaId, { ...wanted, target: '' }, doing);
    const set = '99.9 % over 30 days, slow above 0.5 s, nothing asked';
    expect(await told()).toEqual([
      ['objective_changed', 'billing', null, set],
      ['objective_changed', 'billing', set, null],
    ]);
  });

  it('an export is in the audit with its rows, and has the audit in it where a lead takes it', async () => {
    await aDefect(db, program);
    const { files, count } = await exportProgram(db, program, { withAudit: true }, doing);
    expect(files.map(({ filename }) => filename)).toEqual([
      'defects-2026-11-23.csv',
      'reports-2026-11-23.csv',
      'audit-2026-11-23.csv',
    ]);
    expect(count).toBe(1);
    expect(files[2]?.content.split('\r\n')).toEqual([
      'at,by,kind,subject,before,after',
      '2026-11-23T09:00:00.000Z,ULEAD,exported,all defects,,1',
    ]);
    const without = await exportProgram(db, program, { withAudit: false }, { ...doing, by: 'UBEN' });
    expect(without.files.map(({ filename }) => filename)).toEqual(['defects-2026-11-23.csv', 'reports-2026-11-23.csv']);
    expect(await told()).toHaveLength(2);
  });

  it('the audit of another program is not shown', async () => {
    await exportProgram(db, program, { withAudit: true }, doing);
    const other = await aProgram(db, { name: 'Other' });
    expect((await showAudit(db, other, 0)).text).toBe('Nothing has been changed in Other yet.');
    expect((await showAudit(db, program, 0)).text).toBe('What was changed in Launch stability');
  });
});
