import { desc, eq, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { type Became, type DeliveryProgress, signalDeliveries } from '../schema/signals.ts';

export type { Became, DeliveryProgress } from '../schema/signals.ts';
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
      ${rowsOf([...given.values()])}
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

type GivenDelivery = NewDelivery & { repeats: number };

/** One goes as it is: as JSON in JSON a megabyte would cost twice the time. */
function rowsOf(given: readonly GivenDelivery[]) {
  const [one, ...others] = given;
  if (one && others.length === 0) {
    const { sourceId, deliveryKey, event, body, receivedAt, repeats } = one;
    return sql`values (${sourceId}::bigint, ${deliveryKey}::text, ${event}::text, ${body}::text,
      ${instant(receivedAt)}, ${repeats}::int)`;
  }
  return sql`select * from json_to_recordset(${JSON.stringify(given.map(columnsOf))}::text::json)
    as given(source_id bigint, delivery_key text, event text, body text, received_at timestamptz, repeats int)`;
}

function nameOf({ sourceId, deliveryKey }: Pick<NewDelivery, 'sourceId' | 'deliveryKey'>): string {
  return `${sourceId} ${deliveryKey}`;
}

function columnsOf({ sourceId, deliveryKey, event, body, receivedAt, repeats }: GivenDelivery) {
  return { source_id: sourceId, delivery_key: deliveryKey, event, body, received_at: receivedAt, repeats };
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
      outcome = given.outcome, worked_at = ${instant(at)},
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
