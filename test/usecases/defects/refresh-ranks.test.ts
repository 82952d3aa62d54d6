import { and, asc, eq, type SQLWrapper, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Defect, findDefectByNumber, listRanked } from '../../../src/db/defects/defects.ts';
import { isOpen } from '../../../src/db/defects/open-states.ts';
import { inRankOrder } from '../../../src/db/defects/rank-order.ts';
import { findSilence, storeQuietHalvings } from '../../../src/db/defects/silences.ts';
import { type Db, type OpenDatabase, rows } from '../../../src/db/engine/client.ts';
import { listReports, listReportsOldestFirst } from '../../../src/db/reports/reports.ts';
import { defects } from '../../../src/db/schema/defects.ts';
import { signalOccurrences, signalSources } from '../../../src/db/schema/signals.ts';
import { quietHalvings, silenceAfter } from '../../../src/domain/defects/silence.ts';
import { explainRank } from '../../../src/usecases/defects/explain-rank.ts';
import { listRank } from '../../../src/usecases/defects/list-rank.ts';
import { refreshRanks } from '../../../src/usecases/defects/refresh-ranks.ts';
import { dismissDefect } from '../../../src/usecases/defects/set-aside-defect.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { previewMerge, previewSplit } from '../../../src/usecases/grouping/preview-grouping.ts';
import { splitDefect } from '../../../src/usecases/grouping/split-defect.ts';
import { undoGrouping } from '../../../src/usecases/grouping/undo-grouping.ts';
import { runDailyMaintenance } from '../../../src/usecases/programs/upkeep/daily-maintenance.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aClaimedFix, aFrequentDefect, type ProgramInTest, seen } from '../proof/fix-world.ts';

const doing = { by: 'UANA', now: MONDAY };
const NIGHT = later(MONDAY, -5 * 3_600_000);
const daysAgo = (days: number) => later(MONDAY, -days * DAY_MS);

