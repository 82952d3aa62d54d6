import { type SQL, sql } from 'drizzle-orm';
import { FEWEST_REPORTS, type MeasuredImpact } from '../../domain/defects/severity-drift.ts';
import type { WeekOfReports } from '../../domain/digest/digest.ts';
import type { FlowWeek } from '../../domain/digest/forecast.ts';
import type { FixLife } from '../../domain/proof/survival.ts';
import { defectKey, OPEN_STATES, type Severity } from '../../domain/vocabulary.ts';
import { claimStood, notUndoneMerge } from '../defects/events.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defectEvents, defects, reports } from '../schema/defects.ts';
import { areas } from '../schema/workspaces.ts';

type Window = { after: Date; upTo: Date };

const openStates = sql`(${sql.join(
  OPEN_STATES.map((state) => sql`${state}`),
  sql`, `,
)})`;

/** The place of an instant among the weeks between the bounds; each week is (after, upTo]. */
function weekOf(at: SQL | object, bounds: readonly Date[]): SQL {
  return sql`width_bucket(${at} - interval '1 millisecond', array[${sql.join(bounds.map(instant), sql`, `)}])`;
}

/** What each week between the bounds brought to the list and took from it, oldest first. */
export async function countFlowWeeks(db: Db, programId: number, bounds: readonly Date[]): Promise<FlowWeek[]> {
  const [first, last] = [bounds.at(0), bounds.at(-1)];
  if (!first || !last) return [];
  const found = await rows<{ week: number; arrived: number; closed: number; relapsed: number }>(
    db,
    sql`select ${weekOf(defectEvents.at, bounds)} as week,
          (count(*) filter (where kind in ('reported', 'split', 'reopened', 'unmerged')
            or (kind = 'taken_back' and from_state in ('risk_accepted', 'dismissed'))))::int as arrived,
          (count(*) filter (where kind in ('proven', 'merged', 'risk_accepted', 'dismissed')))::int as closed,
          (count(*) filter (where kind = 'regressed'))::int as relapsed
        from ${defectEvents}
        where program_id = ${programId} and to_state is not null and at > ${instant(first)} and at <= ${instant(last)}
          and ${notUndoneMerge}
        group by 1`,
  );
  const byWeek = new Map(found.map((row) => [Number(row.week), row]));
  return bounds.slice(1).map((_, i) => {
    const week = byWeek.get(i + 1);
    return { arrived: week?.arrived ?? 0, closed: week?.closed ?? 0, relapsed: week?.relapsed ?? 0 };
  });
}

/** The reports and support tickets of each area in each week between the bounds, in the order of the areas. */
export async function countAreaWeeks(db: Db, programId: number, bounds: readonly Date[]): Promise<AreaOfWeeks[]> {
  const [first, last] = [bounds.at(0), bounds.at(-1)];
  if (!first || !last) return [];
  const found = await rows<{ area: string; week: number | null; count: number; tickets: number }>(
    db,
    sql`select area.name as area, counted.week, coalesce(counted.count, 0)::int as count,
          coalesce(counted.tickets, 0)::float8 as tickets
        from ${areas} area left join (
          select defect.area_id, ${weekOf(sql`report.seen_at`, bounds)} as week, count(*)::int as count,
            sum(report.support_tickets) as tickets
          from ${reports} report join ${defects} defect on defect.id = report.defect_id
          where report.program_id = ${programId} and report.seen_at > ${instant(first)} and report.seen_at <= ${instant(last)}
          group by 1, 2
        ) counted on counted.area_id = area.id
        where area.program_id = ${programId} and area.retired_into_id is null order by area.position, area.id, counted.week`,
  );
  const names = [...new Set(found.map(({ area }) => area))];
  return names.map((area) => {
    const byWeek = new Map(found.filter((row) => row.area === area).map((row) => [Number(row.week), row]));
    const weeks = bounds.slice(1).map((_, i) => {
      const week = byWeek.get(i + 1);
      return { reports: Number(week?.count ?? 0), tickets: Number(week?.tickets ?? 0) };
    });
    return { area, weeks };
  });
}

export type AreaOfWeeks = { area: string; weeks: WeekOfReports[] };

/** Every fix that was claimed until an instant, from its deployment to the failure that ended it. */
export async function listFixLives(db: Db, programId: number, upTo: Date): Promise<FixLife[]> {
  const found = await rows<{ area: string; deployed: number; broke: number | null }>(
    db,
    sql`select area.name as area,
          (extract(epoch from coalesce((claim.data->>'deployedAt')::timestamptz, claim.at)) * 1000)::float8 as deployed,
          (extract(epoch from (
            select min(back.at) from ${defectEvents} back
            where back.defect_id = claim.defect_id and back.id > claim.id and back.kind in ('failed', 'regressed')
              and not exists (
                select 1 from ${defectEvents} again
                where again.defect_id = claim.defect_id and again.kind = 'claimed'
                  and again.id > claim.id and again.id < back.id)
          )) * 1000)::float8 as broke
        from ${defectEvents} claim
        join ${defects} defect on defect.id = claim.defect_id
        join ${areas} area on area.id = defect.area_id
        where claim.program_id = ${programId} and claim.kind = 'claimed' and claim.at <= ${instant(upTo)}
          and ${claimStood}
        order by claim.id`,
  );
  return found.map(({ area, deployed, broke }) => ({
    area,
    deployedAt: new Date(deployed),
    brokeAt: broke === null ? null : new Date(broke),
  }));
}

/** What the reports of each open defect say it did in the window, for those with enough of them to tell. */
export async function measureImpacts(db: Db, programId: number, { after, upTo }: Window): Promise<MeasuredImpact[]> {
  const found = await rows<{ number: number; severity: Severity; reports: number; affected: number; tickets: number }>(
    db,
    sql`select defect.number, defect.severity, seen.reports, seen.affected, seen.tickets
        from (
          select defect_id, count(*)::int as reports, sum(affected)::float8 as affected,
            sum(support_tickets)::float8 as tickets
          from ${reports}
          where program_id = ${programId} and seen_at > ${instant(after)} and seen_at <= ${instant(upTo)}
          group by defect_id having count(*) >= ${FEWEST_REPORTS}
        ) seen join ${defects} defect on defect.id = seen.defect_id
        where defect.state in ${openStates} order by defect.number`,
  );
  return found.map(({ number, severity, reports: count, affected, tickets }) => ({
    key: defectKey(number),
    severity,
    reports: Number(count),
    affected: Number(affected),
    supportTickets: Number(tickets),
  }));
}
