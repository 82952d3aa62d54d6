import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { signalLeftOut } from '../schema/signals.ts';

export type LeftOut = typeof signalLeftOut.$inferSelect;

/** Adds to what is counted of the day already. */
export async function addLeftOut(tx: Db, noted: readonly LeftOut[]): Promise<void> {
  if (noted.length === 0) return;
  await tx
    .insert(signalLeftOut)
    .values([...noted])
    .onConflictDoUpdate({
      target: [signalLeftOut.sourceId, signalLeftOut.seenOn, signalLeftOut.event, signalLeftOut.why],
      set: {
        count: sql`least(${signalLeftOut.count}::bigint + excluded.count, 2147483647)::int`,
        lastAt: sql`excluded.last_at`,
      },
    });
}

/** What a source's deliveries brought since an instant that became nothing, the latest first. */
export async function listLeftOut(
  db: Db,
  sourceId: number,
  since: Date,
  limit: number,
): Promise<Pick<LeftOut, 'event' | 'why' | 'count' | 'lastAt'>[]> {
  const found = await db
    .select({
      event: signalLeftOut.event,
      why: signalLeftOut.why,
      count: sql<number>`sum(${signalLeftOut.count})::float8`,
      lastMs: sql<number>`(extract(epoch from max(${signalLeftOut.lastAt})) * 1000)::float8`,
    })
    .from(signalLeftOut)
    .where(and(eq(signalLeftOut.sourceId, sourceId), gt(signalLeftOut.lastAt, since)))
    .groupBy(signalLeftOut.event, signalLeftOut.why)
    .orderBy(desc(sql`max(${signalLeftOut.lastAt})`), signalLeftOut.event)
    .limit(limit);
  return found.map(({ lastMs, count, ...one }) => ({
    ...one,
    count: Number(count),
    lastAt: new Date(Number(lastMs)),
  }));
}
