import { and, desc, eq, gte, isNull, type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { reports } from '../schema/defects.ts';
import { signalEnds, signalOccurrences } from '../schema/signals.ts';

export type NewOccurrence = {
  sourceId: number;
  key: string;
  reportId: number;
  account: string | null;
  startedAt: Date;
  resolvedAt: Date | null;
  names?: readonly string[] | null;
};

export async function insertOccurrences(tx: Db, occurrences: readonly NewOccurrence[]): Promise<void> {
  if (occurrences.length === 0) return;
  await tx.execute(sql`insert into signal_occurrences (source_id, key, report_id, account, started_at, resolved_at, names)
    select source_id, key, report_id, account, started_at, resolved_at,
        case when names is not null then array(select json_array_elements_text(names)) end
      from json_to_recordset(${JSON.stringify(occurrences.map(columnsOf))}::text::json)
      as given(source_id bigint, key text, report_id bigint, account text, started_at timestamptz,
        resolved_at timestamptz, names json)`);
}

function columnsOf({ sourceId, key, reportId, account, startedAt, resolvedAt, names }: NewOccurrence) {
  const at = { started_at: startedAt, resolved_at: resolvedAt };
  return { source_id: sourceId, key, report_id: reportId, account, ...at, names };
}

/** The occurrence of a source that is open, and began last, of those whose key starts like this; null where none is. */
export async function findOpenOccurrence(tx: Db, sourceId: number, startsLike: string) {
  const [found] = await tx
    .select({ key: signalOccurrences.key, reportId: signalOccurrences.reportId })
    .from(signalOccurrences)
    .where(
      and(
        eq(signalOccurrences.sourceId, sourceId),
        sql`starts_with(${signalOccurrences.key}, ${startsLike}::text)`,
        isNull(signalOccurrences.resolvedAt),
      ),
    )
    .orderBy(desc(signalOccurrences.startedAt))
    .limit(1);
  return found ?? null;
}

/**
 * Ends the occurrences of a key that are still on; a key that ends in `*` names all that start like it, or that have
 * the rest of it among their names. Answers when each began and of which defect it is.
 */
export async function resolveOccurrences(
  tx: Db,
  sourceId: number,
  key: string,
  at: Date,
): Promise<{ startedAt: Date; defectId: number }[]> {
  const ended = await tx
    .update(signalOccurrences)
    .set({ resolvedAt: at })
    .from(reports)
    .where(
      and(
        eq(reports.id, signalOccurrences.reportId),
        eq(signalOccurrences.sourceId, sourceId),
        namedBy(key),
        isNull(signalOccurrences.resolvedAt),
      ),
    )
    .returning({ startedAt: signalOccurrences.startedAt, defectId: reports.defectId });
  return ended;
}

/** Whether an occurrence of a key, with a `*` as above, was over at an instant or later. */
export async function wasOverAfter(tx: Db, sourceId: number, key: string, at: Date): Promise<boolean> {
  const [found] = await tx
    .select({ key: signalOccurrences.key })
    .from(signalOccurrences)
    .where(and(eq(signalOccurrences.sourceId, sourceId), namedBy(key), gte(signalOccurrences.resolvedAt, at)))
    .limit(1);
  return found !== undefined;
}

function namedBy(key: string): SQL {
  if (!key.endsWith('*')) return eq(signalOccurrences.key, key);
  return sql`(starts_with(${signalOccurrences.key}, ${key.slice(0, -1)}::text)
    or ${signalOccurrences.names} @> array[${key.slice(0, -2)}]::text[])`;
}

/** An end that was told before its beginning. */
export type EarlyEnd = { sourceId: number; key: string; endedAt: Date };

/** Remembers an end whose beginning may still come, the latest of each key. */
export async function keepEnd(tx: Db, end: EarlyEnd, keptAt: Date): Promise<void> {
  await tx
    .insert(signalEnds)
    .values({ ...end, keptAt })
    .onConflictDoUpdate({
      target: [signalEnds.sourceId, signalEnds.key],
      set: { endedAt: sql`greatest(${signalEnds.endedAt}, excluded.ended_at)`, keptAt },
    });
}

/** The ends that are kept under these keys. */
export async function listEnds(
  db: Db,
  named: readonly { sourceId: number; keys: readonly string[] }[],
): Promise<EarlyEnd[]> {
  if (named.length === 0) return [];
  const flat = named.flatMap(({ sourceId, keys }) => keys.map((key) => ({ sourceId, key })));
  const found = await rows<{ sourceId: number; key: string; endedMs: number }>(
    db,
    sql`select distinct one.source_id::float8 as "sourceId", one.key,
        (extract(epoch from one.ended_at) * 1000)::float8 as "endedMs"
      from json_to_recordset(${JSON.stringify(flat)}::text::json) as given("sourceId" bigint, key text)
      join signal_ends one on one.source_id = given."sourceId" and one.key = given.key`,
  );
  return found.map(({ endedMs, ...end }) => ({ ...end, endedAt: new Date(endedMs) }));
}
