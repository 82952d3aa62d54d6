import { asc, eq, type SQL, sql } from 'drizzle-orm';
import type { KnownWeek } from '../../domain/digest/program-verdicts.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defects, reports } from '../schema/defects.ts';
import { areas } from '../schema/workspaces.ts';
import type { AreaCounts, Week } from './known-weeks.ts';

/** When the first report was filed, where that was before an instant: what was imported has a history of its own. */
export async function findFirstFiledBefore(db: Db, programId: number, at: Date): Promise<Date | null> {
  const [row] = await rows<{ first: string | Date | null }>(
    db,
    sql`select min(filed_at) as first from ${reports} where program_id = ${programId} and filed_at < ${instant(at)}`,
  );
  return row?.first ? new Date(row.first) : null;
}

/** The areas of a program, those that went into others among them, as people ordered them. */
export async function listEveryArea(db: Db, programId: number): Promise<{ id: number; name: string }[]> {
  const { id, name, position } = areas;
  return db.select({ id, name }).from(areas).where(eq(areas.programId, programId)).orderBy(asc(position), asc(id));
}

/** What is known of each of the weeks by area, from the reports alone. */
export async function countAreaWeeks(db: Db, programId: number, weeks: readonly Week[]): Promise<AreaCounts[][]> {
  if (weeks.length === 0) return [];
  const found = await rows<AreaCounts & { week: number }>(
    db,
    sql`select week.nth::float8 as week, defect.area_id::float8 as "areaId", ${knownCounts}
        from ${inWeeks(programId, weeks)} join ${defects} defect on defect.id = report.defect_id
        group by week.nth, defect.area_id`,
  );
  const byWeek = Map.groupBy(found, ({ week }) => week);
  return weeks.map((_, i) => (byWeek.get(i + 1) ?? []).map(({ week, ...counts }) => counts));
}

/** The weeks between the bounds of each of these defects, or of every defect that was reported in them. */
export async function countKnownDefectWeeks(
  db: Db,
  programId: number,
  bounds: readonly Date[],
  defectIds?: readonly number[],
): Promise<Map<number, KnownWeek[]>> {
  const weeks = weeksBetween(bounds);
  if (weeks.length === 0 || defectIds?.length === 0) return new Map();
  const among = defectIds ? sql`and defect_id = any(${sql.param(`{${defectIds.join(',')}}`)}::bigint[])` : sql``;
  const found = await rows<{ defectId: number; week: number } & KnownWeek>(
    db,
    sql`select report.defect_id::float8 as "defectId", week.nth::float8 as week, ${knownCounts}
        from ${inWeeks(programId, weeks, among)} group by 1, 2`,
  );
  return new Map(
    [...Map.groupBy(found, ({ defectId }) => defectId)].map(([id, counted]) => {
      const byWeek = new Map(
        counted.map(({ week, reports: known, tickets, late }) => [week, { reports: known, tickets, late }]),
      );
      return [id, weeks.map((_, i) => byWeek.get(i + 1) ?? { reports: 0, tickets: 0, late: 0 })];
    }),
  );
}

/** The weeks between their bounds. */
export function weeksBetween(bounds: readonly Date[]): Week[] {
  return bounds.flatMap((endsAt, i) => {
    const startsAt = bounds[i - 1];
    return startsAt ? [{ startsAt, endsAt }] : [];
  });
}

const knownCounts = sql`(count(*) filter (where report.filed_at <= week.ends_at))::int as reports,
  coalesce(sum(report.support_tickets) filter (where report.filed_at <= week.ends_at), 0)::float8 as tickets,
  (count(*) filter (where report.filed_at > week.ends_at and report.filed_at <= week.ends_at + interval '336 hours'))::int as late`;

/** The reports that were seen in each week, by the names `week`, numbered from 1, and `report`. */
function inWeeks(programId: number, weeks: readonly Week[], among: SQL = sql``): SQL {
  const list = (of: keyof Week) => sql.param(`{${weeks.map((week) => `"${week[of].toISOString()}"`).join(',')}}`);
  return sql`unnest(${list('startsAt')}::timestamptz[], ${list('endsAt')}::timestamptz[])
      with ordinality as week(starts_at, ends_at, nth)
    join ${reports} report on report.program_id = ${programId}
      and report.seen_at > week.starts_at and report.seen_at <= week.ends_at ${among}`;
}
