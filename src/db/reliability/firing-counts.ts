import { and, eq, gt, inArray, isNotNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Firing } from '../../domain/reliability/firing-segments.ts';
import type { SignalKind } from '../../domain/signals/signal.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import type { Db } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defects, reports } from '../schema/defects.ts';
import { firingCounts } from '../schema/reliability.ts';
import { signalOccurrences, signalSources } from '../schema/signals.ts';

export type FiringCount = typeof firingCounts.$inferSelect;

/** Kinds that always tell of the end; what others have not ended may have ended long ago. */
const ENDS_FOR_SURE = ['alertmanager', 'cloud_monitoring', 'pagerduty'] as const satisfies SignalKind[];
/** An alert that has been on for longer was forgotten by its sender. */
const LONGEST_OPEN_DAYS = 7;

/** When the defects of an area were firing after an instant, as far as alerts with an end, or still on, tell. */
export async function listFirings(db: Db, areaId: number, after: Date, now: Date): Promise<Firing[]> {
  const openSince = new Date(now.getTime() - LONGEST_OPEN_DAYS * DAY_MS);
  const found = await db
    .select({
      defectId: reports.defectId,
      startsAt: signalOccurrences.startedAt,
      endsAt: signalOccurrences.resolvedAt,
    })
    .from(signalOccurrences)
    .innerJoin(reports, eq(reports.id, signalOccurrences.reportId))
    .innerJoin(defects, eq(defects.id, reports.defectId))
    .innerJoin(signalSources, eq(signalSources.id, signalOccurrences.sourceId))
    .where(
      and(
        eq(defects.areaId, areaId),
        ne(defects.state, 'merged'),
        or(
          and(isNotNull(signalOccurrences.resolvedAt), gt(signalOccurrences.resolvedAt, after)),
          and(
            sql`${signalOccurrences.resolvedAt} is null`,
            gt(signalOccurrences.startedAt, openSince),
            inArray(signalSources.kind, [...ENDS_FOR_SURE]),
          ),
        ),
        lt(signalOccurrences.startedAt, now),
      ),
    );
  return found;
}

/** Whether an alert that will surely tell of its end has begun lately and told of none. */
export function isStillFiring(defectId: SQL, now: Date): SQL {
  const openSince = instant(new Date(now.getTime() - LONGEST_OPEN_DAYS * DAY_MS));
  return sql`exists (
    select 1 from ${reports} report
    join ${signalOccurrences} occurrence on occurrence.report_id = report.id
    join ${signalSources} source on source.id = occurrence.source_id
    where report.defect_id = ${defectId} and report.seen_at > ${openSince} and occurrence.resolved_at is null
      and occurrence.started_at > ${openSince} and source.kind in ${[...ENDS_FOR_SURE]})`;
}

export async function listFiringCounts(db: Db, areaId: number, after: Date): Promise<FiringCount[]> {
  return db
    .select()
    .from(firingCounts)
    .where(and(eq(firingCounts.areaId, areaId), gt(firingCounts.endsAt, after)));
}

export async function upsertFiringCount(db: Db, count: FiringCount): Promise<void> {
  await db
    .insert(firingCounts)
    .values(count)
    .onConflictDoUpdate({
      target: [firingCounts.areaId, firingCounts.startsAt, firingCounts.endsAt],
      set: { bad: count.bad, readAt: count.readAt },
    });
}

export async function deleteFiringCount(db: Db, { areaId, startsAt, endsAt }: FiringCount): Promise<void> {
  await db
    .delete(firingCounts)
    .where(and(eq(firingCounts.areaId, areaId), eq(firingCounts.startsAt, startsAt), eq(firingCounts.endsAt, endsAt)));
}

export async function deleteFiringCounts(tx: Db, areaId: number): Promise<void> {
  await tx.delete(firingCounts).where(eq(firingCounts.areaId, areaId));
}
