import { and, asc, eq, gt, isNotNull, or, sql } from 'drizzle-orm';
import { RATE_LOOKBACK_DAYS } from '../../domain/proof/episodes.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import type { Db } from '../engine/client.ts';
import { criteria, defectEvents, defects, reports } from '../schema/defects.ts';

const isUnjudged = sql`exists (
  select 1 from ${criteria} where ${criteria.defectId} = ${defects.id} and ${criteria.evidence} is null)`;
const hasLaterReport = sql`exists (
  select 1 from ${reports} where ${reports.defectId} = ${defects.id} and ${reports.filedAt} > ${defects.claimedAt})`;

/** The last time that the defect came back, its fix had failed: whether it has ended a part may show later. */
const hasFailed = sql`(
  select ${defectEvents.kind} from ${defectEvents}
  where ${defectEvents.defectId} = ${defects.id} and ${defectEvents.toState} is not null
  order by ${defectEvents.id} desc limit 1) = 'failed'`;

/**
 * Claimed fixes, proven ones of whose defect something was seen since the fix was deployed, and those that failed as long
 * as the rate before them is worth comparing. A fix that silence cannot
 * prove is looked at once, and again when reports come: nothing else changes what is known of it.
 */
export async function listFixesToJudge(db: Db, programId: number, now: Date): Promise<number[]> {
  const since = new Date(now.getTime() - RATE_LOOKBACK_DAYS * DAY_MS);
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
          and(eq(defects.state, 'accepted'), gt(defects.deployedAt, since), hasFailed),
        ),
      ),
    )
    .orderBy(asc(defects.id));
  return found.map(({ id }) => id);
}
