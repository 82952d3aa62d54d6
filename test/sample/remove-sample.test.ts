import { getTableName, ne } from 'drizzle-orm';
import { afterAll, aroundEach, beforeAll, describe, expect, it } from 'vitest';
import { findDefectByNumber, listAllDefects, listRanked } from '../../src/db/defects/defects.ts';
import type { Db, OpenDatabase } from '../../src/db/engine/client.ts';
import { listUnknownOwners } from '../../src/db/people/people.ts';
import { listWholeAudit } from '../../src/db/programs/audit.ts';
import { findProgram } from '../../src/db/programs/programs.ts';
import { insertSchedule } from '../../src/db/programs/schedules.ts';
import { listReports } from '../../src/db/reports/reports.ts';
import { auditEntries } from '../../src/db/schema/audit.ts';
import { EVERY_TABLE } from '../../src/db/schema/every-table.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { heatLevel } from '../../src/domain/defects/rank.ts';
import { Refusal } from '../../src/domain/errors/refusal.ts';
import { defaultCadences } from '../../src/domain/programs/program-defaults.ts';
import { RITUALS } from '../../src/domain/vocabulary.ts';
import { loadSample } from '../../src/sample/load-sample.ts';
import { removeSample } from '../../src/sample/remove-sample.ts';
import { listRank } from '../../src/usecases/defects/list-rank.ts';
import { burndownWithin } from '../../src/usecases/digest/gather-burndown.ts';
import { previewDigest } from '../../src/usecases/digest/post-digest.ts';
import { mergeDefects } from '../../src/usecases/grouping/merge-defects.ts';
import { claimFix } from '../../src/usecases/proof/claim-fix.ts';
import { setAreaMetrics } from '../../src/usecases/reliability/set-area-metrics.ts';
import { remindOwners } from '../../src/usecases/reminders/remind-owners.ts';
import { fileReport } from '../../src/usecases/reports/file-report.ts';
import { askForInfo } from '../../src/usecases/triage/decisions/ask-for-info.ts';
import { aProgram, aReport, DAY_MS, HOUR_MS, later, MONDAY } from '../builders.ts';
import { databases } from '../databases.ts';
import { undone } from '../undone.ts';
import type { ProgramInTest } from '../usecases/proof/fix-world.ts';

const doing = { by: 'ULEAD', now: MONDAY };
const SAMPLE_WORDS = 'Sample data are in';
const FORM = { thresholdSeconds: '', labels: '', bad: '', total: '', uptime: '', latency: '' };

