import { eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { signalDeliveries, signalSources } from '../schema/signals.ts';
import { programs } from '../schema/workspaces.ts';

/** A delivery that nothing has become of, by its id and the length of its body. */
export type WaitingDelivery = { id: number; bytes: number };

const WORKER_LOCK = 7_226_312;

/**
 * The oldest deliveries that wait: each source's in the order in which they came, and the first of every source before the
 * second of any, so that nobody waits for all that another sends. Among those, what was worked on last comes last. None
 * where another replica is at work: one worker at a time keeps the order and opens no defect twice.
 */
export async function takeWaitingDeliveries(tx: Db, most: number): Promise<WaitingDelivery[]> {
  const [lock] = await rows<{ got: boolean }>(tx, sql`select pg_try_advisory_xact_lock(${WORKER_LOCK}) as got`);
  if (!lock?.got) return [];
  return rows<WaitingDelivery>(
    tx,
    sql`select id::float8 as id, bytes from (
        select waiting.*, row_number() over (partition by source.id order by waiting.id) as turn
        from signal_sources source cross join lateral (
          select id, octet_length(body) as bytes, worked_at from signal_deliveries
          where source_id = source.id and state = 'waiting' order by id limit ${most}
        ) waiting
      ) in_turn order by turn, worked_at nulls first, id limit ${most}`,
  );
}

const { body: _, ...WITHOUT_BODY } = getTableColumns(signalDeliveries);

/** These deliveries without their bodies, with their sources and programs, in the order of the ids. */
export async function listDeliveries(tx: Db, ids: readonly number[]) {
  if (ids.length === 0) return [];
  const place = new Map(ids.map((id, i) => [id, i]));
  const found = await tx
    .select({ delivery: WITHOUT_BODY, source: signalSources, program: programs })
    .from(signalDeliveries)
    .innerJoin(signalSources, eq(signalSources.id, signalDeliveries.sourceId))
    .innerJoin(programs, eq(programs.id, signalSources.programId))
    .where(inArray(signalDeliveries.id, [...ids]));
  return found.sort((a, b) => (place.get(a.delivery.id) ?? 0) - (place.get(b.delivery.id) ?? 0));
}

/** The bodies of these deliveries, by id. */
export async function listBodies(tx: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const found = await tx
    .select({ id: signalDeliveries.id, body: signalDeliveries.body })
    .from(signalDeliveries)
    .where(inArray(signalDeliveries.id, [...ids]));
  return new Map(found.map(({ id, body }) => [id, body]));
}
