import { and, asc, eq, gt, gte, inArray, lt, lte, sql } from 'drizzle-orm';
import type { Pushed } from '../../domain/reliability/combine-pushes.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant, instants } from '../engine/instant.ts';
import { metricPushes } from '../schema/reliability.ts';

export type MetricPush = typeof metricPushes.$inferSelect;
export type NewMetricPush = typeof metricPushes.$inferInsert;

/** What one source pushed of one span of an area. */
export type PushedSpan = Pushed & {
  areaId: number;
  sourceId: number;
  /** The place of the span among those asked for. */
  index: number;
  lastAt: Date;
};

/**
 * Sums up what was pushed for areas between each two bounds, oldest first. A push counts where it ended, whole, so that
 * none is counted twice and none is split.
 */
export async function sumPushes(db: Db, areaIds: readonly number[], bounds: readonly Date[]): Promise<PushedSpan[]> {
  const [first, last] = [bounds.at(0), bounds.at(-1)];
  if (!first || !last || areaIds.length === 0) return [];
  const found = await rows<Omit<PushedSpan, 'lastAt'> & { lastMs: number }>(
    db,
    sql`select area_id as "areaId", source_id as "sourceId",
          width_bucket(ends_at - interval '1 millisecond', ${instants(bounds)}) - 1 as index,
          sum(extract(epoch from ends_at - starts_at))::float8 as covered,
          max(extract(epoch from ends_at) * 1000)::float8 as "lastMs",
          sum(bad) as bad, sum(total) as total,
          (sum(uptime * extract(epoch from ends_at - starts_at))
            / sum(extract(epoch from ends_at - starts_at)) filter (where uptime is not null))::float8 as uptime,
          max(p99_seconds) as "p99Seconds", min(p99_above) as "p99Above", max(p99_up_to) as "p99UpTo",
          sum(slow) as slow, sum(total) filter (where slow is not null) as "slowOf"
        from ${metricPushes}
        where area_id in (${sql.join(
          areaIds.map((id) => sql`${id}`),
          sql`, `,
        )})
          and ends_at > ${instant(first)} and ends_at <= ${instant(last)}
        group by 1, 2, 3 order by 3, 2`,
  );
  const number = (value: unknown) => (value === null ? null : Number(value));
  return found.map((row) => ({
    areaId: Number(row.areaId),
    sourceId: Number(row.sourceId),
    index: Number(row.index),
    covered: Number(row.covered),
    lastAt: new Date(Number(row.lastMs)),
    bad: Number(row.bad),
    total: Number(row.total),
    uptime: number(row.uptime),
    p99Seconds: number(row.p99Seconds),
    p99Above: number(row.p99Above),
    p99UpTo: number(row.p99UpTo),
    slow: number(row.slow),
    slowOf: number(row.slowOf),
  }));
}

/** When each area was last pushed to, up to an instant. */
export async function findLastPushes(db: Db, areaIds: readonly number[], upTo: Date): Promise<Map<number, Date>> {
  if (areaIds.length === 0) return new Map();
  const found = await db
    .select({
      areaId: metricPushes.areaId,
      lastMs: sql<number>`(extract(epoch from max(${metricPushes.endsAt})) * 1000)::float8`,
    })
    .from(metricPushes)
    .where(and(inArray(metricPushes.areaId, [...areaIds]), lte(metricPushes.endsAt, upTo)))
    .groupBy(metricPushes.areaId);
  return new Map(found.map(({ areaId, lastMs }) => [areaId, new Date(Number(lastMs))]));
}

/** Pushes of an area that overlap a span, the oldest first. */
export async function listPushesIn(
  db: Db,
  areaId: number,
  { after, upTo }: { after: Date; upTo: Date },
): Promise<MetricPush[]> {
  return db
    .select()
    .from(metricPushes)
    .where(and(eq(metricPushes.areaId, areaId), gt(metricPushes.endsAt, after), lt(metricPushes.startsAt, upTo)))
    .orderBy(asc(metricPushes.endsAt));
}

/** Keeps pushes of which none overlaps another, and of sources that have pushed nothing yet. */
export async function insertPushes(tx: Db, pushes: readonly NewMetricPush[]): Promise<void> {
  if (pushes.length > 0) await tx.insert(metricPushes).values([...pushes]);
}

/**
 * Keeps a push. What its source has pushed wholly within the same span is replaced; where another one of the source
 * reaches beyond the span, nothing is kept and that one is answered: half of it cannot be told from the whole.
 */
export async function insertPush(
  tx: Db,
  push: NewMetricPush,
): Promise<{ replaced: number } | { overlaps: MetricPush }> {
  const { sourceId, startsAt, endsAt } = push;
  const ofSource = eq(metricPushes.sourceId, sourceId);
  const [beyond] = await tx
    .select()
    .from(metricPushes)
    .where(
      and(
        ofSource,
        lt(metricPushes.startsAt, endsAt),
        gt(metricPushes.endsAt, startsAt),
        sql`(${metricPushes.startsAt} < ${instant(startsAt)} or ${metricPushes.endsAt} > ${instant(endsAt)})`,
      ),
    )
    .limit(1);
  if (beyond) return { overlaps: beyond };
  const replaced = await tx
    .delete(metricPushes)
    .where(and(ofSource, gte(metricPushes.startsAt, startsAt), lte(metricPushes.endsAt, endsAt)))
    .returning({ id: metricPushes.id });
  await tx.insert(metricPushes).values(push);
  return { replaced: replaced.length };
}

/** The areas of a program that have an objective, are asked, or have figures pushed. */
export async function listMeasuredAreas(db: Db, programId: number): Promise<Set<number>> {
  const found = await rows<{ id: number }>(
    db,
    sql`select area.id::float8 as id from areas area where area.program_id = ${programId} and (
          exists (select from area_metrics metrics where metrics.area_id = area.id)
          or exists (select from ${metricPushes} push where push.area_id = area.id))`,
  );
  return new Set(found.map(({ id }) => id));
}
