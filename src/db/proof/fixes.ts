import { and, asc, eq, gt, isNotNull, or, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { criteria, defects, reports } from '../schema/defects.ts';

const isUnjudged = sql`exists (
  select 1 from ${criteria} where ${criteria.defectId} = ${defects.id} and ${criteria.evidence} is null)`;
const hasLaterReport = sql`exists (
  select 1 from ${reports} where ${reports.defectId} = ${defects.id} and ${reports.filedAt} > ${defects.claimedAt})`;

/**
 * Claimed fixes, and proven ones of whose defect something was seen since the fix was deployed. A fix that silence cannot
 * prove is looked at once, and again when reports come: nothing else changes what is known of it.
 */
export async function listFixesToJudge(db: Db, programId: number): Promise<number[]> {
  const found = await db
    .select({ id: defects.id })
    .from(defects)
    .where(
      and(
        eq(defects.programId, programId),
        isNotNull(defects.deployedAt),
        or(
          and(eq(defects.state, 'claimed'), or(isNotNull(defects.windowEndsAt), isUnjudged, hasLaterReport)),
          and(eq(defects.state, 'proven'), gt(defects.lastSeenAt, defects.deployedAt)),
        ),
      ),
    )
    .orderBy(asc(defects.id));
  return found.map(({ id }) => id);
}
