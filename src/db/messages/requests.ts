import { and, eq, inArray, lte, ne, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { type RequestState, requests } from '../schema/messages.ts';

/** A request of Slack, by the workspace it comes from and Slack's own name for it. */
export type RequestName = { workspaceId: string; key: string };
export type StoredRequest = { state: RequestState; digest: string | null; answer: string | null };
export type AbandonedRequest = RequestName & { body: string; attempts: number };

const after = (ms: number) => sql`clock_timestamp() + ${ms}::float8 * interval '1 millisecond'`;
const named = ({ workspaceId, key }: RequestName) => and(eq(requests.workspaceId, workspaceId), eq(requests.key, key));

/**
 * Records a request, once. `leaseMs` is how long whoever recorded it has before somebody else takes it over. Gives the
 * state of the one that is there already where it came before, else null.
 */
export async function insertRequest(
  db: Db,
  request: RequestName & { body: string; now: Date; leaseMs: number },
): Promise<RequestState | null> {
  const { now, leaseMs, ...recorded } = request;
  const inserted = await db
    .insert(requests)
    .values({ ...recorded, state: 'recorded', receivedAt: now, leaseUntil: after(leaseMs) })
    .onConflictDoNothing()
    .returning({ state: requests.state });
  if (inserted.length > 0) return null;
  const [known] = await db.select({ state: requests.state }).from(requests).where(named(request));
  return known?.state ?? null;
}

/** Holds a recorded request against everybody else until the transaction ends; undefined where there is none. */
export async function holdRequest(tx: Db, name: RequestName): Promise<StoredRequest | undefined> {
  const [held] = await tx
    .select({ state: requests.state, digest: requests.digest, answer: requests.answer })
    .from(requests)
    .where(named(name))
    .for('update');
  return held;
}

/** What was said of a request that is done and not closed; undefined while it is not done. */
export async function findAnswer(db: Db, name: RequestName): Promise<string | undefined> {
  const [done] = await db
    .select({ answer: requests.answer })
    .from(requests)
    .where(and(named(name), eq(requests.state, 'done')));
  return done && (done.answer ?? 'null');
}

/**
 * Holds the request of a form, which nobody recorded before, until the transaction ends; waits for whoever holds it now.
 * Gives what came of it before, null where nothing has.
 */
export async function holdForm(tx: Db, name: RequestName, now: Date): Promise<StoredRequest | null> {
  const [held] = await rows<StoredRequest>(
    tx,
    sql`insert into ${requests} (workspace_id, key, state, received_at)
      values (${name.workspaceId}, ${name.key}, 'closed', ${instant(now)})
      on conflict (workspace_id, key) do update set received_at = excluded.received_at
      returning state, digest, answer`,
  );
  return held?.answer === null || held === undefined ? null : held;
}

export async function answerForm(tx: Db, name: RequestName, digest: string, answer: string): Promise<void> {
  await tx.update(requests).set({ digest, answer }).where(named(name));
}

/** The work is done; its answer is still to be told, by whoever has it for `leaseMs`. */
export async function answerRequest(tx: Db, name: RequestName, answer: string, leaseMs: number): Promise<void> {
  await tx
    .update(requests)
    .set({ state: 'done', answer, leaseUntil: after(leaseMs) })
    .where(named(name));
}

/** Nothing more is to be done or told. The name stays, so that the same request is recognised; what it said does not. */
export async function markRequestClosed(db: Db, name: RequestName): Promise<void> {
  await db.update(requests).set({ state: 'closed', body: null, answer: null, leaseUntil: null }).where(named(name));
}

/** How many are not closed. */
export function countOpenRequests(db: Db): Promise<number> {
  return db.$count(requests, ne(requests.state, 'closed'));
}

/**
 * Takes over what nobody has finished within their lease, oldest first, each time for twice as long as before. One that is
 * being worked on is left alone.
 */
export async function claimAbandoned(db: Db, leaseMs: number, limit: number): Promise<AbandonedRequest[]> {
  return db.transaction(async (tx) => {
    const isAbandoned = and(ne(requests.state, 'closed'), lte(requests.leaseUntil, sql`clock_timestamp()`));
    const abandoned = await tx
      .select({ key: requests.key, workspaceId: requests.workspaceId })
      .from(requests)
      .where(isAbandoned)
      .orderBy(requests.leaseUntil)
      .limit(limit)
      .for('update', { skipLocked: true });
    if (abandoned.length === 0) return [];
    const longer = sql`${leaseMs}::float8 * power(2, ${requests.attempts}) * interval '1 millisecond'`;
    const claimed = await tx
      .update(requests)
      .set({ leaseUntil: sql`clock_timestamp() + ${longer}`, attempts: sql`${requests.attempts} + 1` })
      .where(
        and(
          inArray(
            requests.key,
            abandoned.map(({ key }) => key),
          ),
          isAbandoned,
        ),
      )
      .returning();
    return claimed
      .sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
      .map(({ workspaceId, key, body, attempts }) => ({ workspaceId, key, attempts, body: body ?? '' }));
  });
}
