import { and, asc, desc, eq, lt, ne, sql } from 'drizzle-orm';
import { type Db, rows } from './client.ts';
import { mustBe } from './programs.ts';
import { type Became, signalDeliveries, signalSources } from './schema/signals.ts';
import { programs } from './schema/workspaces.ts';

export type { Became } from './schema/signals.ts';
export type SignalDeliveryRow = typeof signalDeliveries.$inferSelect;

/** Keeps a delivery, or counts one more repeat of the one that is here. False for a repeat. */
export async function keepDelivery(
  db: Db,
  delivery: Pick<SignalDeliveryRow, 'sourceId' | 'deliveryKey' | 'event' | 'body' | 'receivedAt'>,
): Promise<boolean> {
  const [row] = await db
    .insert(signalDeliveries)
    .values(delivery)
    .onConflictDoUpdate({
      target: [signalDeliveries.sourceId, signalDeliveries.deliveryKey],
      set: { repeats: sql`${signalDeliveries.repeats} + 1` },
    })
    .returning({ repeats: signalDeliveries.repeats });
  return mustBe(row).repeats === 0;
}

const WORKER_LOCK = 7_226_312;

/**
 * The oldest delivery that nothing has become of, with its source and program. Null where there is none, and where
 * another replica is at work: one worker at a time keeps the order and opens no defect twice.
 */
export async function takeWaitingDelivery(tx: Db) {
  const [lock] = await rows<{ got: boolean }>(tx, sql`select pg_try_advisory_xact_lock(${WORKER_LOCK}) as got`);
  if (!lock?.got) return null;
  const [row] = await tx
    .select({ delivery: signalDeliveries, source: signalSources, program: programs })
    .from(signalDeliveries)
    .innerJoin(signalSources, eq(signalSources.id, signalDeliveries.sourceId))
    .innerJoin(programs, eq(programs.id, signalSources.programId))
    .where(eq(signalDeliveries.state, 'waiting'))
    .orderBy(asc(signalDeliveries.id))
    .limit(1);
  return row ?? null;
}

export async function settleDelivery(
  tx: Db,
  id: number,
  became: { state: 'done'; became: Became; outcome: string } | { state: 'failed' | 'waiting'; outcome: string },
  at: Date,
): Promise<void> {
  await tx
    .update(signalDeliveries)
    .set({ ...became, workedAt: at, attempts: sql`${signalDeliveries.attempts} + 1` })
    .where(eq(signalDeliveries.id, id));
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
      repeats: sql<number>`sum(${signalDeliveries.repeats})::int`,
    })
    .from(signalDeliveries)
    .where(eq(signalDeliveries.sourceId, sourceId))
    .groupBy(signalDeliveries.state, signalDeliveries.became);
  return { latest, counts };
}

/** Forgets what was worked on and came before an instant. */
export async function forgetDeliveries(db: Db, before: Date): Promise<void> {
  await db
    .delete(signalDeliveries)
    .where(and(lt(signalDeliveries.receivedAt, before), ne(signalDeliveries.state, 'waiting')));
}
