import { and, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { signalRuns, signalSources } from '../schema/signals.ts';

export type SignalRuns = typeof signalRuns.$inferSelect;
/** Adds to what is counted of the day already. */
export async function addRuns(tx: Db, counted: readonly SignalRuns[]): Promise<void> {
  if (counted.length === 0) return;
  await tx
    .insert(signalRuns)
    .values([...counted])
    .onConflictDoUpdate({
      target: [signalRuns.sourceId, signalRuns.path, signalRuns.startsAt],
      set: { ran: sql`least(${signalRuns.ran} + excluded.ran, ${Number.MAX_SAFE_INTEGER})` },
    });
}

/** Which paths are counted on the days of these, of each source the first `most`. */
export async function listPathsOfDays(
  db: Db,
  days: readonly Pick<SignalRuns, 'sourceId' | 'startsAt'>[],
  most: number,
): Promise<Pick<SignalRuns, 'sourceId' | 'path' | 'startsAt'>[]> {
  if (days.length === 0) return [];
  const given = JSON.stringify(days.map(({ sourceId, startsAt }) => ({ source_id: sourceId, starts_at: startsAt })));
  const found = await rows<{ sourceId: number; path: string; startsMs: number }>(
    db,
    sql`select given.source_id::float8 as "sourceId", counted.path,
        (extract(epoch from given.starts_at) * 1000)::float8 as "startsMs"
      from (select distinct * from json_to_recordset(${given}::text::json)
        as one(source_id bigint, starts_at timestamptz)) given
      cross join lateral (select path from signal_runs
        where source_id = given.source_id and starts_at = given.starts_at limit ${most}) counted`,
  );
  return found.map(({ startsMs, ...one }) => ({ ...one, startsAt: new Date(startsMs) }));
}

type Span = { from: Date; to: Date };

/** What the sources of a program say has run in one place, by day. */
export async function listRunsInProgram(
  db: Db,
  programId: number,
  path: string,
  span: Span,
): Promise<Pick<SignalRuns, 'startsAt' | 'ran'>[]> {
  const ofProgram = db
    .select({ id: signalSources.id })
    .from(signalSources)
    .where(eq(signalSources.programId, programId));
  return db
    .select({ startsAt: signalRuns.startsAt, ran: sql<number>`sum(${signalRuns.ran})::float8` })
    .from(signalRuns)
    .where(and(inArray(signalRuns.sourceId, ofProgram), eq(signalRuns.path, path), isWithin(span)))
    .groupBy(signalRuns.startsAt);
}

function isWithin({ from, to }: Span) {
  return and(gte(signalRuns.startsAt, from), lt(signalRuns.startsAt, to));
}

/** What ran where occurrences came from, a day a row, and how many of them came from there. */
export type RunsOfOrigin = SignalRuns & { occurrences: number };

/**
 * What ran where the occurrences of these reports came from: what is told of their fingerprint, else of their account; only
 * of the `most` places from which the most came.
 */
export async function listRunsOfReports(
  db: Db,
  reportIds: readonly number[],
  { from, to }: Span,
  most: number,
): Promise<RunsOfOrigin[]> {
  if (reportIds.length === 0) return [];
  const isToldWithin = (told: SQL) => sql`${told}.starts_at >= ${instant(from)} and ${told}.starts_at < ${instant(to)}`;
  const found = await rows<Omit<RunsOfOrigin, 'startsAt'> & { startsMs: number }>(
    db,
    sql`with origins as (
        select one.source_id, one.account, report.fingerprint, count(*) as occurrences
          from json_array_elements_text(${JSON.stringify(reportIds)}::text::json) given
          join signal_occurrences one on one.report_id = given.value::bigint
          join reports report on report.id = one.report_id
          group by 1, 2, 3),
      places as (
        select source_id, coalesce(
            (select path from signal_runs ran where ran.source_id = origins.source_id
              and ran.path = 'fingerprint:' || origins.fingerprint and ${isToldWithin(sql`ran`)} limit 1),
            'account:' || account) as path,
          sum(occurrences) as occurrences
        from origins group by 1, 2),
      told as (
        select * from places where exists (select from signal_runs ran where ran.source_id = places.source_id
            and ran.path = places.path and ${isToldWithin(sql`ran`)})
          order by occurrences desc, path limit ${most})
      select told.source_id::float8 as "sourceId", told.path, ran.ran::float8 as ran,
          (extract(epoch from ran.starts_at) * 1000)::float8 as "startsMs", told.occurrences::float8 as occurrences
        from told join signal_runs ran on ran.source_id = told.source_id and ran.path = told.path
        where ${isToldWithin(sql`ran`)}`,
  );
  return found.map(({ startsMs, ...one }) => ({ ...one, startsAt: new Date(startsMs) }));
}
