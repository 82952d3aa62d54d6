import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { reports } from '../schema/defects.ts';
import { signalOccurrences, signalRuns, signalSources } from '../schema/signals.ts';

export type SignalRuns = typeof signalRuns.$inferSelect;
export type RunPlace = Pick<SignalRuns, 'sourceId' | 'path'>;

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

/** What ran in these places, in days that began from one instant to before another, in any order. */
export async function listRuns(db: Db, places: readonly RunPlace[], span: Span): Promise<SignalRuns[]> {
  if (places.length === 0) return [];
  const isOneOf = inArray(
    sql`(${signalRuns.sourceId}, ${signalRuns.path})`,
    places.map(({ sourceId, path }) => sql`(${sourceId}::bigint, ${path}::text)`),
  );
  return db
    .select()
    .from(signalRuns)
    .where(and(isOneOf, isWithin(span)));
}

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

/** Where occurrences of a defect came from, and how many. */
export type Origin = { sourceId: number; account: string | null; fingerprint: string | null; occurrences: number };

export async function listOrigins(db: Db, reportIds: readonly number[]): Promise<Origin[]> {
  if (reportIds.length === 0) return [];
  const { sourceId, account } = signalOccurrences;
  const { fingerprint } = reports;
  return db
    .select({ sourceId, account, fingerprint, occurrences: sql<number>`count(*)::int` })
    .from(signalOccurrences)
    .innerJoin(reports, eq(reports.id, signalOccurrences.reportId))
    .where(inArray(signalOccurrences.reportId, [...reportIds]))
    .groupBy(sourceId, account, fingerprint);
}
