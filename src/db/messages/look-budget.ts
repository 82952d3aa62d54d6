import { sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { channelPaces } from '../schema/messages.ts';

// Beside the paces of channels, none of which is called so.
const LOOKS = 'looks at history';

/**
 * Takes the one look at history that a workspace has in this time, over all processes; their own clocks do not matter.
 * Answers how long to wait for the next where it is taken, else 0.
 */
export async function takeLook(db: Db, workspaceId: string, everyMs: number): Promise<number> {
  const now = sql`clock_timestamp()`;
  const next = sql`${now} + ${everyMs}::float8 * interval '1 millisecond'`;
  const taken = await db
    .insert(channelPaces)
    .values({ workspaceId, channel: LOOKS, nextAt: next })
    .onConflictDoUpdate({
      target: [channelPaces.workspaceId, channelPaces.channel],
      set: { nextAt: next },
      setWhere: sql`${channelPaces.nextAt} <= ${now}`,
    })
    .returning({ channel: channelPaces.channel });
  if (taken.length > 0) return 0;
  const [left] = await rows<{ ms: number }>(
    db,
    sql`select (extract(epoch from next_at - ${now}) * 1000)::float8 as ms from ${channelPaces}
        where workspace_id = ${workspaceId} and channel = ${LOOKS}`,
  );
  return Math.max(1, left?.ms ?? 1);
}
