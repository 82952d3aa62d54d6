import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { people } from '../schema/workspaces.ts';

export type KnownPerson = typeof people.$inferSelect;

export async function upsertPerson(db: Db, person: typeof people.$inferInsert): Promise<void> {
  const { workspaceId: _, userId: __, ...set } = person;
  await db
    .insert(people)
    .values(person)
    .onConflictDoUpdate({ target: [people.workspaceId, people.userId], set });
}

export async function findPerson(db: Db, workspaceId: string, userId: string): Promise<KnownPerson | null> {
  const [row] = await db
    .select()
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.userId, userId)));
  return row ?? null;
}

export async function listPeople(db: Db, workspaceId: string, userIds?: readonly string[]): Promise<KnownPerson[]> {
  if (userIds?.length === 0) return [];
  return db
    .select()
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), userIds ? inArray(people.userId, [...userIds]) : undefined));
}

/** Owners of open defects, leads and facilitators of a workspace that the bot knows nothing recent about. */
export async function listUnknownOwners(
  db: Db,
  workspaceId: string,
  { knownSince, except, limit }: { knownSince: Date; except: readonly string[]; limit: number },
): Promise<string[]> {
  const found = await rows<{ userId: string }>(
    db,
    sql`
    with wanted as (
      select defects.owner_id as user_id from defects
        join programs on programs.id = defects.program_id
        where programs.workspace_id = ${workspaceId} and defects.owner_id is not null and not defects.is_sample
          and defects.state in ('new', 'accepted', 'claimed')
      union select unnest(lead_ids) from programs where workspace_id = ${workspaceId}
      union select unnest(facilitator_ids) from programs where workspace_id = ${workspaceId}
    )
    select user_id as "userId" from wanted
    where not exists (
      select 1 from people where people.workspace_id = ${workspaceId} and people.user_id = wanted.user_id
        and people.refreshed_at > ${instant(knownSince)}
    )
    and not user_id = any(array(select jsonb_array_elements_text(${JSON.stringify(except)}::text::jsonb)))
    order by 1 limit ${limit}`,
  );
  return found.map(({ userId }) => userId);
}
