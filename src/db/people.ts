import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from './client.ts';
import { people } from './schema.ts';

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
