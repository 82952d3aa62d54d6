import { and, asc, eq, isNull, lt, ne, or } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { programs } from '../schema/workspaces.ts';
import type { Program } from './programs.ts';

/** As many as one beat may ask Slack for. */
const AT_ONCE = 20;

/** What stands where a program has no channel yet. */
const NO_CHANNEL = 'none';

/** The programs of a workspace whose channels nobody has looked at since. */
export async function listChannelsToLookAt(db: Db, workspaceId: string, since: Date): Promise<Program[]> {
  return db
    .select()
    .from(programs)
    .where(
      and(
        eq(programs.workspaceId, workspaceId),
        ne(programs.channelId, NO_CHANNEL),
        or(isNull(programs.channelLookedAt), lt(programs.channelLookedAt, since)),
      ),
    )
    .orderBy(asc(programs.channelLookedAt), asc(programs.id))
    .limit(AT_ONCE);
}
