import { and, eq, gt, inArray, lte, max, ne } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { liveMessages } from '../schema/live-messages.ts';
import { outbox } from '../schema/messages.ts';

/** The newest message of all so far; 0 where there is none. */
export async function findLastMessageId(tx: Db): Promise<number> {
  const [row] = await tx.select({ id: max(outbox.id) }).from(outbox);
  return Number(row?.id ?? 0);
}

/**
 * Takes back what a program has enqueued since a message, and was due by an instant, before anybody could send it: only
 * for the transaction that enqueued it.
 */
export async function withdrawPosts(
  tx: Db,
  programId: number,
  since: { messageId: number; dueBy: Date },
): Promise<number> {
  const gone = await tx
    .delete(outbox)
    .where(and(eq(outbox.programId, programId), gt(outbox.id, since.messageId), lte(outbox.runAt, since.dueBy)))
    .returning({ id: outbox.id });
  return gone.length;
}

/** Takes back all that a program has enqueued since a message for others than its channel, in the same transaction. */
export async function withdrawDirect(
  tx: Db,
  program: { id: number; channelId: string },
  messageId: number,
): Promise<void> {
  const gone = await tx
    .delete(outbox)
    .where(and(eq(outbox.programId, program.id), gt(outbox.id, messageId), ne(outbox.channel, program.channelId)))
    .returning({ key: outbox.dedupeKey });
  const keys = gone.map(({ key }) => key);
  if (keys.length > 0) await tx.delete(liveMessages).where(inArray(liveMessages.dedupeKey, keys));
}
