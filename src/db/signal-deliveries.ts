import { desc, eq, inArray, sql } from 'drizzle-orm';
import { type Db, rows } from './client.ts';
import { type Became, type DeliveryProgress, signalDeliveries, signalSources } from './schema/signals.ts';
import { programs } from './schema/workspaces.ts';

export type { Became, DeliveryProgress } from './schema/signals.ts';
export type SignalDeliveryRow = typeof signalDeliveries.$inferSelect;

export type NewDelivery = Pick<SignalDeliveryRow, 'sourceId' | 'deliveryKey' | 'event' | 'body' | 'receivedAt'>;

/**
 * Keeps deliveries in one statement, or counts one more repeat of those that are here; the same may come twice among them.
 * Answers for each, in their order, whether it was new.
 */
export async function keepDeliveries(db: Db, deliveries: readonly NewDelivery[]): Promise<boolean[]> {
  const given = new Map<string, NewDelivery & { repeats: number; isNew: boolean }>();
  const firsts = deliveries.map((delivery) => {
    const name = nameOf(delivery);
    const known = given.get(name);
    if (known) known.repeats += 1;
    else given.set(name, { ...delivery, repeats: 0, isNew: false });
    return !known;
  });
  const kept = await rows<{ sourceId: number; deliveryKey: string; repeats: number }>(
    db,
    sql`insert into signal_deliveries (source_id, delivery_key, event, body, received_at, repeats)
      select * from json_to_recordset(${JSON.stringify([...given.values()].map(columnsOf))}::text::json)
        as given(source_id bigint, delivery_key text, event text, body text, received_at timestamptz, repeats int)
      on conflict (source_id, delivery_key) do update set repeats = signal_deliveries.repeats + excluded.repeats + 1
      returning source_id::float8 as "sourceId", delivery_key as "deliveryKey", repeats`,
  );
  // A conflict has added at least one to the repeats that were given.
  for (const row of kept) {
    const delivery = given.get(nameOf(row));
    if (delivery) delivery.isNew = row.repeats === delivery.repeats;
  }
  return deliveries.map((delivery, i) => firsts[i] === true && given.get(nameOf(delivery))?.isNew === true);
}

function nameOf({ sourceId, deliveryKey }: Pick<NewDelivery, 'sourceId' | 'deliveryKey'>): string {
  return `${sourceId} ${deliveryKey}`;
}

function columnsOf({ sourceId, deliveryKey, event, body, receivedAt, repeats }: NewDelivery & { repeats: number }) {
  return { source_id: sourceId, delivery_key: deliveryKey, event, body, received_at: receivedAt, repeats };
}

const WORKER_LOCK = 7_226_312;
// A body may have a megabyte, and all that are taken at once are held in memory and parsed.
const MOST_BYTES = 2_000_000;

/**
 * The oldest deliveries that nothing has become of, with their sources and programs: each source's in the order in which
 * they came, and the first of every source before the second of any, so that nobody waits for all that another sends.
 * None where another replica is at work: one worker at a time keeps the order and opens no defect twice.
 */
export async function takeWaitingDeliveries(tx: Db, most: number) {
  const [lock] = await rows<{ got: boolean }>(tx, sql`select pg_try_advisory_xact_lock(${WORKER_LOCK}) as got`);
  if (!lock?.got) return [];
  const turns = await rows<{ id: number }>(
    tx,
    sql`select id::float8 as id from (
        select id, turn, sum(bytes) over (order by turn, id) - bytes as bytes_before
        from (
          select waiting.id, waiting.bytes, row_number() over (partition by source.id order by waiting.id) as turn
          from signal_sources source cross join lateral (
            select id, octet_length(body) as bytes from signal_deliveries
            where source_id = source.id and state = 'waiting' order by id limit ${most}
          ) waiting
        ) in_turn order by turn, id limit ${most}
      ) counted where bytes_before < ${MOST_BYTES} order by turn, id`,
  );
  if (turns.length === 0) return [];
  const place = new Map(turns.map(({ id }, i) => [id, i]));
  const found = await tx
    .select({ delivery: signalDeliveries, source: signalSources, program: programs })
    .from(signalDeliveries)
    .innerJoin(signalSources, eq(signalSources.id, signalDeliveries.sourceId))
    .innerJoin(programs, eq(programs.id, signalSources.programId))
    .where(inArray(signalDeliveries.id, [...place.keys()]));
  return found.sort((a, b) => (place.get(a.delivery.id) ?? 0) - (place.get(b.delivery.id) ?? 0));
}

/** What was made of a delivery: something, nothing yet or for ever, or something of its first parts. */
export type Settled = { id: number; outcome: string } & (
  | { state: 'done'; became: Became }
  | { state: 'failed' | 'waiting'; became: null }
  | { state: 'waiting'; became: null; progress: DeliveryProgress }
);

/** Whoever gets on has not failed so far; where nothing was made, what is known of earlier parts stays. */
export async function settleDeliveries(tx: Db, settled: readonly Settled[], at: Date): Promise<void> {
  await tx.execute(sql`update signal_deliveries set state = given.state, became = given.became,
      outcome = given.outcome, worked_at = ${at.toISOString()}::timestamptz,
      attempts = case when given.progress is null then attempts + 1 else 0 end,
      progress = case given.state when 'done' then null else coalesce(given.progress, signal_deliveries.progress) end
    from json_to_recordset(${JSON.stringify(settled)}::text::json)
      as given(id bigint, state text, became text, outcome text, progress jsonb)
    where signal_deliveries.id = given.id`);
}

/** What settings show of a source: its latest deliveries, and how many became what. */
export async function summarizeDeliveries(db: Db, sourceId: number, limit: number) {
  const latest = await db
    .select({
      receivedAt: signalDeliveries.receivedAt,
      event: signalDeliveries.event,
      state: signalDeliveries.state,
      became: signalDeliveries.became,
      outcome: signalDeliveries.outcome,
      repeats: signalDeliveries.repeats,
    })
    .from(signalDeliveries)
    .where(eq(signalDeliveries.sourceId, sourceId))
    .orderBy(desc(signalDeliveries.id))
    .limit(limit);
  const counts = await db
    .select({
      state: signalDeliveries.state,
      became: signalDeliveries.became,
      deliveries: sql<number>`count(*)::int`,
      repeats: sql<number>`sum(${signalDeliveries.repeats})::float8`,
    })
    .from(signalDeliveries)
    .where(eq(signalDeliveries.sourceId, sourceId))
    .groupBy(signalDeliveries.state, signalDeliveries.became);
  return { latest, counts };
}
