import { type SQL, sql } from 'drizzle-orm';
import type { Silence } from '../../domain/defects/silence.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { isStillFiring } from '../reliability/firing-counts.ts';
import { openStates } from './open-states.ts';

export type SilentDefect = { id: number; reportCount: number; quietHalvings: number; silence: Silence };

/** What is silent about one defect at an instant; null where it has no report. What is still firing is not silent. */
export async function findSilence(db: Db, defectId: number, now: Date): Promise<Silence | null> {
  const [row] = await rows<Silence & { reports: number }>(
    db,
    sql`select silence.* from defects defect cross join lateral (${silenceOf(now)}) silence where defect.id = ${defectId}`,
  );
  return row && row.reports > 0 ? toSilence(row) : null;
}

/** Open defects that were last seen before an instant, those of the lowest ids behind `afterId`. */
export async function listSilent(
  db: Db,
  {
    afterId,
    lastSeenBefore,
    limit,
    programId,
  }: { afterId: number; lastSeenBefore: Date; limit: number; programId?: number | undefined },
  now: Date,
): Promise<SilentDefect[]> {
  const ofProgram = programId === undefined ? sql`` : sql`and program_id = ${programId}`;
  const found = await rows<Silence & { id: number; reportCount: number; quietHalvings: number }>(
    db,
    sql`select defect.id::float8 as id, defect.report_count as "reportCount", defect.quiet_halvings as "quietHalvings",
          silence.days, silence.pauses, silence.longer
        from (
          select id, report_count, quiet_halvings from defects
          where id > ${afterId} and state in ${openStates} and last_seen_at <= ${instant(lastSeenBefore)}
            and report_count > 0 ${ofProgram}
          order by id limit ${limit}
        ) defect cross join lateral (${silenceOf(now)}) silence
        order by defect.id`,
  );
  return found.map(({ id, reportCount, quietHalvings, ...silence }) => ({
    ...{ id, reportCount, quietHalvings },
    silence: toSilence(silence),
  }));
}

/** Stores what silences cost, unless a report came after they were read. */
export async function storeQuietHalvings(
  db: Db,
  found: readonly Pick<SilentDefect, 'id' | 'reportCount' | 'quietHalvings'>[],
  lastSeenBefore: Date,
): Promise<void> {
  if (found.length === 0) return;
  const given = found.map(({ id, reportCount, quietHalvings }) => [id, reportCount, quietHalvings]);
  await db.execute(sql`update defects set quiet_halvings = (given ->> 2)::float8
    from json_array_elements(${JSON.stringify(given)}::text::json) given
    where defects.id = (given ->> 0)::bigint and report_count = (given ->> 1)::int
      and last_seen_at <= ${instant(lastSeenBefore)}`);
}

/** Of `defect`, whose reports are found by their index alone. */
function silenceOf(now: Date): SQL {
  return sql`
    select count(*)::int as reports, count(pause)::int as pauses,
      (count(*) filter (where pause > ${instant(now)} - last))::int as longer,
      case when ${isStillFiring(sql`defect.id`, now)} then 0
        else extract(epoch from ${instant(now)} - max(last))::float8 / 86400 end as days
    from (
      select seen_at - lag(seen_at) over (order by seen_at) as pause, max(seen_at) over () as last
      from reports where defect_id = defect.id
    ) seen`;
}

function toSilence({ days, pauses, longer }: Silence): Silence {
  return { days: Math.max(0, days), pauses, longer };
}
