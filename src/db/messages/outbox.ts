import { and, desc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { currentRequestId } from '../engine/request-id.ts';
import { type OutgoingBody, outbox } from '../schema/messages.ts';
import { isSaid } from './hushed.ts';

export type { OutgoingBody } from '../schema/messages.ts';

/** Where a message of ours stands in Slack. */
export type SentMessage = { channel: string; ts: string };

type Addressed = {
  workspaceId: string;
  /** Whose lead hears of it when the message cannot be delivered. */
  programId?: number | undefined;
  /** A channel id, or a user id for a direct message. */
  channel: string;
  body: OutgoingBody;
  /** Not sent earlier than this; usually now. */
  runAt: Date;
};

export type Post = Addressed & {
  /** What this message is, once for ever: a second post with the same key is the same message. */
  dedupeKey: string;
  /** The post of ours in whose thread this one stands, by its dedupe key. */
  parentKey?: string | undefined;
  /** A thread under a message that is not ours. */
  threadTs?: string | undefined;
};

export type Update = Addressed & {
  /** The post that is edited, by its dedupe key. */
  targetKey: string;
  /** Only for an edit that may be enqueued more than once. */
  dedupeKey?: string | undefined;
};

// In the words of the index that serves it.
const UNSENT = sql`state in ('due', 'dead')`;

/** Makes a message due in the caller's transaction. False where the same one was enqueued before, or is not to be said. */
export async function enqueuePost(tx: Db, post: Post): Promise<boolean> {
  if (!isSaid(tx, post)) return false;
  const inserted = await tx
    .insert(outbox)
    .values({
      workspaceId: post.workspaceId,
      programId: post.programId ?? null,
      dedupeKey: post.dedupeKey,
      kind: 'post',
      channel: post.channel,
      parentKey: post.parentKey ?? null,
      threadTs: post.threadTs ?? null,
      body: post.body,
      runAt: post.runAt,
      requestId: currentRequestId() ?? null,
      createdAt: post.runAt,
    })
    .onConflictDoNothing()
    .returning({ id: outbox.id });
  return inserted.length > 0;
}

/** Makes the same post due for each of these people or channels, under a key of their own: `key:channel`. */
export async function enqueuePosts(tx: Db, post: Omit<Post, 'channel'>, channels: readonly string[]): Promise<void> {
  for (const channel of channels)
    await enqueuePost(tx, { ...post, channel, dedupeKey: `${post.dedupeKey}:${channel}` });
}

/**
 * Makes an edit of one of our posts due in the caller's transaction. Only the newest edit counts:
 * older ones that nobody is sending are superseded, and a post that has not gone out simply says the new thing.
 * Edits are applied in the order of their insertion, so render the body under the lock that orders the decisions.
 */
export async function enqueueUpdate(tx: Db, update: Update): Promise<void> {
  if (!isSaid(tx, update)) return;
  if (await replacedUnsentBody(tx, update)) return;
  const [inserted] = await tx
    .insert(outbox)
    .values({
      workspaceId: update.workspaceId,
      programId: update.programId ?? null,
      dedupeKey: update.dedupeKey ?? sql`${`${update.targetKey}:edit:`} || gen_random_uuid()`,
      kind: 'update',
      channel: update.channel,
      targetKey: update.targetKey,
      body: update.body,
      runAt: update.runAt,
      requestId: currentRequestId() ?? null,
      createdAt: update.runAt,
    })
    .onConflictDoNothing()
    .returning({ id: outbox.id });
  if (!inserted) return;
  await tx
    .update(outbox)
    .set({ state: 'superseded' })
    .where(
      and(
        eq(outbox.workspaceId, update.workspaceId),
        eq(outbox.targetKey, update.targetKey),
        UNSENT,
        isNull(outbox.leasedBy),
        lt(outbox.id, inserted.id),
      ),
    );
}

/** As `enqueueUpdate`, where the post does not say so already. */
export async function enqueueChange(tx: Db, update: Update): Promise<void> {
  const [last] = await tx
    .select({ isSame: sql<boolean>`${outbox.body} = ${JSON.stringify(update.body)}::jsonb` })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspaceId, update.workspaceId),
        or(
          and(eq(outbox.dedupeKey, update.targetKey), eq(outbox.kind, 'post')),
          eq(outbox.targetKey, update.targetKey),
        ),
      ),
    )
    .orderBy(desc(outbox.id))
    .limit(1);
  if (!last?.isSame) await enqueueUpdate(tx, update);
}

// Nothing of the post can be in Slack: nobody is sending it, and no attempt ended without an answer.
async function replacedUnsentBody(tx: Db, update: Update): Promise<boolean> {
  const replaced = await tx
    .update(outbox)
    .set({ body: update.body })
    .where(
      and(
        eq(outbox.workspaceId, update.workspaceId),
        eq(outbox.dedupeKey, update.targetKey),
        eq(outbox.kind, 'post'),
        UNSENT,
        eq(outbox.ambiguous, false),
        isNull(outbox.leasedBy),
      ),
    )
    .returning({ id: outbox.id });
  return replaced.length > 0;
}

/** Takes back those of these posts that nobody has begun to send; answers the keys of the others that were ever enqueued. */
export async function withdrawUnsent(tx: Db, workspaceId: string, dedupeKeys: readonly string[]): Promise<string[]> {
  if (dedupeKeys.length === 0) return [];
  const these = and(
    eq(outbox.workspaceId, workspaceId),
    inArray(outbox.dedupeKey, [...dedupeKeys]),
    eq(outbox.kind, 'post'),
  );
  await tx
    .delete(outbox)
    .where(
      and(these, eq(outbox.state, 'due'), eq(outbox.attempts, 0), eq(outbox.ambiguous, false), isNull(outbox.leasedBy)),
    );
  const left = await tx.select({ key: outbox.dedupeKey }).from(outbox).where(these);
  return left.map(({ key }) => key);
}

/** Where a post of ours stands, or null while it is not in Slack. */
export async function findSentMessage(db: Db, workspaceId: string, dedupeKey: string): Promise<SentMessage | null> {
  const [row] = await db
    .select({ channel: outbox.sentChannel, ts: outbox.sentTs })
    .from(outbox)
    .where(and(eq(outbox.workspaceId, workspaceId), eq(outbox.dedupeKey, dedupeKey), eq(outbox.kind, 'post')));
  return row?.channel && row.ts ? { channel: row.channel, ts: row.ts } : null;
}
