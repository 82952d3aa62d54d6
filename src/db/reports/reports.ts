import { and, asc, count, desc, eq, inArray } from 'drizzle-orm';
import type { ReportSource } from '../../domain/vocabulary.ts';
import type { Db } from '../engine/client.ts';
import { mustBe } from '../programs/programs.ts';
import { defects, reports } from '../schema/defects.ts';

export type Report = typeof reports.$inferSelect;

/** Inserts a report, or answers null where this source's key is already known. */
export async function insertReport(tx: Db, report: typeof reports.$inferInsert): Promise<Report | null> {
  const [row] = await tx
    .insert(reports)
    .values(report)
    .onConflictDoNothing({ target: [reports.programId, reports.source, reports.sourceKey] })
    .returning();
  return row ?? null;
}

/** Inserts reports, and answers those whose source's key was not known yet, in any order. */
export async function insertReports(tx: Db, rows: readonly (typeof reports.$inferInsert)[]): Promise<Report[]> {
  return tx
    .insert(reports)
    .values([...rows])
    .onConflictDoNothing({ target: [reports.programId, reports.source, reports.sourceKey] })
    .returning();
}

/** The defect that each of a source's keys was reported for, where it is known. */
export async function listReportedKeys(
  db: Db,
  programId: number,
  source: ReportSource,
  sourceKeys: readonly string[],
): Promise<Map<string, number>> {
  if (sourceKeys.length === 0) return new Map();
  const found = await db
    .select({ sourceKey: reports.sourceKey, defectId: reports.defectId })
    .from(reports)
    .where(
      and(eq(reports.programId, programId), eq(reports.source, source), inArray(reports.sourceKey, [...sourceKeys])),
    );
  return new Map(found.map(({ sourceKey, defectId }) => [sourceKey, defectId]));
}

export async function findReportBySourceKey(
  db: Db,
  programId: number,
  source: ReportSource,
  sourceKey: string,
): Promise<Report | null> {
  const [row] = await db
    .select()
    .from(reports)
    .where(and(eq(reports.programId, programId), eq(reports.source, source), eq(reports.sourceKey, sourceKey)));
  return row ?? null;
}

export async function updateReport(
  tx: Db,
  id: number,
  patch: Partial<
    Pick<Report, 'occurrences' | 'affected' | 'severity' | 'areaId' | 'weight' | 'facts' | 'supportTickets' | 'link'>
  >,
): Promise<void> {
  await tx.update(reports).set(patch).where(eq(reports.id, id));
}

export async function hasReportFrom(db: Db, defectId: number, reporterId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.defectId, defectId), eq(reports.reporterId, reporterId)))
    .limit(1);
  return row !== undefined;
}

/** Newest first. */
export async function listReports(db: Db, defectId: number, limit?: number): Promise<Report[]> {
  const query = db
    .select()
    .from(reports)
    .where(eq(reports.defectId, defectId))
    .orderBy(desc(reports.seenAt), desc(reports.id));
  return limit === undefined ? query : query.limit(limit);
}

/** Where the reports of a defect were met, each as it was said; null where it was not. */
export async function listEnvironments(db: Db, defectId: number): Promise<(string | null)[]> {
  const found = await db
    .selectDistinct({ environment: reports.environment })
    .from(reports)
    .where(eq(reports.defectId, defectId));
  return found.map(({ environment }) => environment);
}

export async function listReportsOldestFirst(db: Db, defectId: number): Promise<Report[]> {
  return db.select().from(reports).where(eq(reports.defectId, defectId)).orderBy(asc(reports.seenAt), asc(reports.id));
}

export async function listReportsById(db: Db, programId: number, ids: readonly number[]): Promise<Report[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(reports)
    .where(and(eq(reports.programId, programId), inArray(reports.id, [...ids])));
}

/** All reports of a program with the number of their defect, the first seen first. */
export async function listAllReports(db: Db, programId: number): Promise<{ report: Report; number: number }[]> {
  return db
    .select({ report: reports, number: defects.number })
    .from(reports)
    .innerJoin(defects, eq(defects.id, reports.defectId))
    .where(eq(reports.programId, programId))
    .orderBy(asc(reports.seenAt), asc(reports.id));
}

export async function countReports(db: Db, programId: number): Promise<number> {
  const [row] = await db.select({ count: count() }).from(reports).where(eq(reports.programId, programId));
  return Number(mustBe(row).count);
}

export async function moveReports(tx: Db, fromDefectId: number, toDefectId: number): Promise<Report[]> {
  return tx.update(reports).set({ defectId: toDefectId }).where(eq(reports.defectId, fromDefectId)).returning();
}

export async function moveReportsById(
  tx: Db,
  programId: number,
  ids: readonly number[],
  toDefectId: number,
): Promise<Report[]> {
  if (ids.length === 0) return [];
  return tx
    .update(reports)
    .set({ defectId: toDefectId })
    .where(and(eq(reports.programId, programId), inArray(reports.id, [...ids])))
    .returning();
}
