import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefectByNumber } from '../../src/db/defects/defects.ts';
import type { Db } from '../../src/db/engine/client.ts';
import { enqueuePost } from '../../src/db/messages/outbox.ts';
import { countReports } from '../../src/db/reports/reports.ts';
import { defectEvents, defects, reports } from '../../src/db/schema/defects.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { heatLevel } from '../../src/domain/defects/rank.ts';
import { identityGaps } from '../../src/domain/digest/burndown.ts';
import type { ImportedReport } from '../../src/domain/import/imported-report.ts';
import { planHistory } from '../../src/domain/import/plan-history.ts';
import { startImportRun } from '../../src/import/import-program.ts';
import { ImportStopped, importReports } from '../../src/import/import-reports.ts';
import { burndownWithin } from '../../src/usecases/digest/gather-burndown.ts';
import { saveRule } from '../../src/usecases/grouping/change-rules.ts';
import { aDefect, aProgram } from '../builders.ts';
import { databases } from '../databases.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const day = (n: number) => new Date(Date.UTC(2026, 5, n, 12));

function aRow(sourceId: string, on: number, over: Partial<ImportedReport> = {}): ImportedReport {
  return {
    sourceId,
    title: `Sync ${sourceId} stops`,
    description: 'It stops after a while.',
    affected: 2,
    supportTickets: 1,
    reportedAt: day(on),
    ...over,
  };
}

