import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAllDefects } from '../../../src/db/defects/defects.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { findLikelyRepeats } from '../../../src/db/grouping/matching.ts';
import { insertAudit, listWholeAudit } from '../../../src/db/programs/audit.ts';
import { findProgram, type Program } from '../../../src/db/programs/programs.ts';
import { defectEvents, reports } from '../../../src/db/schema/defects.ts';
import { reportTerms } from '../../../src/db/schema/matching.ts';
import { signalDeliveries } from '../../../src/db/schema/signals.ts';
import { insertSignalSource } from '../../../src/db/signals/signal-sources.ts';
import { DEFAULT_RETENTION } from '../../../src/domain/programs/program-retention.ts';
import { burndownWithin } from '../../../src/usecases/digest/gather-burndown.ts';
import { changeRetention } from '../../../src/usecases/programs/change-retention.ts';
import { dropOld } from '../../../src/usecases/programs/upkeep/drop-old.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { forgetOldDeliveries } from '../../../src/usecases/signals/work-on-deliveries.ts';
import { aProgram, aReport, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import type { ProgramInTest } from '../proof/fix-world.ts';

const doing = { by: 'ULEAD', now: MONDAY };
const daysAgo = (days: number) => later(MONDAY, -days * DAY_MS);
const WORDS = { reportWordsDays: 365, deliveryDays: 30, auditDays: 730 };

describe.each(databases)('retention on $name', ({ open }) => {
  let db: Db;
  let close: () => Promise<void>;
  let program: ProgramInTest;
  beforeEach(async () => {
    ({ db, close } = await open());
    program = await aProgram(db, { createdAt: daysAgo(900) });
  });
  afterEach(() => close());

  const reread = async (one: Program) => (await findProgram(db, one.workspaceId, one.id)) ?? one;
  const told = (reporterId: string, days: number, over: Parameters<typeof aReport>[1] = {}) =>
    aReport(program, {
      reporterId,
      title: `Invoice ${days} is late`,
      description: 'For customer Meier',
      link: 'https://support.example/1',
      environment: 'production',
      seenAt: daysAgo(days),
      filedAt: daysAgo(days),
      ...over,
    });
  const stored = async () =>
    (await db.select().from(reports).where(eq(reports.programId, program.id)).orderBy(asc(reports.id))).map(
      ({ title, description, link, reporterId }) => [title, description, link, reporterId],
    );

  it('is changed with a line in the audit for each limit that changes', async () => {
    await changeRetention(db, program, { ...DEFAULT_RETENTION, reportWordsDays: 400, auditDays: 1000 }, doing);
    await changeRetention(db, await reread(program), { ...WORDS, reportWordsDays: 400, auditDays: 1000 }, doing);
    const said = (await listWholeAudit(db, program.id)).map(({ by, subject, before, after }) => [
      by,
      subject,
      before,
      after,
    ]);
    expect(said).toEqual([
      ['ULEAD', 'how many days the words of reports stay', 'for ever', 400],
      ['ULEAD', 'how many days the audit stays', 730, 1000],
    ]);
    expect(await reread(program)).toMatchObject({ reportWordsDays: 400, deliveryDays: 30, auditDays: 1000 });
  });

  it('outside its bounds is refused at the field, and nothing changes', async () => {
    const wrong = changeRetention(db, program, { ...WORDS, auditDays: 1 }, doing);
    await expect(wrong).rejects.toMatchObject({ name: 'Refusal', field: 'auditDays' });
    expect(await reread(program)).toMatchObject(DEFAULT_RETENTION);
    expect(await listWholeAudit(db, program.id)).toEqual([]);
  });

  it('erases the words of old reports, and the name of whoever has told nothing since', async () => {
    const { defect } = await fileReport(db, program, told('UOLD', 500));
    await fileReport(db, program, told('UOLD', 400), defect.id);
    await fileReport(db, program, told('UBOTH', 390), defect.id);
    await fileReport(db, program, told('UBOTH', 10), defect.id);
    await changeRetention(db, program, WORDS, doing);
    expect(await dropOld(db, MONDAY)).toEqual({ 'words of reports': 3, reporters: 1 });
    const [first, second, ...others] = await stored();
    expect(first).toEqual(['Words erased', '', null, expect.stringMatching(/^somebody-[0-9a-f]{8}$/)]);
    expect(second).toEqual(first);
    expect(others).toEqual([
      ['Words erased', '', null, 'UBOTH'],
      ['Invoice 10 is late', 'For customer Meier', 'https://support.example/1', 'UBOTH'],
    ]);
    expect(JSON.stringify(await db.select().from(defectEvents))).not.toContain('UOLD');
    expect(await dropOld(db, later(MONDAY, DAY_MS))).toEqual({});
  });

  it('of words changes no count, weight, date or past week, and forgets what they were found by', async () => {
    const old = (await fileReport(db, program, told('UOLD', 500, { title: 'Zebra crossing broken' }))).defect;
    await fileReport(db, program, told('UNEW', 20), old.id);
    await fileReport(db, program, told('UOLD', 420));
    const weeks = Array.from({ length: 80 }, (_, i) => ({ after: daysAgo(7 * i + 7), upTo: daysAgo(7 * i) }));
    const numbers = async () => ({
      defects: await listAllDefects(db, program.id),
      reports: (await db.select().from(reports).orderBy(asc(reports.id))).map(
        ({ id, weight, seenAt, filedAt, affected, supportTickets, severity, environment, occurrences }) => [
          id,
          weight,
          seenAt,
          filedAt,
          affected,
          supportTickets,
          severity,
          environment,
          occurrences,
        ],
      ),
      weeks: await Promise.all(weeks.map((week) => burndownWithin(db, program, week))),
    });
    const before = await numbers();
    await changeRetention(db, program, WORDS, doing);
    await dropOld(db, MONDAY);
    expect(await numbers()).toEqual(before);
    expect(await findLikelyRepeats(db, program.id, { title: 'Zebra crossing broken' })).toEqual([]);
    expect((await findLikelyRepeats(db, program.id, { title: 'Invoice 20 is late' }))[0]?.number).toBe(old.number);
    const indexed = new Set((await db.select({ id: reportTerms.reportId }).from(reportTerms)).map(({ id }) => id));
    expect(indexed.size).toBe(1);
  });

  it('knows a report of an import or a machine again after its words are gone', async () => {
    const again = told('Alertmanager', 500, { source: 'signal', sourceKey: '1:alert' });
    await fileReport(db, program, again);
    await changeRetention(db, program, WORDS, doing);
    await dropOld(db, MONDAY);
    expect(await stored()).toEqual([['Words erased', '', null, 'Alertmanager']]);
    const repeated = await fileReport(db, program, again);
    expect(repeated.kind).toBe('repeated');
    expect(await stored()).toHaveLength(1);
  });

  it('of nothing is for ever where a program has not said otherwise', async () => {
    await fileReport(db, program, told('UOLD', 800));
    expect(await dropOld(db, MONDAY)).toEqual({});
    expect((await stored())[0]?.[0]).toBe('Invoice 800 is late');
  });

  it('drops what the audit has kept for two years, of each program as it says', async () => {
    const other = await aProgram(db, { auditDays: 365 });
    for (const { id } of [program, other])
      for (const days of [731, 700, 300])
        await insertAudit(db, id, { by: 'ULEAD', now: daysAgo(days) }, [
          { kind: 'exported', subject: 'all defects', before: null, after: days },
        ]);
    expect(await dropOld(db, MONDAY)).toEqual({ 'audit entries': 3 });
    expect((await listWholeAudit(db, program.id)).map(({ after }) => after)).toEqual([700, 300]);
    expect((await listWholeAudit(db, other.id)).map(({ after }) => after)).toEqual([300]);
  });

  it('drops raw deliveries that were worked on, of each program as it says', async () => {
    const other = await aProgram(db, { deliveryDays: 90 });
    for (const one of [program, other]) {
      const { id: sourceId } = await insertSignalSource(db, {
        programId: one.id,
        kind: 'json',
        name: 'Alerts',
        areaId: one.areaIds[0] ?? 0,
        severity: 'S2',
        token: `token of ${one.id}`,
        secrets: [],
        createdBy: 'ULEAD',
        createdAt: MONDAY,
      });
      for (const [key, days, state] of [
        ['old', 31, 'done'],
        ['old and waiting', 31, 'waiting'],
        ['young', 29, 'done'],
      ] as const)
        await db
          .insert(signalDeliveries)
          .values({ sourceId, deliveryKey: `${one.id} ${key}`, body: '{}', receivedAt: daysAgo(days), state });
    }
    await forgetOldDeliveries(db, MONDAY);
    const left = await db.select({ key: signalDeliveries.deliveryKey }).from(signalDeliveries);
    expect(left.map(({ key }) => key).sort()).toEqual(
      [
        `${program.id} old and waiting`,
        `${program.id} young`,
        `${other.id} old`,
        `${other.id} old and waiting`,
        `${other.id} young`,
      ].sort(),
    );
  });
});
