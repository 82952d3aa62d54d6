import { and, asc, eq, gt, isNotNull, isNull, lt, lte, or, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Month, monthAt, monthBefore } from '../../domain/office/month.ts';
import type { Db } from '../engine/client.ts';
import { mustBe, type Program } from '../programs/programs.ts';
import { officeMembers, offices } from '../schema/office.ts';
import { programs, workspaces } from '../schema/workspaces.ts';

export type Office = typeof offices.$inferSelect;

/** The workspace that asks or takes part, beside that of the office. */
const other = alias(workspaces, 'other');

/** An office reaches its own workspace, and those of the same organisation; never one that the app was taken away from. */
const isWithinReach: SQL | undefined = and(
  isNull(workspaces.leftAt),
  isNull(other.leftAt),
  or(
    eq(other.id, workspaces.id),
    and(isNotNull(workspaces.organisationId), eq(other.organisationId, workspaces.organisationId)),
  ),
);

/** The offices that programs of a workspace can be in. */
export async function listOfficesNear(db: Db, workspaceId: string): Promise<Office[]> {
  const found = await db
    .select({ office: offices })
    .from(offices)
    .innerJoin(workspaces, eq(workspaces.id, offices.workspaceId))
    .innerJoin(other, eq(other.id, workspaceId))
    .where(isWithinReach)
    .orderBy(asc(offices.id));
  return found.map(({ office }) => office);
}

/** The office that a program is in; null where it is in none, or out of its reach by now. */
export async function findOfficeOf(db: Db, { id, workspaceId }: Program): Promise<Office | null> {
  const [row] = await db
    .select({ office: offices })
    .from(officeMembers)
    .innerJoin(offices, eq(offices.id, officeMembers.officeId))
    .innerJoin(workspaces, eq(workspaces.id, offices.workspaceId))
    .innerJoin(other, eq(other.id, workspaceId))
    .where(and(eq(officeMembers.programId, id), isNull(officeMembers.leftAt), isWithinReach));
  return row?.office ?? null;
}

/** The programs that were in an office at an instant and that it still reaches. */
export async function listOfficePrograms(db: Db, officeId: number, at: Date): Promise<Program[]> {
  const found = await db
    .select({ program: programs })
    .from(officeMembers)
    .innerJoin(offices, eq(offices.id, officeMembers.officeId))
    .innerJoin(workspaces, eq(workspaces.id, offices.workspaceId))
    .innerJoin(programs, eq(programs.id, officeMembers.programId))
    .innerJoin(other, eq(other.id, programs.workspaceId))
    .where(
      and(
        eq(officeMembers.officeId, officeId),
        lte(officeMembers.joinedAt, at),
        or(isNull(officeMembers.leftAt), gt(officeMembers.leftAt, at)),
        isWithinReach,
      ),
    )
    .orderBy(asc(programs.id));
  return found.map(({ program }) => program);
}

/** The office of a channel, which is made where there is none. */
export async function upsertOffice(tx: Db, office: typeof offices.$inferInsert): Promise<Office> {
  const [row] = await tx
    .insert(offices)
    .values(office)
    .onConflictDoUpdate({ target: [offices.workspaceId, offices.channelId], set: { name: office.name } })
    .returning();
  return mustBe(row);
}

export async function joinOffice(tx: Db, officeId: number, programId: number, at: Date): Promise<void> {
  await tx.insert(officeMembers).values({ officeId, programId, joinedAt: at });
}

export async function leaveOffice(tx: Db, programId: number, at: Date): Promise<void> {
  await tx
    .update(officeMembers)
    .set({ leftAt: at })
    .where(and(eq(officeMembers.programId, programId), isNull(officeMembers.leftAt)));
}

/** The offices of a workspace that may have a month to roll up. */
export async function listOffices(db: Db, workspaceId: string): Promise<Office[]> {
  return db.select().from(offices).where(eq(offices.workspaceId, workspaceId)).orderBy(asc(offices.id));
}

/** The workspaces whose offices have not rolled up a month that is over, or is in some time zone. */
export async function listWorkspacesToRollUp(db: Db, now: Date): Promise<string[]> {
  const found = await db
    .selectDistinct({ id: offices.workspaceId })
    .from(offices)
    .innerJoin(workspaces, and(eq(workspaces.id, offices.workspaceId), isNull(workspaces.leftAt)))
    .where(lt(offices.rolledUpFor, monthBefore(monthAt(now, 'Pacific/Kiritimati'))));
  return found.map(({ id }) => id);
}

/** True for the one who may roll up a month: nobody does it again. */
export async function claimRollUp(tx: Db, officeId: number, month: Month): Promise<boolean> {
  const claimed = await tx
    .update(offices)
    .set({ rolledUpFor: month })
    .where(and(eq(offices.id, officeId), lt(offices.rolledUpFor, month)))
    .returning({ id: offices.id });
  return claimed.length > 0;
}
