import { sql } from 'drizzle-orm';
import { harmPerWeek } from '../../domain/defects/rank.ts';
import type { TransitionCount } from '../../domain/digest/burndown.ts';
import type { AreaHarm } from '../../domain/digest/charts.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { notUndoneMerge } from '../defects/events.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant, instants } from '../engine/instant.ts';
import { defectEvents, defects, reports } from '../schema/defects.ts';
import { areas } from '../schema/workspaces.ts';

/** What a report leaves of its weight after so many half-lives is a billionth. */
const FORGOTTEN_HALF_LIVES = 30;

/** The transitions of each week between the bounds, (after, upTo], oldest first. */
export async function countTransitionWeeks(
  db: Db,
  programId: number,
  bounds: readonly Date[],
): Promise<TransitionCount[][]> {
  const [first, last] = [bounds.at(0), bounds.at(-1)];
  if (!first || !last || bounds.length < 2) return [];
  const found = await rows<TransitionCount & { week: number }>(
    db,
    sql`select width_bucket(at - interval '1 millisecond', ${instants(bounds)}) as week,
          kind, from_state as "from", to_state as "to", count(*)::int as count
        from ${defectEvents}
        where program_id = ${programId} and to_state is not null and at > ${instant(first)} and at <= ${instant(last)}
          and ${notUndoneMerge}
        group by 1, 2, 3, 4`,
  );
  return bounds
    .slice(1)
    .map((_, i) =>
      found
        .filter(({ week }) => Number(week) === i + 1)
        .map(({ kind, from, to, count }) => ({ kind, from, to, count: Number(count) })),
    );
}

/**
 * The harm a week that the reports of each area do at each of the instants, as they were known then, in the order of the
 * areas. What turned out to be no defect does none; what was proven cools down.
 */
export async function sumAreaHarm(
  db: Db,
  programId: number,
  ends: readonly Date[],
  halfLifeDays: number,
): Promise<AreaHarm[]> {
  const [first, last] = [ends.at(0), ends.at(-1)];
  if (!first || !last) return [];
  const oldest = new Date(first.getTime() - FORGOTTEN_HALF_LIVES * halfLifeDays * DAY_MS);
  // Each report decayed to the first of the instants that it counts at.
  const found = await rows<{ area: string; place: number | null; heat: number | null }>(
    db,
    sql`select area.name as area, summed.place, summed.heat::float8 as heat
        from ${areas} area left join (
          select defect.area_id, counted.place, sum(counted.weight *
            power(2, -extract(epoch from (${instants(ends)})[counted.place + 1] - counted.seen_at) / 86400 / ${halfLifeDays}::float8)) as heat
          from (
            select defect_id, weight, seen_at,
              width_bucket(greatest(seen_at, filed_at) - interval '1 millisecond', ${instants(ends)}) as place
            from ${reports}
            where program_id = ${programId} and seen_at > ${instant(oldest)} and seen_at <= ${instant(last)}
              and filed_at <= ${instant(last)}
          ) counted join ${defects} defect on defect.id = counted.defect_id
          where defect.state <> 'dismissed'
          group by 1, 2
        ) summed on summed.area_id = area.id
        where area.program_id = ${programId} and area.retired_into_id is null order by area.position, area.id`,
  );
  return [...Map.groupBy(found, ({ area }) => area)].map(([area, parts]) => {
    let heat = 0;
    return {
      area,
      harm: ends.map((end, i) => {
        const days = (end.getTime() - (ends[i - 1] ?? end).getTime()) / DAY_MS;
        const added = parts.find(({ place }) => place !== null && Number(place) === i)?.heat ?? 0;
        heat = heat * 2 ** (-days / halfLifeDays) + Number(added);
        return harmPerWeek(heat, halfLifeDays);
      }),
    };
  });
}