describe.each(databases)('an import into $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  async function importInto(
    program: Awaited<ReturnType<typeof aProgram>>,
    rows: readonly ImportedReport[],
    batch = 3,
    defaultArea?: string,
  ) {
    const run = await startImportRun(opened.db, program, { ...(defaultArea ? { defaultArea } : {}) });
    const tally = await importReports(opened.db, run, planHistory(rows).happenings, { batch, now: NOW });
    return { tally, run };
  }

  it('joins rows to the defect of a rule, whose state no row decides, and a second run adds nothing', async () => {
    const { db } = opened;
    const program = await aProgram(db);
    const target = await aDefect(db, program, { title: 'Sync stops', seenAt: day(1) });
    await saveRule(db, program, 1, { words: 'stops', areaId: null, movesPast: false }, { by: 'UANA', now: day(1) });
    const rows = [
      aRow('A', 2, { resolution: 'Fixed', resolvedAt: day(5) }),
      aRow('B', 3, { title: 'Something else' }),
      aRow('C', 4, { duplicateOf: 'A' }),
    ];
    const { tally } = await importInto(program, rows);
    expect(tally).toMatchObject({ opened: 1, joined: 2, claimed: 0 });
    expect(await findDefectByNumber(db, program.id, 1)).toMatchObject({ id: target.id, state: 'new', reportCount: 3 });
    expect((await importInto(program, rows)).tally).toMatchObject({ opened: 0, joined: 0, alreadyHere: 3, claimed: 0 });
  });

  const logOf = async (programId: number, number: number) => {
    const defect = await findDefectByNumber(opened.db, programId, number);
    const events = await opened.db
      .select()
      .from(defectEvents)
      .where(eq(defectEvents.defectId, defect?.id ?? 0))
      .orderBy(asc(defectEvents.id));
    return { defect, events: events.map(({ kind, at, actorId }) => ({ kind, at, actorId })) };
  };

  it('adds nothing when the same file comes twice', async () => {
    const program = await aProgram(opened.db);
    const rows = [
      aRow('K-1', 1, { resolution: 'Fixed', resolvedAt: day(9) }),
      aRow('K-2', 2, { classKey: 'x' }),
      aRow('K-3', 4, { classKey: 'x', resolution: "Won't Fix", resolvedAt: day(6) }),
      aRow('K-4', 5, { resolution: 'Invalid', resolvedAt: day(6) }),
    ];
    const first = await importInto(program, rows);
    expect(first.tally).toMatchObject({
      opened: 3,
      joined: 1,
      alreadyHere: 0,
      claimed: 1,
      dismissed: 1,
      risk_accepted: 0,
    });
    const before = await opened.db.select().from(defectEvents).where(eq(defectEvents.programId, program.id));
    const second = await importInto(program, rows);
    expect(second.tally).toMatchObject({
      opened: 0,
      joined: 0,
      alreadyHere: 4,
      claimed: 0,
      dismissed: 0,
      risk_accepted: 0,
    });
    expect(await countReports(opened.db, program.id)).toBe(4);
    const after = await opened.db.select().from(defectEvents).where(eq(defectEvents.programId, program.id));
    expect(after).toEqual(before);
  });

  it('logs what the tracker decided at the instants at which it did', async () => {
    const program = await aProgram(opened.db);
    await importInto(program, [
      aRow('K-4', 4, { resolution: 'Cannot Reproduce', resolvedAt: day(20) }),
      aRow('K-1', 1, { resolution: 'Fixed', resolvedAt: day(9) }),
      aRow('K-2', 2, { resolution: "Won't Fix", resolvedAt: day(12) }),
    ]);
    const bot = { actorId: null };
    expect(await logOf(program.id, 1)).toMatchObject({
      defect: {
        state: 'claimed',
        dueOn: '2026-06-09',
        keepingNote: 'Imported: fixed in the tracker',
        deployedAt: day(9),
      },
      events: [
        { kind: 'reported', at: day(1), ...bot },
        { kind: 'accepted', at: day(9), ...bot },
        { kind: 'claimed', at: day(9), ...bot },
      ],
    });
    expect((await logOf(program.id, 2)).events[1]).toMatchObject({ kind: 'risk_accepted', at: day(12) });
    expect((await logOf(program.id, 3)).events[1]).toMatchObject({ kind: 'dismissed', at: day(20) });
  });

  it('lets a fix fail when the next report of its class comes, and proves one that stayed quiet', async () => {
    const program = await aProgram(opened.db);
    const often = Array.from({ length: 10 }, (_, i) =>
      aRow(`Q-${i}`, 1 + i, { classKey: 'quiet', ...(i === 9 ? { resolution: 'Done', resolvedAt: day(11) } : {}) }),
    );
    const back = [
      aRow('B-1', 1, { classKey: 'back', severity: 'S1', resolution: 'Fixed', resolvedAt: day(3) }),
      aRow('B-2', 8, { classKey: 'back', severity: 'S1' }),
    ];
    await importInto(program, [...often, ...back], 4);
    const quiet = await logOf(program.id, 1);
    expect(quiet.defect).toMatchObject({ state: 'proven', reportCount: 10, affectedTotal: 20, ticketTotal: 10 });
    const proven = quiet.events.at(-1);
    expect(proven?.kind).toBe('proven');
    expect(proven?.at).toEqual(quiet.defect?.windowEndsAt);
    expect((await logOf(program.id, 2)).events.map(({ kind }) => kind)).toEqual([
      'reported',
      'accepted',
      'claimed',
      'failed',
      'report_joined',
    ]);
    // Nobody is told today that a fix failed in June.
    expect(await opened.db.select().from(outbox).where(eq(outbox.programId, program.id))).toEqual([]);
  });

  it('leaves alone what another transaction of the same program says meanwhile, though it was due before', async () => {
    const { db, url } = opened;
    const program = await aProgram(db);
    const { workspaceId, id: programId } = program;
    const news = {
      workspaceId,
      programId,
      channel: 'C1',
      dedupeKey: `news:${programId}`,
      body: { text: '', blocks: [] },
    };
    let other: Promise<unknown> | undefined;
    const between = (tx: Db): Db =>
      Object.assign(Object.create(tx), {
        execute: async (query: Parameters<Db['execute']>[0]) => {
          other ??= db.transaction((one) => enqueuePost(one, { ...news, runAt: day(1) }));
          // The embedded database has one connection: there the other transaction waits for this one.
          if (url) await other;
          return tx.execute(query);
        },
      });
    const shared: Db = Object.assign(Object.create(db), {
      transaction: (work: (tx: Db) => Promise<unknown>) => db.transaction((tx) => work(between(tx))),
    });
    const rows = [
      aRow('M-1', 1, { classKey: 'back', severity: 'S1', resolution: 'Fixed', resolvedAt: day(3) }),
      aRow('M-2', 8, { classKey: 'back', severity: 'S1' }),
    ];
    await importReports(shared, await startImportRun(db, program), planHistory(rows).happenings, {
      batch: 9,
      now: NOW,
    });
    await other;
    const said = await db.select().from(outbox).where(eq(outbox.programId, programId));
    expect(said.map(({ dedupeKey }) => dedupeKey)).toEqual([news.dedupeKey]);
  });

  it('merges a repeat into the row that it repeats, and dismisses one whose target is not in the file', async () => {
    const program = await aProgram(opened.db);
    const { tally } = await importInto(program, [
      aRow('K-1', 1, { duplicateOf: 'K-2', resolution: 'Duplicate', resolvedAt: day(5) }),
      aRow('K-2', 3),
      aRow('K-3', 4, { duplicateOf: 'Z-9', resolution: 'Duplicate', resolvedAt: day(6) }),
    ]);
    expect(tally).toMatchObject({ merged: 1, dismissed: 1 });
    expect((await logOf(program.id, 1)).defect).toMatchObject({ state: 'merged', reportCount: 0 });
    expect((await logOf(program.id, 2)).defect).toMatchObject({ state: 'new', reportCount: 2 });
    expect((await logOf(program.id, 3)).defect).toMatchObject({ state: 'dismissed' });
  });

  it('adds up in every week of the history, in whatever order the rows stood', async () => {
    const program = await aProgram(opened.db);
    const resolutions = ['Fixed', 'Duplicate', "Won't Fix", 'Invalid', undefined];
    const rows = Array.from({ length: 60 }, (_, i) => {
      const resolution = resolutions[i % 5];
      return aRow(`K-${i}`, 1 + ((i * 17) % 60), {
        ...(i % 4 === 0 ? { classKey: `c${i % 3}` } : {}),
        ...(i % 7 === 0 ? { duplicateOf: `K-${(i * 5) % 60}` } : {}),
        ...(resolution ? { resolution, resolvedAt: day(62 + (i % 30)) } : {}),
      });
    });
    await importInto(program, rows, 7);
    for (let week = 0; week < 16; week += 1) {
      const window = { after: day(7 * week), upTo: day(7 * week + 7) };
      expect(identityGaps(await burndownWithin(opened.db, program, window))).toEqual([]);
    }
    const stored = await opened.db.select().from(defects).where(eq(defects.programId, program.id));
    for (const defect of stored) {
      const own = await opened.db.select().from(reports).where(eq(reports.defectId, defect.id));
      expect(defect.reportCount).toBe(own.length);
      if (own.length > 0) expect(defect.heatLevel).toBeCloseTo(heatLevel(own, program.halfLifeDays), 6);
    }
  });

  it('ranks what has been silent since, as soon as it is in', async () => {
    const program = await aProgram(opened.db);
    await importInto(program, [aRow('K-1', 1), aRow('K-2', 170)]);
    const [old, recent] = await Promise.all([1, 2].map((number) => findDefectByNumber(opened.db, program.id, number)));
    expect([old?.quietHalvings, recent?.quietHalvings]).toEqual([3.5, 0]);
  });

  it('writes nothing of a batch that breaks, and goes on from there the next time', async () => {
    const program = await aProgram(opened.db);
    const rows = [1, 2, 3, 4, 5, 6].map((n) => aRow(`K-${n}`, n, { resolution: 'Fixed', resolvedAt: day(n + 10) }));
    const run = await startImportRun(opened.db, program, {});
    const { happenings } = planHistory(rows);
    const breaking = {
      ...run,
      areaIdOf: (row: ImportedReport) => (row.sourceId === 'K-6' ? -1 : run.areaIdOf(row)),
    };
    const stopped = await importReports(opened.db, breaking, happenings, { batch: 4, now: NOW }).catch(
      (error: unknown) => error,
    );
    expect(stopped).toBeInstanceOf(ImportStopped);
    expect((stopped as ImportStopped).done).toBe(4);
    expect(await countReports(opened.db, program.id)).toBe(4);
    const { tally } = await importInto(program, rows, 4);
    expect(tally).toMatchObject({ opened: 2, alreadyHere: 4, claimed: 6 });
    const numbers = (await opened.db.select().from(defects).where(eq(defects.programId, program.id))).map(
      (one) => one.number,
    );
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('leaves alone what a person has decided since, and takes over what a newer export says', async () => {
    const program = await aProgram(opened.db);
    await importInto(program, [aRow('K-1', 1), aRow('K-2', 2)]);
    await opened.db.insert(defectEvents).values({
      programId: program.id,
      defectId: (await findDefectByNumber(opened.db, program.id, 1))?.id ?? 0,
      at: day(3),
      actorId: 'UANA',
      kind: 'accepted',
      fromState: 'new',
      toState: 'accepted',
      why: 'Accepted.',
    });
    const resolved = { resolution: 'Invalid', resolvedAt: day(9) };
    const { tally } = await importInto(program, [aRow('K-1', 1, resolved), aRow('K-2', 2, resolved)]);
    expect(tally).toMatchObject({ alreadyHere: 2, kept: 1, dismissed: 1 });
  });

  it('puts rows of unknown areas into the default one and counts them', async () => {
    const program = await aProgram(opened.db);
    const rows = [aRow('K-1', 1, { area: 'Billing' }), aRow('K-2', 2, { area: 'HDFS' }), aRow('K-3', 3)];
    const { run } = await importInto(program, rows, 10, 'connectivity');
    const areaIds = (
      await opened.db.select().from(defects).where(eq(defects.programId, program.id)).orderBy(asc(defects.number))
    ).map(({ areaId }) => areaId);
    expect(areaIds).toEqual([program.areaIds[1], program.areaIds[2], program.areaIds[2]]);
    expect([...run.unknownAreas]).toEqual([
      ['HDFS', 1],
      ['', 1],
    ]);
  });
});
