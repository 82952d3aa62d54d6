import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDefectByNumber } from '../../../src/db/defects/defects.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { findPerson, upsertPerson } from '../../../src/db/people/people.ts';
import { listWholeAudit } from '../../../src/db/programs/audit.ts';
import { findProgram, type Program, updateProgram } from '../../../src/db/programs/programs.ts';
import { defects, reports } from '../../../src/db/schema/defects.ts';
import { EVERY_TABLE } from '../../../src/db/schema/every-table.ts';
import { nudges, snoozes } from '../../../src/db/schema/rituals.ts';
import { trackerPeople } from '../../../src/db/schema/trackers.ts';
import { keepAccount, keepUnknownPerson } from '../../../src/db/trackers/tracker-people.ts';
import { assignOwner } from '../../../src/usecases/defects/change-defect.ts';
import { type AskSlack, createLookupPauses, knowOwners } from '../../../src/usecases/people/know-person.ts';
import { mergeAccounts } from '../../../src/usecases/people/merge-accounts.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { aProgram, aReport, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';

const PAUSES = createLookupPauses();

describe.each(databases)('a person with two accounts, on $name', ({ open }) => {
  let db: Db;
  let close: () => Promise<void>;
  let program: Program & { areaIds: number[] };
  let workspaceId: string;
  beforeEach(async () => {
    ({ db, close } = await open());
    program = await aProgram(db, { leadIds: ['UOLD', 'WNEW'], facilitatorIds: ['UANA', 'UOLD'] });
    ({ workspaceId } = program);
    for (const userId of ['UOLD', 'WNEW']) await know(userId);
  });
  afterEach(() => close());

  const know = (userId: string) =>
    upsertPerson(db, { workspaceId, userId, name: 'Zoe', timeZone: 'UTC', refreshedAt: later(MONDAY, -1) });
  /** Both have reported one defect, been reminded on one day, and put the same one off. */
  async function live(): Promise<void> {
    const { defect } = await fileReport(db, program, aReport(program, { reporterId: 'UOLD' }));
    await fileReport(db, program, aReport(program, { reporterId: 'WNEW' }), defect.id);
    await fileReport(db, program, aReport(program, { reporterId: 'UBEN' }), defect.id);
    await assignOwner(db, program, defect.number, 'UOLD', { by: 'UANA', now: MONDAY });
    const home = { programId: program.id, kind: 'github', home: 'https://github.com' } as const;
    const known = { account: 'zoe', name: 'zoe', userId: 'UOLD', knownBy: 'email' } as const;
    for (const userId of ['UOLD', 'WNEW']) await keepUnknownPerson(db, { ...home, kind: 'linear' }, userId, MONDAY);
    await keepAccount(db, home, known, MONDAY);
    for (const userId of ['UOLD', 'WNEW']) {
      const row = { userId, defectIds: [defect.id], sentAt: MONDAY };
      await db.insert(nudges).values({ ...row, programId: program.id, onDate: '2026-11-23' });
      await db
        .insert(snoozes)
        .values({ defectId: defect.id, userId, untilOn: '2026-11-30', reason: 'Away', at: MONDAY });
    }
  }
  const named = async () => {
    const rows = await Promise.all(EVERY_TABLE.map((table) => db.select().from(table)));
    return JSON.stringify(rows, (key, value) => (['dedupeKey', 'targetKey', 'parentKey'].includes(key) ? null : value));
  };
  const slackSays =
    (also: { becameId?: string; orgId?: string }): AskSlack =>
    async (userId) => ({ name: 'Zoe', timeZone: 'Europe/Vienna', isActive: true, ...(userId === 'UOLD' ? also : {}) });

  it("becomes one: all that the first has is the second's, once, and two reporters are one", async () => {
    await live();
    expect((await findDefectByNumber(db, program.id, 1))?.reporterCount).toBe(3);
    await mergeAccounts(db, { workspaceId, userId: 'UOLD', into: 'WNEW' }, MONDAY);
    expect(await findDefectByNumber(db, program.id, 1)).toMatchObject({ ownerId: 'WNEW', reporterCount: 2 });
    const after = await findProgram(db, workspaceId, program.id);
    expect([after?.leadIds, after?.facilitatorIds]).toEqual([['WNEW'], ['UANA', 'WNEW']]);
    expect([await db.$count(nudges), await db.$count(snoozes)]).toEqual([1, 1]);
    const people = (await db.select().from(trackerPeople)).map(({ kind, userId }) => `${kind} ${userId}`);
    expect(people.sort()).toEqual(['github WNEW', 'linear WNEW']);
    const told = await listWholeAudit(db, program.id);
    expect(told.at(-1)).toMatchObject({ by: null, kind: 'accounts_merged', subject: 'UOLD', after: 'WNEW' });
    expect((await named()).replace('"subject":"UOLD"', '')).not.toContain('UOLD');
  });

  it('is told apart from another one whose id begins the same, and from the same id elsewhere', async () => {
    const other = await aProgram(db, { leadIds: ['UOLD'] });
    await fileReport(db, program, aReport(program, { reporterId: 'UOLDER', title: 'Told by <@UOLD>' }));
    await mergeAccounts(db, { workspaceId, userId: 'UOLD', into: 'WNEW' }, MONDAY);
    expect((await findProgram(db, other.workspaceId, other.id))?.leadIds).toEqual(['UOLD']);
    expect(await db.$count(reports, eq(reports.reporterId, 'UOLDER'))).toBe(1);
    expect(await db.$count(defects, eq(defects.title, 'Told by <@WNEW>'))).toBe(1);
  });

  it('is found out by the look at those who own something, when Slack answers with the other account', async () => {
    await updateProgram(db, program.id, { leadIds: ['UOLD'], facilitatorIds: [] });
    await know('UOLD');
    const morning = later(MONDAY, 24 * 60 * 60_000);
    await knowOwners(db, workspaceId, morning, slackSays({ becameId: 'WMOVED' }), PAUSES);
    expect((await findProgram(db, workspaceId, program.id))?.leadIds).toEqual(['WMOVED']);
    expect(await findPerson(db, workspaceId, 'UOLD')).toBeNull();
    expect(await findPerson(db, workspaceId, 'WMOVED')).toMatchObject({ timeZone: 'Europe/Vienna' });
  });

  it.each([
    ['stays two as long as only one of them does anything', 'WNEVER', ['UOLD']],
    ['is that of the organisation once both are in use', 'WNEW', ['WNEW']],
  ])('%s', async (_, orgId, leads) => {
    await updateProgram(db, program.id, { leadIds: ['UOLD'], facilitatorIds: [] });
    const morning = later(MONDAY, 24 * 60 * 60_000);
    await knowOwners(db, workspaceId, morning, slackSays({ orgId }), PAUSES);
    expect((await findProgram(db, workspaceId, program.id))?.leadIds).toEqual(leads);
  });
});
