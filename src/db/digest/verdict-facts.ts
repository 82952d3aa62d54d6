import { type SQL, sql } from 'drizzle-orm';
import type { KnownWeek } from '../../domain/digest/program-verdicts.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defects, reports } from '../schema/defects.ts';
import { areas } from '../schema/workspaces.ts';

/** When the first report was filed, where that was before an instant: what was imported has a history of its own. */
export async function findFirstFiledBefore(db: Db, programId: number, at: Date): Promise<Date | null> {
  const [row] = await rows<{ first: string | Date | null }>(
    db,
    sql`select min(filed_at) as first from ${reports} where program_id = ${programId} and filed_at < ${instant(at)}`,
  );
  return row?.first ? new Date(row.first) : null;
}

/** The weeks between the bounds of each area, in the order of the areas. */
export async function countKnownAreaWeeks(
  db: Db,
  programId: number,
  bounds: readonly Date[],
): Promise<{ area: string; weeks: KnownWeek[] }[]> {
  const found = await rows<{ area: string } & CountedWeek>(
    db,
    sql`select area.name as area, counted.week, counted.known, counted.tickets, counted.late
        from ${areas} area left join (
          select defect.area_id, report.week, ${knownCounts}
          from (${placedReports(programId, bounds)}) report join ${defects} defect on defect.id = report.defect_id
          group by 1, 2
        ) counted on counted.area_id = area.id
        where area.program_id = ${programId} order by area.position, area.id`,
  );
  return [...Map.groupBy(found, ({ area }) => area)].map(([area, counted]) => ({
    area,
    weeks: weeksOf(counted, bounds.length - 1),
  }));
}

/** The weeks between the bounds of each of these defects, or of every defect that was reported in them. */
export async function countKnownDefectWeeks(
  db: Db,
  programId: number,
  bounds: readonly Date[],
  defectIds?: readonly number[],
): Promise<Map<number, KnownWeek[]>> {
  if (bounds.length < 2 || defectIds?.length === 0) return new Map();
  const among = defectIds ? sql`and defect_id = any(${sql.param(`{${defectIds.join(',')}}`)}::bigint[])` : sql``;
  const found = await rows<{ defectId: number | string } & CountedWeek>(
    db,
    sql`select report.defect_id as "defectId", report.week, ${knownCounts}
        from (${placedReports(programId, bounds, among)}) report group by 1, 2`,
  );
  return new Map(
    [...Map.groupBy(found, ({ defectId }) => Number(defectId))].map(([id, counted]) => [
      id,
      weeksOf(counted, bounds.length - 1),
    ]),
  );
}

type CountedWeek = { week: number | null; known: number; tickets: number; late: number };

const knownCounts = sql`(count(*) filter (where filed_at <= week_end))::int as known,
  coalesce(sum(support_tickets) filter (where filed_at <= week_end), 0)::float8 as tickets,
  (count(*) filter (where filed_at > week_end and filed_at <= week_end + interval '14 days'))::int as late`;

/** The reports seen between the bounds, each with the number of its week, from 1, and the end of that week. */
function placedReports(programId: number, bounds: readonly Date[], among: SQL = sql``): SQL {
  const [first, last] = [bounds.at(0), bounds.at(-1)];
  if (!first || !last)
    return sql`select null::bigint as defect_id, null::int as week, null::timestamptz as week_end,
    null::timestamptz as filed_at, null::int as support_tickets where false`;
  return sql`select placed.defect_id, placed.week, placed.ends[placed.week + 1] as week_end, placed.filed_at, placed.support_tickets
    from (
      select report.*, week.ends, width_bucket(report.seen_at - interval '1 millisecond', week.ends) as week
      from ${reports} report cross join (select array[${sql.join(bounds.map(instant), sql`, `)}] as ends) week
      where report.program_id = ${programId} and report.seen_at > ${instant(first)} and report.seen_at <= ${instant(last)} ${among}
    ) placed`;
}

function weeksOf(counted: readonly CountedWeek[], weeks: number): KnownWeek[] {
  const byWeek = new Map(counted.map((row) => [Number(row.week), row]));
  return Array.from({ length: Math.max(0, weeks) }, (_, i) => {
    const week = byWeek.get(i + 1);
    return { reports: Number(week?.known ?? 0), tickets: Number(week?.tickets ?? 0), late: Number(week?.late ?? 0) };
  });
}
