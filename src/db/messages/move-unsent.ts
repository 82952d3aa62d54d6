import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { outbox } from '../schema/messages.ts';

/**
 * Gives what was enqueued after an instant for one channel and is not in Slack to another channel, unless it may be there
 * already. Replies and edits follow the post that they belong to.
 */
export async function moveUnsent(
  tx: Db,
  { programId, from, to, after }: { programId: number; from: string; to: string; after: Date },
): Promise<void> {
  await tx
    .update(outbox)
    .set({ channel: to })
    .where(
      and(
        eq(outbox.programId, programId),
        eq(outbox.channel, from),
        eq(outbox.kind, 'post'),
        inArray(outbox.state, ['due', 'dead']),
        eq(outbox.ambiguous, false),
        isNull(outbox.parentKey),
        isNull(outbox.threadTs),
        isNull(outbox.leasedBy),
        gt(outbox.createdAt, after),
      ),
    );
}
