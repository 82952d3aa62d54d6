import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { programs, workspaces } from '../schema/workspaces.ts';
import type { Program } from './programs.ts';

/** As many as one beat may ask Slack for. */
const AT_ONCE = 20;

/** What stands where a program has no channel yet. */
const NO_CHANNEL = 'none';

/** Programs of the served workspaces whose channels nobody has looked at since. */
export async function listChannelsToLookAt(db: Db, since: Date): Promise<Program[]> {
  const lookedAt = sql`coalesce(channel_looked_at, '-infinity')`;
  const found = await db
    .select({ program: programs })
    .from(programs)
    .innerJoin(workspaces, eq(workspaces.id, programs.workspaceId))
    .where(and(sql`${lookedAt} < ${instant(since)}`, ne(programs.channelId, NO_CHANNEL), isNull(workspaces.leftAt)))
    .orderBy(lookedAt, asc(programs.id))
    .limit(AT_ONCE);
  return found.map(({ program }) => program);
}
