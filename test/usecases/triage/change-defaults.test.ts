import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { findProgram } from '../../../src/db/programs/programs.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { proposePromises } from '../../../src/usecases/triage/agenda/propose-promises.ts';
import { changeDefaults, readDefaults } from '../../../src/usecases/triage/change-defaults.ts';
import { aDefect, aProgram, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { anAcceptance } from './triage-world.ts';

const LEAD = { by: 'ULEAD', now: MONDAY };

describe.each(databases)('what triage proposes, on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('is nobody, and a date by severity, where nothing was set', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const dates: (string | undefined)[] = [];
    for (const severity of ['S1', 'S2', 'S3', 'S4'] as const) {
      const defect = await aDefect(db, program, { severity });
      const proposal = (await proposePromises(db, program, [defect], MONDAY)).get(defect.id);
      expect(proposal?.ownerId).toBeNull();
      dates.push(proposal?.dueOn);
    }
    expect(dates).toEqual(['2026-11-26', '2026-11-30', '2026-12-23', '2027-02-22']);
  });

  it('is whoever owns the area, in turns, and never in the place of an owner', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const [, billing] = program.areaIds;
    const ownerIds = new Map([[billing ?? 0, ['UANA', 'UBEN']]]);
    await changeDefaults(db, program, { ownerIds, dueSpans: ['1d', '1w', '1m', '1q'] }, LEAD);
    const fresh = await findProgram(db, program.workspaceId, program.id);
    if (!fresh) throw new Error('no program');
    expect((await readDefaults(db, fresh)).dueSpans).toEqual(['1d', '1w', '1m', '1q']);

    const defects = [await aDefect(db, program), await aDefect(db, program), await aDefect(db, program)];
    const turns = async () =>
      [...(await proposePromises(db, fresh, defects, MONDAY)).values()].map((one) => one.ownerId);
    expect(await turns()).toEqual(['UANA', 'UBEN', 'UANA']);
    await acceptDefect(db, program, 1, anAcceptance, LEAD);
    const [, second, third] = defects;
    const later = await proposePromises(
      db,
      fresh,
      [second, third].flatMap((one) => one ?? []),
      MONDAY,
    );
    expect([...later.values()].map(({ ownerId }) => ownerId)).toEqual(['UBEN', 'UANA']);
  });
});
