import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { keptRequests } from './schema/messages.ts';

/** A request of Slack, by the workspace it comes from and Slack's own name for it. */
export type RequestName = { workspaceId: string; key: string };
export type AbandonedRequest = RequestName & { body: string; attempts: number };

const after = (ms: number) => sql`clock_timestamp() + ${ms}::float8 * interval '1 millisecond'`;
const named = ({ workspaceId, key }: RequestName) =>
  and(eq(keptRequests.workspaceId, workspaceId), eq(keptRequests.key, key));

/** Keeps a request, once. `leaseMs` is how long whoever keeps it has for it before somebody else takes it over. */
export async function insertRequest(
  db: Db,
  request: RequestName & { body: string; now: Date; leaseMs: number },
): Promise<void> {
  const { now, leaseMs, ...kept } = request;
  await db
    .insert(keptRequests)
    .values({ ...kept, receivedAt: now, leaseUntil: after(leaseMs) })
    .onConflictDoNothing();
}

/** Holds a kept request against everybody else, or tells that it is over. `answer` is what is still to be told. */
export async function holdRequest(
  tx: Db,
  name: RequestName,
): Promise<{ answer: { said: unknown } | null } | undefined> {
  const [held] = await tx.select({ answer: keptRequests.answer }).from(keptRequests).where(named(name)).for('update');
  return held;
}

export async function answerRequest(tx: Db, name: RequestName, said: unknown, leaseMs: number): Promise<void> {
  await tx
    .update(keptRequests)
    .set({ answer: { said }, leaseUntil: after(leaseMs) })
    .where(named(name));
}

export async function dropRequest(db: Db, name: RequestName): Promise<void> {
  await db.delete(keptRequests).where(named(name));
}

/** How many are not over. */
export function countRequests(db: Db): Promise<number> {
  return db.$count(keptRequests);
}

/**
 * Takes over what nobody has finished within their lease, oldest first, each time for twice as long as before. One that is
 * being worked on is left alone.
 */
export async function takeAbandoned(db: Db, leaseMs: number, limit: number): Promise<AbandonedRequest[]> {
  return db.transaction(async (tx) => {
    const abandoned = await tx
      .select({ key: keptRequests.key, workspaceId: keptRequests.workspaceId })
      .from(keptRequests)
      .where(lte(keptRequests.leaseUntil, sql`clock_timestamp()`))
      .orderBy(keptRequests.leaseUntil)
      .limit(limit)
      .for('update', { skipLocked: true });
    if (abandoned.length === 0) return [];
    const keys = abandoned.map(({ key }) => key);
    const longer = sql`${leaseMs}::float8 * power(2, ${keptRequests.attempts}) * interval '1 millisecond'`;
    const taken = await tx
      .update(keptRequests)
      .set({ leaseUntil: sql`clock_timestamp() + ${longer}`, attempts: sql`${keptRequests.attempts} + 1` })
      .where(and(inArray(keptRequests.key, keys), lte(keptRequests.leaseUntil, sql`clock_timestamp()`)))
      .returning();
    return taken.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
  });
}
