import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Db } from './client.ts';
import { inbox } from './schema/messages.ts';

/** Something that came in, or that is to happen once: who sent it, and the sender's own name for it. */
export type Delivery = { workspaceId: string; source: string; deliveryKey: string };

/** True for whoever may act on it now: nobody has finished it, and whoever began did so before `abandonedBefore`. */
export async function claimDelivery(
  db: Db,
  delivery: Delivery,
  times: { now: Date; abandonedBefore: Date },
): Promise<boolean> {
  const claimed = await db.transaction((tx) =>
    tx
      .insert(inbox)
      .values({ ...delivery, receivedAt: times.now })
      .onConflictDoUpdate({
        target: [inbox.workspaceId, inbox.source, inbox.deliveryKey],
        set: { receivedAt: times.now },
        setWhere: and(isNull(inbox.result), lt(inbox.receivedAt, times.abandonedBefore)),
      })
      .returning({ receivedAt: inbox.receivedAt }),
  );
  return claimed.length > 0;
}

export async function finishDelivery(db: Db, delivery: Delivery): Promise<void> {
  await db.update(inbox).set({ result: {} }).where(same(delivery));
}

/** Nothing came of it: a repeat may try again. */
export async function releaseDelivery(db: Db, delivery: Delivery): Promise<void> {
  await db.delete(inbox).where(and(same(delivery), isNull(inbox.result)));
}

/**
 * Holds a delivery against everybody else until the transaction ends, waiting for whoever holds it now. Gives what came
 * of it before, null where nothing has.
 */
export async function holdDelivery(tx: Db, delivery: Delivery, now: Date): Promise<Record<string, unknown> | null> {
  const [held] = await tx
    .insert(inbox)
    .values({ ...delivery, receivedAt: now })
    .onConflictDoUpdate({
      target: [inbox.workspaceId, inbox.source, inbox.deliveryKey],
      set: { receivedAt: now },
    })
    .returning({ result: inbox.result });
  return held?.result ?? null;
}

export async function keepResult(tx: Db, delivery: Delivery, result: Record<string, unknown>): Promise<void> {
  await tx.update(inbox).set({ result }).where(same(delivery));
}

function same({ workspaceId, source, deliveryKey }: Delivery) {
  return and(eq(inbox.workspaceId, workspaceId), eq(inbox.source, source), eq(inbox.deliveryKey, deliveryKey));
}
