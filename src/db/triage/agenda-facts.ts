import { and, count, eq, gt, inArray, isNull, lte, ne, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { criteria, defectEvents, defects, reports } from '../schema/defects.ts';

export type Comeback = { defectId: number; kind: 'failed' | 'regressed'; why: string };

/** Accepted defects whose fix failed, or that regressed, since triage last decided about them. */
export async function listComebacks(db: Db, programId: number): Promise<Comeback[]> {
  const found = await rows<{ defectId: string; kind: Comeback['kind']; why: string }>(
    db,
    sql`select distinct on (event.defect_id) event.defect_id as "defectId", event.kind, event.why
        from ${defectEvents} event
        join ${defects} defect on defect.id = event.defect_id
        where event.program_id = ${programId} and event.kind in ('failed', 'regressed') and defect.state = 'accepted'
          and event.at > coalesce(defect.last_triaged_at, '-infinity'::timestamptz)
        order by event.defect_id, event.at desc, event.id desc`,
  );
  return found.map((row) => ({ ...row, defectId: Number(row.defectId) }));
}

/** When each of these defects was observed in a window. */
export async function listSeenSince(
  db: Db,
  defectIds: readonly number[],
  { after, upTo }: { after: Date; upTo: Date },
): Promise<Map<number, Date[]>> {
  const found = await db
    .select({ defectId: reports.defectId, seenAt: reports.seenAt })
    .from(reports)
    .where(and(inArray(reports.defectId, [...defectIds]), gt(reports.seenAt, after), lte(reports.seenAt, upTo)));
  const seen = new Map<number, Date[]>();
  for (const { defectId, seenAt } of found) seen.set(defectId, [...(seen.get(defectId) ?? []), seenAt]);
  return seen;
}

/** How many criteria beyond silence each claimed defect still waits for. */
export async function countOpenCriteria(db: Db, programId: number): Promise<Map<number, number>> {
  const found = await db
    .select({ defectId: criteria.defectId, count: count() })
    .from(criteria)
    .innerJoin(defects, eq(defects.id, criteria.defectId))
    .where(
      and(
        eq(defects.programId, programId),
        inArray(defects.state, ['claimed']),
        isNull(criteria.metAt),
        ne(sql`${criteria.criterion}->>'kind'`, 'max_reports'),
      ),
    )
    .groupBy(criteria.defectId);
  return new Map(found.map((row) => [row.defectId, Number(row.count)]));
}
