import { and, desc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { outbox } from '../schema/messages.ts';

export type DeadLetter = {
  id: number;
  dedupeKey: string;
  kind: 'post' | 'update';
  channel: string;
  text: string;
  attempts: number;
  /** It may be in Slack although no answer came. */
  ambiguous: boolean;
  error: string | null;
  createdAt: Date;
};

/** What could not be delivered, newest first. */
export async function listDead(db: Db, workspaceId: string, limit = 100): Promise<DeadLetter[]> {
  return db
    .select({
      id: outbox.id,
      dedupeKey: outbox.dedupeKey,
      kind: outbox.kind,
      channel: outbox.channel,
      text: sql<string>`${outbox.body}->>'text'`,
      attempts: outbox.attempts,
      ambiguous: outbox.ambiguous,
      error: outbox.lastError,
      createdAt: outbox.createdAt,
    })
    .from(outbox)
    .where(and(eq(outbox.workspaceId, workspaceId), eq(outbox.state, 'dead')))
    .orderBy(desc(outbox.id))
    .limit(limit);
}

/**
 * Makes dead messages due again, all of the workspace or only those chosen, with the replies and edits that died with
 * them. What may be in Slack already is looked for first. Returns how many.
 */
export async function redrive(
  db: Db,
  workspaceId: string,
  only: { ids?: readonly number[]; channel?: string; after?: Date } = {},
): Promise<number> {
  const chosen: (SQL | undefined)[] = [eq(outbox.workspaceId, workspaceId), eq(outbox.state, 'dead')];
  if (only.ids) chosen.push(inArray(outbox.id, [...only.ids]));
  if (only.channel) chosen.push(eq(outbox.channel, only.channel));
  if (only.after) chosen.push(gt(outbox.createdAt, only.after));
  let revived = await revive(db, and(...chosen));
  let count = 0;
  while (revived.length > 0) {
    count += revived.length;
    revived = await revive(
      db,
      and(
        eq(outbox.workspaceId, workspaceId),
        eq(outbox.state, 'dead'),
        sql`coalesce(${outbox.parentKey}, ${outbox.targetKey}) in ${revived}`,
      ),
    );
  }
  return count;
}

async function revive(db: Db, where: SQL | undefined): Promise<string[]> {
  const revived = await db
    .update(outbox)
    .set({ state: 'due', attempts: 0, leaseUntil: null, leasedBy: null, lastError: null })
    .where(where)
    .returning({ dedupeKey: outbox.dedupeKey });
  return revived.map(({ dedupeKey }) => dedupeKey);
}

export type OutboxStats = { due: number; ambiguous: number; dead: number; oldestAgeSeconds: number };

/** How much waits, and for how long the oldest has been due. */
export async function outboxStats(db: Db, now: Date): Promise<OutboxStats> {
  const [stats] = await rows<OutboxStats>(
    db,
    sql`
    select count(*)::int as due, count(*) filter (where ambiguous)::int as ambiguous,
      (select count(*) from outbox where state = 'dead')::int as dead,
      greatest(0, coalesce(extract(epoch from ${instant(now)} - min(run_at)), 0))::float8
        as "oldestAgeSeconds"
    from outbox where state = 'due'`,
  );
  return stats ?? { due: 0, ambiguous: 0, dead: 0, oldestAgeSeconds: 0 };
}

/** The workspaces of which a message has been due longest, those first. */
export async function listLongestWaiting(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ workspaceId: string; ageSeconds: number }[]> {
  return rows(
    db,
    sql`
    select workspace_id as "workspaceId", extract(epoch from ${instant(now)} - min(run_at))::float8 as "ageSeconds"
    from outbox where state = 'due' and run_at < ${instant(now)} group by workspace_id order by 2 desc, 1 limit ${limit}`,
  );
}
