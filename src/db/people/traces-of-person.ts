import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { defectEvents, defects, reports } from '../schema/defects.ts';
import { people, programs } from '../schema/workspaces.ts';
import type { Person } from './erase-words.ts';

/** Open defects that a person owns, with their program. */
export async function listOpenOwned(
  db: Db,
  { workspaceId, userId }: Person,
): Promise<{ id: number; programId: number; program: string; number: number; title: string }[]> {
  return db
    .select({
      id: defects.id,
      programId: defects.programId,
      program: programs.name,
      number: defects.number,
      title: defects.title,
    })
    .from(defects)
    .innerJoin(programs, eq(programs.id, defects.programId))
    .where(
      and(
        eq(programs.workspaceId, workspaceId),
        eq(defects.ownerId, userId),
        inArray(defects.state, ['new', 'accepted', 'claimed']),
      ),
    )
    .orderBy(programs.id, defects.number);
}

/** Workspaces that anything is known of a person in. */
export async function listWorkspacesOf(db: Db, userId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select workspace_id as id from ${people} where user_id = ${userId}
        union select program.workspace_id from ${reports} report join ${programs} program on program.id = report.program_id
          where report.reporter_id = ${userId}
        union select program.workspace_id from ${defectEvents} event join ${programs} program on program.id = event.program_id
          where event.actor_id = ${userId}
        union select program.workspace_id from ${defects} defect join ${programs} program on program.id = defect.program_id
          where defect.owner_id = ${userId}
        order by 1`,
  );
  return found.map(({ id }) => id);
}
