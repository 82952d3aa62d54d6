import { and, eq } from 'drizzle-orm';
import type { Db } from '../../../src/db/engine/client.ts';
import { outbox } from '../../../src/db/schema/messages.ts';

/** Where a post of ours stands, or null while it is not in Slack. */
export async function findSentMessage(db: Db, workspaceId: string, dedupeKey: string) {
  const [row] = await db
    .select({ channel: outbox.sentChannel, ts: outbox.sentTs })
    .from(outbox)
    .where(and(eq(outbox.workspaceId, workspaceId), eq(outbox.dedupeKey, dedupeKey), eq(outbox.kind, 'post')));
  return row?.channel && row.ts ? { channel: row.channel, ts: row.ts } : null;
}
