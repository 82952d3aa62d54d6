import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { officeMessage, officeQuarterMessage } from '../../../src/blocks/office/office-message.ts';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { findOfficeOf, listOfficePrograms, listOfficesNear, type Office } from '../../../src/db/office/offices.ts';
import type { Program } from '../../../src/db/programs/programs.ts';
import { markSample } from '../../../src/db/programs/samples.ts';
import { quarterReports } from '../../../src/db/schema/office.ts';
import { leaveWorkspaces, serveWorkspace } from '../../../src/db/workspaces/served.ts';
import { changeOffice, type WantedOffice } from '../../../src/usecases/office/change-office.ts';
import { gatherOffice, type Lookback } from '../../../src/usecases/office/gather-office.ts';
import { postRollUp } from '../../../src/usecases/office/post-roll-up.ts';
import { aDefect, aProgram, aSampleOf, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { outgoing } from '../triage/triage-world.ts';

const lead = { by: 'ULEAD', now: later(MONDAY, -60 * DAY_MS) };
const NEW: WantedOffice = { kind: 'new', channelId: 'C0OFFICE', name: 'office' };
const Q3: Lookback = { kind: 'quarter', quarter: '2026-Q3' };

describe.each(databases)('an office on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeEach(async () => {
    database = await open();
    db = database.db;
  });
  afterEach(() => database.close());

  const change = (program: Program, wanted: WantedOffice, doing = lead) =>
    db.transaction((tx) => changeOffice(tx as unknown as Db, program, wanted, doing));
  const serve = (id: string, organisationId: string | null) =>
    serveWorkspace(db, { id, botUserId: 'UBOT', organisationId }, lead.now);
  async function anOffice() {
    const program = await aProgram(db, { name: 'Secret plans', channelId: 'C0SECRET' });
    await change(program, NEW);
    return { program, office: (await findOfficeOf(db, program)) as Office };
  }
  const near = async ({ workspaceId }: Program) => (await listOfficesNear(db, workspaceId)).map(({ id }) => id);
  const page = async (office: Office, lookback: Lookback, mayRead: readonly number[] = []) =>
    gatherOffice(db, office, lookback, { mayRead: new Set(mayRead), now: MONDAY });
  const members = async (office: Office, at = MONDAY) =>
    (await listOfficePrograms(db, office.id, at)).map(({ id }) => id);

  it('is joined and left by the lead of a program, and every program is in one at most', async () => {
    const { program, office } = await anOffice();
    const other = await aProgram(db, { workspaceId: program.workspaceId, channelId: 'C0SECOND' });
    expect(await change(other, { kind: 'known', id: office.id })).toEqual([
      'The program is part of the office of #office.',
    ]);
    expect(await change(other, { kind: 'known', id: office.id })).toEqual([]);
    expect(await members(office)).toEqual([program.id, other.id]);
    await change(other, { ...NEW, channelId: 'C0ELSE', name: 'else' });
    expect(await members(office)).toEqual([program.id]);
    expect(await change(program, { kind: 'none' })).toEqual(['The program is part of no office.']);
    expect(await members(office)).toEqual([]);
  });

  it('reaches workspaces of its own organisation, and no other', async () => {
    const { program, office } = await anOffice();
    const [sister, stranger] = [await aProgram(db), await aProgram(db)];
    expect(await near(sister)).toEqual([]);
    await serve(program.workspaceId, 'E0ACME');
    await serve(sister.workspaceId, 'E0ACME');
    await serve(stranger.workspaceId, 'E0OTHER');
    expect([await near(sister), await near(stranger)]).toEqual([[office.id], []]);
    await expect(change(stranger, { kind: 'known', id: office.id })).rejects.toThrow('no longer there');
    await change(sister, { kind: 'known', id: office.id });
    expect(await members(office)).toEqual([program.id, sister.id]);
  });

  it('tells nothing more of a workspace that left the organisation, or took the app away', async () => {
    const { program, office } = await anOffice();
    const [one, two] = [await aProgram(db), await aProgram(db)];
    for (const { workspaceId } of [program, one, two]) await serve(workspaceId, 'E0ACME');
    for (const joined of [one, two]) await change(joined, { kind: 'known', id: office.id });
    await leaveWorkspaces(db, { ids: [one.workspaceId] }, MONDAY);
    await serve(two.workspaceId, null);
    expect(await members(office)).toEqual([program.id]);
    expect(await findOfficeOf(db, two)).toBeNull();
  });

  it('names a program to those alone who may read it, and its defects to nobody', async () => {
    const { program, office } = await anOffice();
    await aDefect(db, program, { title: 'Vault keys leak' });
    const secret = JSON.stringify(officeMessage(await page(office, { kind: 'weeks' })));
    expect(secret).toContain('A program that is not named here');
    expect(secret).toContain('1 open');
    expect(secret).toContain('No triage or digest was ever held.');
    for (const told of ['Secret', 'C0SECRET', 'Vault', 'D-1', 'billing']) expect(secret).not.toContain(told);
    const read = JSON.stringify(officeMessage(await page(office, { kind: 'weeks' }, [program.id])));
    expect(read).toContain('Secret plans');
    expect(read).not.toContain('Vault');
  });

  it('says that sample data are in for as long as one of its programs has them', async () => {
    const { program, office } = await anOffice();
    const lookbacks: Lookback[] = [
      { kind: 'weeks' },
      { kind: 'month', month: '2026-10' },
      { kind: 'quarter', quarter: '2026-Q3' },
    ];
    const said = async () =>
      Promise.all(lookbacks.map(async (one) => JSON.stringify(officeMessage(await page(office, one)))));
    for (const words of await said()) expect(words).not.toContain('Sample data are in');
    await db.delete(quarterReports);
    await markSample(db, aSampleOf(program));
    for (const words of await said()) expect(words).toContain('Sample data are in, so much of this is invented.');
  });

  it('draws no name that its reader may not read', async () => {
    const { office } = await anOffice();
    const sent = JSON.stringify(officeQuarterMessage(await page(office, Q3)));
    expect(sent).toContain('"kind":"page"');
    expect(sent).not.toMatch(/Secret|C0SECRET/);
  });

  it('tells of a past quarter the same whoever joins and leaves afterwards', async () => {
    const { program, office } = await anOffice();
    const told = async () => JSON.stringify(officeQuarterMessage(await page(office, Q3)));
    const first = await told();
    expect(first).toContain('1 program:');
    const late = await aProgram(db, { workspaceId: program.workspaceId, channelId: 'C0LATE' });
    await change(late, { kind: 'known', id: office.id }, { by: 'ULEAD', now: MONDAY });
    await change(program, { kind: 'none' }, { by: 'ULEAD', now: MONDAY });
    await aDefect(db, program, { seenAt: new Date('2026-09-28T08:00:00Z'), filedAt: MONDAY });
    expect(await told()).toBe(first);
  });

  it('is rolled up to its channel once a month, and not for outsiders', async () => {
    const { program, office } = await anOffice();
    const now = new Date('2026-11-02T09:00:00Z');
    const roll = (programIds: readonly number[], month = '2026-10') =>
      postRollUp(db, office, month, { audience: { kind: 'mayRead', programIds: new Set(programIds) }, now });
    await Promise.all([roll([]), roll([])]);
    await postRollUp(db, office, '2026-11', { audience: { kind: 'outsiders' }, now: MONDAY });
    const said = (await outgoing(db, program)).filter(({ channel }) => channel === 'C0OFFICE');
    expect(said.map(({ body }) => body.text.slice(0, 40))).toEqual([
      'Office, October 2026. 1 program: none wi',
      'The roll-up of the office is not posted ',
    ]);
    expect(JSON.stringify(said)).not.toMatch(/Secret|C0SECRET/);
  });
});
