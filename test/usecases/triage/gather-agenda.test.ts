import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { gatherAgenda } from '../../../src/usecases/triage/agenda/gather-agenda.ts';
import { aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aClaimedFix, aFrequentDefect, seen } from '../proof/fix-world.ts';

describe.each(databases)('an agenda on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('says of a fix that failed how many reports count against it, and leaves out the others', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aClaimedFix(db, program, await aFrequentDefect(db, program), {
      claim: { environments: ['production'] },
    });
    await seen(db, program, defect, later(MONDAY, DAY_MS), { environment: 'production' });
    await seen(db, program, defect, later(MONDAY, 2 * DAY_MS), { environment: null });
    await seen(db, program, defect, later(MONDAY, 3 * DAY_MS), { environment: 'staging' });
    await seen(db, program, defect, later(MONDAY, 3 * DAY_MS), { vendor: 'Stripe' });
    const { items } = await gatherAgenda(db, program, later(MONDAY, 4 * DAY_MS));
    expect(items.map(({ reason }) => reason)).toEqual([
      { kind: 'failed', why: 'The fix of 23 Nov failed: 2 reports since, the last on 25 Nov.' },
    ]);
  });
});
