import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { haveEventsAfter } from '../defects/recent-events.ts';
import { type Db, rows } from '../engine/client.ts';
import { defectEvents } from '../schema/defects.ts';
import { liveMessages } from '../schema/live-messages.ts';
import { outbox } from '../schema/messages.ts';

export type LiveMessage = typeof liveMessages.$inferSelect;

export async function insertLive(tx: Db, live: typeof liveMessages.$inferInsert): Promise<LiveMessage> {
  const [row] = await tx.insert(liveMessages).values(live).returning();
  if (!row) throw new Error('A direct message was not stored.');
  return row;
}

export async function updateLive(
  tx: Db,
  id: number,
  patch: Partial<Pick<LiveMessage, 'told' | 'defectIds' | 'shownEventIds' | 'retiredAt'>>,
): Promise<LiveMessage> {
  const [row] = await tx.update(liveMessages).set(patch).where(eq(liveMessages.id, id)).returning();
  if (!row) throw new Error(`Direct message ${id} is gone.`);
  return row;
}

/** The same row, held against whoever else would edit it until the transaction ends. */
export async function lockLive(tx: Db, id: number): Promise<LiveMessage | null> {
  const [row] = await tx.select().from(liveMessages).where(eq(liveMessages.id, id)).for('update');
  return row ?? null;
}

/** Messages since an instant about defects of which something has been logged that they do not show. */
export async function listStaleLive(db: Db, since: Date, afterEventId: number): Promise<number[]> {
  const found = await db
    .select({ id: liveMessages.id })
    .from(liveMessages)
    .where(
      and(
        gt(liveMessages.sentAt, since),
        haveEventsAfter(sql`${liveMessages.defectIds}`, afterEventId),
        sql`exists (
          select from unnest(${liveMessages.defectIds}, ${liveMessages.shownEventIds}) as carried(defect_id, shown_id)
          where exists (
            select from ${defectEvents} event
            where event.defect_id = carried.defect_id and event.id > carried.shown_id))`,
      ),
    )
    .orderBy(liveMessages.id);
  return found.map(({ id }) => id);
}

/** A person's messages that have their buttons still, the oldest first; held. */
export async function lockLiveOf(tx: Db, workspaceId: string, userId: string): Promise<LiveMessage[]> {
  return tx
    .select()
    .from(liveMessages)
    .where(
      and(eq(liveMessages.workspaceId, workspaceId), eq(liveMessages.userId, userId), isNull(liveMessages.retiredAt)),
    )
    .orderBy(liveMessages.id)
    .for('update');
}

/** Whether nobody has begun to send a post, so that it may still say more. */
export async function isUnsent(tx: Db, workspaceId: string, dedupeKey: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspaceId, workspaceId),
        eq(outbox.dedupeKey, dedupeKey),
        eq(outbox.state, 'due'),
        eq(outbox.ambiguous, false),
        eq(outbox.attempts, 0),
        isNull(outbox.leasedBy),
      ),
    )
    .for('update');
  return row !== undefined;
}

/** The last event of each of these defects, in their order. */
export async function lastEventIds(db: Db, defectIds: readonly number[]): Promise<number[]> {
  if (defectIds.length === 0) return [];
  const ids = sql.join(
    defectIds.map((id) => sql`${id}`),
    sql`, `,
  );
  const found = await rows<{ defectId: string; id: string }>(
    db,
    sql`select defect_id as "defectId", max(id) as id from ${defectEvents} where defect_id in (${ids}) group by 1`,
  );
  const last = new Map(found.map((row) => [Number(row.defectId), Number(row.id)]));
  return defectIds.map((id) => last.get(id) ?? 0);
}
