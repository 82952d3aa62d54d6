import { and, eq, inArray, sql } from 'drizzle-orm';
import { inRankOrder } from '../defects/rank-order.ts';
import { type Db, rows } from '../engine/client.ts';
import { defects } from '../schema/defects.ts';

/** Somebody whose account was deactivated, and a program in which they still have a part. */
export type DepartedOwner = { programId: number; userId: string; name: string };

const OPEN = ['new', 'accepted', 'claimed'] as const;

/** Whoever is deactivated and still owns what is open, leads or facilitates. */
export async function listDepartedOwners(db: Db, workspaceId: string): Promise<DepartedOwner[]> {
  return rows<DepartedOwner>(
    db,
    sql`select program.id::float8 as "programId", person.user_id as "userId", person.name
        from people person join programs program on program.workspace_id = person.workspace_id
        where person.workspace_id = ${workspaceId} and not person.is_active and (
          person.user_id = any(program.lead_ids) or person.user_id = any(program.facilitator_ids)
          or exists (
            select from defects where program_id = program.id and owner_id = person.user_id and not is_sample
              and state in ('new', 'accepted', 'claimed')))
        order by 1, 2`,
  );
}

/** What somebody owns that is open, by rank. */
export async function listOwnedBy(tx: Db, programId: number, userId: string) {
  return tx
    .select({ id: defects.id, programId: defects.programId, number: defects.number, title: defects.title })
    .from(defects)
    .where(
      and(
        eq(defects.programId, programId),
        eq(defects.ownerId, userId),
        eq(defects.isSample, false),
        inArray(defects.state, [...OPEN]),
      ),
    )
    .orderBy(...inRankOrder);
}