describe.each(databases)('the sample data on $name', ({ open }) => {
  let opened: OpenDatabase;
  let db: Db;
  let program: ProgramInTest;
  let before: Record<string, string[]>;
  let loaded: { defects: number };
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
    program = await aProgram(db, { createdAt: later(MONDAY, -DAY_MS) });
    const cadences = defaultCadences(program, '2026-11-23');
    for (const ritual of RITUALS)
      await insertSchedule(db, { programId: program.id, ritual, cadence: cadences[ritual], createdAt: MONDAY });
    const billing = program.areaIds[1] ?? 0;
    await setAreaMetrics(db, program, billing, { ...FORM, target: '99', periodDays: '7', how: 'none' }, doing);
    before = await everything();
    loaded = await loadSample(db, program, doing);
  });
  afterAll(() => opened.close());
  aroundEach(async (runTest) => {
    db = opened.db;
    await undone(db, async (tx) => {
      db = tx;
      await runTest();
    });
  });

  /** Every row of every table, but what the audit says of loading and removing. */
  async function everything(): Promise<Record<string, string[]>> {
    const entries = await Promise.all(
      EVERY_TABLE.filter((table) => table !== auditEntries).map(async (table) => {
        const rows = await db.select().from(table);
        return [getTableName(table), rows.map((row) => JSON.stringify(row)).sort()] as const;
      }),
    );
    return Object.fromEntries(entries);
  }
  const directly = async () =>
    (await db.select().from(outbox).where(ne(outbox.channel, program.channelId))).map(({ channel }) => channel);
  const openSample = async () =>
    (await listRanked(db, program.id, { kind: 'all' }, { limit: 100 })).filter((one) => one.isSample);

  it('go without a trace: every table is as it was before they came', async () => {
    const between = await everything();
    expect(between.defects).toHaveLength(loaded.defects);
    expect(Object.keys(before).filter((name) => String(before[name]) !== String(between[name])).length).toBeGreaterThan(
      12,
    );
    expect(await removeSample(db, program, { by: 'UBEN', now: later(MONDAY, HOUR_MS) })).toEqual({
      defects: loaded.defects,
      rescued: 0,
    });
    expect(await everything()).toEqual(before);
    const told = (await listWholeAudit(db, program.id)).map(({ by, kind, after }) => [by, kind, after]);
    expect(told.slice(-2)).toEqual([
      ['ULEAD', 'sample_loaded', loaded.defects],
      ['UBEN', 'sample_removed', loaded.defects],
    ]);
  });

  it('leave the reports that people have filed beside and among them, with counts that add up', async () => {
    const tuesday = later(MONDAY, DAY_MS);
    const [hottest, second, third] = await openSample();
    if (!hottest || !second || !third) throw new Error('no open sample defect');
    const report = (title: string, reporterId: string) =>
      aReport(program, { title, reporterId, seenAt: tuesday, filedAt: tuesday });
    // One joins an invented defect, one stays alone, one is merged into an invented one, and one takes an invented one in.
    await fileReport(db, program, report('Real webhook timeout', 'UANA'), hottest.id);
    await fileReport(db, program, report('Real webhook timeout again', 'UBEN'), hottest.id);
    const alone = (await fileReport(db, program, report('Real and alone', 'UANA'))).defect;
    const merged = (await fileReport(db, program, report('Real and merged', 'UCEM'))).defect;
    const taking = (await fileReport(db, program, report('Real and taking', 'UDEE'))).defect;
    await mergeDefects(db, program, merged.number, second.number, { ...doing, now: tuesday });
    await mergeDefects(db, program, third.number, taking.number, { ...doing, now: tuesday });

    const removed = await removeSample(db, program, { ...doing, now: later(tuesday, HOUR_MS) });
    expect(removed.rescued).toBe(1);
    const left = await listAllDefects(db, program.id);
    expect(left.map(({ title, state, isSample }) => [title, state, isSample]).sort()).toEqual([
      ['Real and alone', 'new', false],
      ['Real and merged', 'new', false],
      ['Real and taking', 'new', false],
      ['Real webhook timeout', 'new', false],
    ]);
    for (const defect of left) {
      const own = await listReports(db, defect.id);
      expect(own.every(({ isSample }) => !isSample)).toBe(true);
      expect(defect.reportCount).toBe(own.length);
      expect(defect.reporterCount).toBe(new Set(own.map(({ reporterId }) => reporterId)).size);
      expect(defect.affectedTotal).toBe(own.reduce((sum, { affected }) => sum + affected, 0));
      expect(defect.heatLevel).toBeCloseTo(heatLevel(own, program.halfLifeDays), 6);
    }
    expect((await findDefectByNumber(db, program.id, alone.number))?.title).toBe('Real and alone');
    const week = { after: later(MONDAY, -3 * DAY_MS), upTo: later(MONDAY, 4 * DAY_MS) };
    const burndown = await burndownWithin(db, program, week);
    expect(burndown.now.toDo).toBe(4);
    const next = (await findProgram(db, program.workspaceId, program.id))?.nextNumber ?? 0;
    expect(next).toBe(Math.max(...left.map(({ number }) => number)) + 1);
    const { defect: later1 } = await fileReport(db, program, report('The next one', 'UANA'));
    expect(later1.number).toBe(next);
  });

  it('remind, ask and look up nobody, whatever is done with them', async () => {
    const soon = later(MONDAY, DAY_MS);
    const [accepted] = (await openSample()).filter(
      ({ state, failedFixes }) => state === 'accepted' && failedFixes === 0,
    );
    const [fresh] = (await openSample()).filter(({ state }) => state === 'new');
    if (!accepted || !fresh) throw new Error('no sample defect to act on');
    await askForInfo(db, program, fresh.number, 'Since when?', { by: 'UBEN', now: soon });
    await claimFix(
      db,
      program,
      accepted.number,
      { fixKind: 'code', keepingNote: 'A test covers it', environments: [], deployedAt: MONDAY },
      { by: 'UBEN', now: soon },
    );
    for (let day = 0; day < 4; day += 1)
      await remindOwners(db, program, { localTime: '09:30', now: later(MONDAY, day * DAY_MS) });
    expect(await directly()).toEqual([]);
    expect(
      await listUnknownOwners(db, program.workspaceId, { knownSince: later(MONDAY, -DAY_MS), except: [], limit: 50 }),
    ).toEqual(['UANA', 'UBEN', 'UCEM', 'ULEAD']);
  });

  it('are said to be in by the list and the digest for as long as they are', async () => {
    const seen = async () => [
      JSON.stringify(await listRank(db, program, 'top', 0, doing)).includes(SAMPLE_WORDS),
      JSON.stringify(await previewDigest(db, program, MONDAY)).includes(SAMPLE_WORDS),
    ];
    expect(await seen()).toEqual([true, true]);
    await fileReport(db, program, aReport(program));
    await removeSample(db, program, doing);
    expect(await seen()).toEqual([false, false]);
  });

  it('cannot be removed twice, nor where there are none, nor be loaded into real reports', async () => {
    await removeSample(db, program, doing);
    await expect(removeSample(db, program, doing)).rejects.toThrow(Refusal);
    await fileReport(db, program, aReport(program));
    const real = await everything();
    await expect(loadSample(db, program, doing)).rejects.toThrow(Refusal);
    expect(await everything()).toEqual(real);
  });
});
