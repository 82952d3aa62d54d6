import { and, eq, sql } from 'drizzle-orm';
import type { PeriodFacts } from '../../domain/office/period-facts.ts';
import type { Quarter } from '../../domain/office/quarter.ts';
import { type Db, rows } from '../engine/client.ts';
import { defectEvents } from '../schema/defects.ts';
import { quarterReports } from '../schema/office.ts';

export async function findQuarterReport(db: Db, programId: number, quarter: Quarter): Promise<PeriodFacts | null> {
  const [row] = await db
    .select({ facts: quarterReports.facts })
    .from(quarterReports)
    .where(and(eq(quarterReports.programId, programId), eq(quarterReports.quarter, quarter)));
  return row?.facts ?? null;
}

/** Writes it down unless somebody was faster; answers what is written down. */
export async function keepQuarterReport(
  tx: Db,
  report: { programId: number; quarter: Quarter; facts: PeriodFacts; madeAt: Date },
): Promise<PeriodFacts> {
  await tx.insert(quarterReports).values(report).onConflictDoNothing();
  return (await findQuarterReport(tx, report.programId, report.quarter)) ?? report.facts;
}

/** When the log of a program begins; null where it is empty. */
export async function findFirstEventAt(db: Db, programId: number): Promise<Date | null> {
  const [row] = await rows<{ first: string | Date | null }>(
    db,
    sql`select min(at) as first from ${defectEvents} where program_id = ${programId}`,
  );
  return row?.first ? new Date(row.first) : null;
}
