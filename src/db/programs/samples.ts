import { and, eq, inArray, notExists, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { type Db, rows } from '../engine/client.ts';
import { unindexReports } from '../grouping/matching.ts';
import { criteria, defectEvents, defects, groupingRules, groupings, reports } from '../schema/defects.ts';
import { terms, textTotals } from '../schema/matching.ts';
import { areaMetrics, firingCounts, metricPushes, metricReadings } from '../schema/reliability.ts';
import { occurrences, snoozes, trancheDefects, triageItems, triages } from '../schema/rituals.ts';
import { type SampleRows, samples } from '../schema/samples.ts';
import {
  releases,
  signalDeliveries,
  signalEnds,
  signalLeftOut,
  signalOccurrences,
  signalRuns,
  signalSources,
} from '../schema/signals.ts';

export type { SampleRows } from '../schema/samples.ts';
export type Sample = typeof samples.$inferSelect;

/** Marks all that is in a program as a sample, and remembers what came beside. */
export async function markSample(tx: Db, sample: typeof samples.$inferInsert): Promise<void> {
  await tx.update(defects).set({ isSample: true }).where(eq(defects.programId, sample.programId));
  await tx.update(reports).set({ isSample: true }).where(eq(reports.programId, sample.programId));
  await tx.insert(samples).values(sample);
}

export async function findSample(db: Db, programId: number): Promise<Sample | null> {
  const [row] = await db.select().from(samples).where(eq(samples.programId, programId));
  return row ?? null;
}

/** Real defects that were merged into sample ones, the latest first. */
export async function listMergedIntoSample(db: Db, programId: number): Promise<number[]> {
  const found = await rows<{ number: number }>(
    db,
    sql`select number from ${defects} source where program_id = ${programId} and not is_sample and exists (
          select from ${defects} target where target.id = source.merged_into_id and target.is_sample)
        order by number desc`,
  );
  return found.map(({ number }) => number);
}

/** Real reports that are part of sample defects, in the order in which they were filed. */
export async function listReportsInSample(db: Db, programId: number) {
  const found = await db
    .select({ report: reports })
    .from(reports)
    .innerJoin(defects, eq(defects.id, reports.defectId))
    .where(and(eq(reports.programId, programId), eq(reports.isSample, false), eq(defects.isSample, true)))
    .orderBy(reports.filedAt, reports.id);
  return found.map(({ report }) => report);
}

/** Real defects that sample reports are part of. */
export async function listDefectsWithSample(db: Db, programId: number) {
  const sampled = db.select({ id: reports.defectId }).from(reports).where(isSampleIn(programId));
  return db
    .select()
    .from(defects)
    .where(and(eq(defects.programId, programId), eq(defects.isSample, false), inArray(defects.id, sampled)));
}

/** Deletes all of a sample. No real report may be part of a sample defect by then. Answers how many defects went. */
export async function deleteSample(tx: Db, { programId, rows: beside, loadedAt }: Sample): Promise<number> {
  const sampleReports = await tx.select({ id: reports.id }).from(reports).where(isSampleIn(programId));
  const reportIds = sampleReports.map(({ id }) => id);
  await unindexReports(tx, programId, reportIds);
  await tx.delete(terms).where(and(eq(terms.programId, programId), eq(terms.reportCount, 0)));
  await tx.delete(textTotals).where(and(eq(textTotals.programId, programId), eq(textTotals.reports, 0)));
  const ofDefects = (column: SQL) =>
    sql`${column} in (select id from ${defects} where program_id = ${programId} and is_sample)`;
  const drop = (table: PgTable, where: SQL) => tx.execute(sql`delete from ${table} where ${where}`);
  await drop(
    signalOccurrences,
    sql`report_id in (select id from ${reports} where program_id = ${programId} and is_sample)`,
  );
  await tx.delete(reports).where(isSampleIn(programId));
  for (const table of [triageItems, snoozes, trancheDefects, criteria, defectEvents, groupingRules])
    await drop(table, ofDefects(sql`defect_id`));
  await drop(groupings, sql`${ofDefects(sql`a_id`)} or ${ofDefects(sql`b_id`)}`);
  await deleteBeside(tx, beside, loadedAt);
  const gone = await tx
    .delete(defects)
    .where(and(eq(defects.programId, programId), eq(defects.isSample, true)))
    .returning({ id: defects.id });
  await tx.delete(samples).where(eq(samples.programId, programId));
  return gone.length;
}

async function deleteBeside(tx: Db, beside: SampleRows, loadedAt: Date): Promise<void> {
  const { triageIds, releaseIds, sourceIds, areaIds } = beside;
  // What somebody has put on such an agenda since goes with it.
  await tx.delete(triageItems).where(inArray(triageItems.triageId, triageIds));
  await tx.delete(triages).where(inArray(triages.id, triageIds));
  await tx.delete(releases).where(inArray(releases.id, releaseIds));
  for (const { scheduleId, dueAt } of beside.occurrences)
    await tx
      .delete(occurrences)
      .where(and(eq(occurrences.scheduleId, scheduleId), eq(occurrences.dueAt, new Date(dueAt))));
  for (const table of [metricPushes, signalDeliveries, signalEnds, signalLeftOut, signalOccurrences, signalRuns])
    await tx.delete(table).where(inArray(table.sourceId, sourceIds));
  await tx.delete(signalSources).where(inArray(signalSources.id, sourceIds));
  // An objective that somebody has set since is theirs.
  await tx.delete(areaMetrics).where(and(inArray(areaMetrics.areaId, areaIds), eq(areaMetrics.changedAt, loadedAt)));
  for (const table of [metricReadings, firingCounts])
    await tx
      .delete(table)
      .where(
        and(
          inArray(table.areaId, areaIds),
          notExists(tx.select().from(areaMetrics).where(eq(areaMetrics.areaId, table.areaId))),
        ),
      );
}

function isSampleIn(programId: number) {
  return and(eq(reports.programId, programId), eq(reports.isSample, true));
}
