import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Defect } from '../../../src/db/defects/defects.ts';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { acceptRisk, dismissDefect } from '../../../src/usecases/defects/set-aside-defect.ts';
import { evaluateProofs } from '../../../src/usecases/proof/evaluate-proofs.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import type { IncomingReport } from '../../../src/usecases/reports/record-report.ts';
import { whatNow } from '../../../src/usecases/reports/what-now.ts';
import { aDefect, aProgram, aReport, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aClaimedFix, aFrequentDefect, type ProgramInTest } from '../proof/fix-world.ts';
import { anAcceptance } from '../triage/triage-world.ts';

describe.each(databases)('what a reporter is told of a defect on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  async function joining(program: ProgramInTest, defect: Defect, seenAt: Date, over: Partial<IncomingReport> = {}) {
    const { db } = database;
    const sourceKey = randomUUID();
    const report = aReport(program, { seenAt, filedAt: seenAt, sourceKey, ...over });
    const joined = await fileReport(db, program, report, defect.id);
    return (await whatNow(db, program, joined.defect, sourceKey, report.filedAt)).source;
  }

  it('a new one waits for triage', async () => {
    const program = await aProgram(database.db);
    expect(await joining(program, await aDefect(database.db, program), MONDAY)).toBe('It waits for triage.');
  });

  it.each([
    ['2026-11-27', '<@UANA> owns it, due 27 Nov.'],
    ['2026-11-24', '<@UANA> owns it. It has been overdue since 24 Nov.'],
  ])('an accepted one that is due %s has its owner and its date', async (dueOn, words) => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program);
    await acceptDefect(db, program, defect.number, { ...anAcceptance, dueOn }, { by: 'ULEAD', now: MONDAY });
    expect(await joining(program, defect, later(MONDAY, 3 * DAY_MS))).toBe(words);
  });

  it('a report that fails a fix says so', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program);
    await aClaimedFix(db, program, defect);
    expect(await joining(program, defect, later(MONDAY, DAY_MS))).toBe(
      'Your report shows that the fix of 23 Nov did not hold: D-1 is on the list again. <@UANA> has been told.',
    );
    expect(await joining(program, defect, later(MONDAY, 2 * DAY_MS))).not.toContain('did not hold');
  });

  it.each<[string, number, Partial<IncomingReport>, string]>([
    ['that counts says so', 1, {}, 'Your report counts against it.'],
    ['from before it does not count', -1, {}, 'You saw it before that, so your report does not count against the fix.'],
    [
      'from elsewhere does not count',
      1,
      { environment: 'staging' },
      'You saw it where the fix has not been deployed, so your report does not count against it.',
    ],
    [
      "of a vendor's failure does not count",
      1,
      { vendor: 'Stripe' },
      'A vendor caused it this time, so your report does not count against the fix.',
    ],
  ])('a report against a claimed fix %s', async (_, days, over, words) => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program, { severity: 'S3' });
    await aClaimedFix(db, program, defect, { claim: { environments: ['production'] } });
    const told = await joining(program, defect, later(MONDAY, days * DAY_MS), {
      ...{ affected: 0, severity: 'S3', filedAt: later(MONDAY, DAY_MS) },
      ...over,
    });
    expect(told).toBe(`A fix went out on 23 Nov and is being proven. ${words}`);
  });

  it('a report that brings a proven one back says so', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aFrequentDefect(db, program);
    await aClaimedFix(db, program, defect);
    await evaluateProofs(db, program, { now: later(MONDAY, 5 * DAY_MS) });
    expect(await joining(program, defect, later(MONDAY, 6 * DAY_MS))).toContain(
      'It was proven fixed, and your report shows that it is back',
    );
  });

  it.each([
    ['lived with', acceptRisk, 'The team knows of it and lives with it for now.'],
    ['dismissed', dismissDefect, 'It was found to be no defect.'],
  ])('one that is %s says that', async (_, decide, words) => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program);
    await decide(db, program, defect.number, 'As discussed', { by: 'ULEAD', now: MONDAY });
    expect(await joining(program, defect, later(MONDAY, DAY_MS))).toContain(words);
  });
});