describe.each(databases)('the rank of what stays silent on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database.close());

  /** Seen on these days before the Monday, and told at once. */
  async function seenOn(program: ProgramInTest, days: readonly number[], title = 'Deploy job hangs') {
    const [first = 0, ...others] = days.toSorted((a, b) => b - a);
    let defect = await aDefect(db, program, { title, seenAt: daysAgo(first) });
    for (const day of others) defect = await seen(db, program, defect, daysAgo(day));
    return defect;
  }

  /** D-1 was seen every day for twelve days and not for sixty, D-2 twice and lately; D-1 still does more harm. */
  async function oneWentQuiet() {
    const program = await aProgram(db);
    await seenOn(program, [60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71]);
    await seenOn(program, [2, 3], 'Invoice total is wrong');
    return program;
  }

  const order = async ({ id }: { id: number }) =>
    (await listRanked(db, id, { kind: 'all' }, { limit: 99 })).map(({ number }) => number);
  const quietOf = async (program: { id: number }, number: number) =>
    (await findDefectByNumber(db, program.id, number))?.quietHalvings;

  it('falls in the night, while nothing is reported', async () => {
    const program = await oneWentQuiet();
    expect(await order(program)).toEqual([1, 2]);
    await runDailyMaintenance(db, NIGHT);
    expect(await order(program)).toEqual([2, 1]);
    expect(await refreshRanks(db, NIGHT)).toBe(0);
  });

  it('is said where it differs from the harm, by the figures that the list shows', async () => {
    const program = await oneWentQuiet();
    await refreshRanks(db, NIGHT, { programId: program.id });
    const list = JSON.stringify(await listRank(db, program, 'top', 0, doing));
    expect(list).toContain('harm 3.9 a week, ranked as 2.8 for its silence');
    expect(list.indexOf('harm 3.1 a week ·')).toBeLessThan(list.indexOf('harm 3.9 a week'));
    const why = JSON.stringify(await explainRank(db, program, 1, MONDAY));
    expect(why).toContain('rank 2 of the open defects');
    expect(why).toContain(
      'It has been quiet for 60 days, and of its 11 pauses before none was longer. So it is ranked as 2.8 (× 0.71)',
    );
    expect(why).toContain('D-2 with 3.1 points a week stands above it for that.');
    expect(JSON.stringify(await explainRank(db, program, 2, MONDAY))).not.toContain('quiet');
  });

  it('rises again at once when it is seen again', async () => {
    const program = await oneWentQuiet();
    await refreshRanks(db, NIGHT, { programId: program.id });
    const quiet = await findDefectByNumber(db, program.id, 1);
    await seen(db, program, quiet as Defect, MONDAY);
    expect(await quietOf(program, 1)).toBe(0);
    expect(await order(program)).toEqual([1, 2]);
  });

  it('knows a silence as soon as an old report is told late', async () => {
    const program = await aProgram(db);
    await aDefect(db, program, { seenAt: daysAgo(90), filedAt: MONDAY });
    expect(await quietOf(program, 1)).toBe(0.5);
    const days = Array.from({ length: 30 }, (_, i) => 60 + i / 10);
    const defect = await seenOn(program, days);
    await seen(db, program, defect, daysAgo(61.05), { filedAt: MONDAY });
    expect(await quietOf(program, 2)).toBe(1);
  });

  it('is counted in the database as in the domain, also from page to page', async () => {
    const program = await aProgram(db);
    await seenOn(program, [200, 150, 149, 148, 100]);
    await seenOn(program, [3, 2.5, 2]);
    await seenOn(program, [400]);
    await seenOn(program, [90, 90, 90, 89, 89]);
    await refreshRanks(db, MONDAY, { programId: program.id, atOnce: 1 });
    const found = await db.select().from(defects).where(eq(defects.programId, program.id)).orderBy(asc(defects.number));
    for (const { id, quietHalvings: stored, rankLevel, heatLevel } of found) {
      const silence = silenceAfter(await listReportsOldestFirst(db, id), MONDAY);
      const counted = await findSilence(db, id, MONDAY);
      expect(counted).toEqual({ ...silence, days: expect.closeTo(silence.days, 6) });
      expect(stored).toBe(quietHalvings(silence));
      expect(rankLevel).toBe(heatLevel - stored);
    }
    expect(found.map((one) => one.quietHalvings)).toEqual([1, 0, 14.5, 0.5]);
  });

  it('is as a merge and a split foresee it, and as it was once they are undone', async () => {
    const program = await oneWentQuiet();
    await seenOn(program, [40, 41], 'Deploy hangs');
    await refreshRanks(db, MONDAY, { programId: program.id });
    const before = [await quietOf(program, 1), await quietOf(program, 3)];
    const preview = await previewMerge(db, program, 3, 1, MONDAY);
    await mergeDefects(db, program, 3, 1, doing);
    expect(preview.source).toContain(`rank ${(await order(program)).indexOf(1) + 1}.`);
    expect(await quietOf(program, 1)).toBe(0);
    await undoGrouping(db, program, 3, doing);
    expect([await quietOf(program, 1), await quietOf(program, 3)]).toEqual(before);
    const quiet = await findDefectByNumber(db, program.id, 1);
    const newest = (await listReportsOldestFirst(db, quiet?.id ?? 0)).slice(-2).map(({ id }) => id);
    const foreseen = await previewSplit(db, program, 1, newest, MONDAY);
    await splitDefect(db, program, 1, { reportIds: newest, title: 'Another' }, doing);
    const places = await order(program);
    expect(foreseen.source).toContain(`would rank ${places.indexOf(4) + 1};`);
    expect(foreseen.source).toContain(`keep 10 and rank ${places.indexOf(1) + 1}.`);
  });

  /** Seen every hour until some days ago. */
  async function seenHourly(program: ProgramInTest, times: number, untilDaysAgo: number) {
    const defect = await aDefect(db, program, { seenAt: daysAgo(untilDaysAgo) });
    const last = daysAgo(untilDaysAgo).toISOString();
    await db.execute(sql`insert into reports (program_id, defect_id, title, description, area_id, severity, affected,
        support_tickets, seen_at, filed_at, reporter_id, source, source_key, weight)
      select ${program.id}, ${defect.id}, 'x', '', ${defect.areaId}, 'S2', 1, 0, ${last}::timestamptz - n * interval '1 hour',
        ${last}::timestamptz - n * interval '1 hour', 'UREPORTER', 'signal', ${defect.id} || ':' || n, 1
      from generate_series(1, ${times}::int) n`);
    return defect;
  }

  it('is not lowered while an alert of it is still firing', async () => {
    const program = await aProgram(db);
    const defect = await seenHourly(program, 150, 5);
    const [source] = await db
      .insert(signalSources)
      .values({
        ...{ programId: program.id, kind: 'alertmanager', name: 'Alerts', areaId: defect.areaId, severity: 'S2' },
        ...{ tokenHash: 'hash', secrets: [], createdBy: 'UANA', createdAt: daysAgo(50) },
      })
      .returning();
    const [last] = await listReports(db, defect.id, 1);
    const key = { sourceId: source?.id ?? 0, key: 'alert 1' };
    await db
      .insert(signalOccurrences)
      .values({ ...key, reportId: last?.id ?? 0, startedAt: daysAgo(5), resolvedAt: null });
    await refreshRanks(db, MONDAY, { programId: program.id });
    expect(await quietOf(program, 1)).toBe(0);
    await db
      .update(signalOccurrences)
      .set({ resolvedAt: daysAgo(4) })
      .where(eq(signalOccurrences.key, key.key));
    await refreshRanks(db, MONDAY, { programId: program.id });
    expect(await quietOf(program, 1)).toBe(0.5);
  });

  it('of a claimed fix falls as of any other, and rises with the report that fails it', async () => {
    const program = await aProgram(db);
    const defect = await aFrequentDefect(db, program, { severity: 'S1' }, 30);
    await aClaimedFix(db, program, defect);
    const later40 = later(MONDAY, 40 * DAY_MS);
    await refreshRanks(db, later40, { programId: program.id });
    expect(await quietOf(program, 1)).toBe(0.5);
    const back = await seen(db, program, defect, later40);
    expect([back.state, back.quietHalvings]).toEqual(['accepted', 0]);
  });

  it('is not written over what a report has changed since it was read', async () => {
    const program = await oneWentQuiet();
    const quiet = (await findDefectByNumber(db, program.id, 1)) as Defect;
    const read = { id: quiet.id, reportCount: quiet.reportCount, quietHalvings: 9 };
    await storeQuietHalvings(db, [{ ...read, reportCount: read.reportCount - 1 }], MONDAY);
    await storeQuietHalvings(db, [read], daysAgo(61));
    expect(await quietOf(program, 1)).toBe(0);
    await storeQuietHalvings(db, [read], MONDAY);
    expect(await quietOf(program, 1)).toBe(9);
  });

  it('of what is closed stays as it is', async () => {
    const program = await oneWentQuiet();
    await dismissDefect(db, program, 1, 'As designed', doing);
    expect(await refreshRanks(db, MONDAY, { programId: program.id })).toBe(0);
    expect(await quietOf(program, 1)).toBe(0);
  });

  it('is read from its index, and neither the list nor its neighbours are sorted whole', async () => {
    const program = await aProgram(db);
    const [at, areaId] = [MONDAY.toISOString(), program.areaIds[0] ?? 0];
    await db.execute(sql`insert into defects (program_id, number, title, area_id, severity, state, heat_level, quiet_halvings,
        first_seen_at, last_seen_at, created_at)
      select ${program.id}, n, 'x', ${areaId}, 'S2', 'new', n % 97, (n % 7) / 2.0, ${at}::timestamptz, ${at}::timestamptz,
        ${at}::timestamptz from generate_series(1, 5000) n`);
    await db.execute(sql`analyze defects`);
    const open = db
      .select()
      .from(defects)
      .where(and(eq(defects.programId, program.id), isOpen));
    const planOf = async (query: SQLWrapper) =>
      (await rows<Record<string, string>>(db, sql`explain ${query}`)).map((row) => Object.values(row)[0]).join('\n');
    expect(await planOf(open.orderBy(...inRankOrder).limit(10))).toMatch(/Index Scan using defects_rank/);
    const upwards = sql`${defects.rankLevel} nulls first`;
    expect(await planOf(open.orderBy(upwards).limit(1))).toMatch(/Index Scan Backward using defects_rank/);
  });
});
