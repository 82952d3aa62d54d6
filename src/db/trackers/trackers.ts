import { createHash } from 'node:crypto';
import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { CODE_KINDS } from '../../domain/fixes/code-host.ts';
import type { Db } from '../engine/client.ts';
import { mustBe } from '../programs/programs.ts';
import { trackers } from '../schema/trackers.ts';
import { programs } from '../schema/workspaces.ts';

export type TrackerRow = typeof trackers.$inferSelect;
export type NewTracker = typeof trackers.$inferInsert;
/** A tracker with the workspace that its token is sealed for. */
export type TrackerOfWorkspace = TrackerRow & { workspaceId: string };

/** Addresses are random and long, so that a plain hash cannot be turned back. */
export function hashOfAddress(address: string): string {
  return createHash('sha256').update(address).digest('hex');
}

export async function insertTracker(tx: Db, tracker: NewTracker): Promise<TrackerRow> {
  const [row] = await tx.insert(trackers).values(tracker).returning();
  return mustBe(row);
}

export async function updateTracker(tx: Db, id: number, patch: Partial<NewTracker>): Promise<void> {
  await tx.update(trackers).set(patch).where(eq(trackers.id, id));
}

/** Those that are connected, the oldest first. */
export async function listTrackers(db: Db, programId: number): Promise<TrackerRow[]> {
  return db
    .select()
    .from(trackers)
    .where(and(eq(trackers.programId, programId), isNull(trackers.removedAt)))
    .orderBy(asc(trackers.id));
}

/** Of a program, and connected still. */
export async function findTracker(db: Db, programId: number, id: number): Promise<TrackerRow | null> {
  const [row] = await db.select().from(trackers).where(ofProgram(programId, id));
  return row ?? null;
}

export async function lockTracker(tx: Db, programId: number, id: number): Promise<TrackerRow | null> {
  const [row] = await tx.select().from(trackers).where(ofProgram(programId, id)).for('no key update');
  return row ?? null;
}

function ofProgram(programId: number, id: number) {
  return and(eq(trackers.programId, programId), eq(trackers.id, id), isNull(trackers.removedAt));
}

export async function findTrackerByAddress(db: Db, address: string): Promise<TrackerOfWorkspace | null> {
  const [row] = await db
    .select({ tracker: trackers, workspaceId: programs.workspaceId })
    .from(trackers)
    .innerJoin(programs, eq(programs.id, trackers.programId))
    .where(and(eq(trackers.addressHash, hashOfAddress(address)), isNull(trackers.removedAt)));
  return row ? { ...row.tracker, workspaceId: row.workspaceId } : null;
}

/** With its workspace, whichever program it is of. */
export async function findTrackerToOpen(db: Db, id: number): Promise<TrackerOfWorkspace | null> {
  const [row] = await db
    .select({ tracker: trackers, workspaceId: programs.workspaceId })
    .from(trackers)
    .innerJoin(programs, eq(programs.id, trackers.programId))
    .where(and(eq(trackers.id, id), isNull(trackers.removedAt)));
  return row ? { ...row.tracker, workspaceId: row.workspaceId } : null;
}

/** Takes the trackers that are to be asked for changes, and puts off their next time, so that one process asks. */
export async function claimPolls(db: Db, { now, nextAt }: { now: Date; nextAt: Date }): Promise<number[]> {
  const claimed = await db
    .update(trackers)
    .set({ pollAt: nextAt })
    .where(
      and(
        isNull(trackers.removedAt),
        lte(trackers.pollAt, now),
        sql`(${trackers.heldUntil} is null or ${trackers.heldUntil} <= clock_timestamp())`,
      ),
    )
    .returning({ id: trackers.id });
  return claimed.map(({ id }) => id);
}

/** It asked for a rest: nothing is sent to it before it is over, by whichever process. */
export async function holdTracker(db: Db, id: number, ms: number): Promise<void> {
  const until = sql`clock_timestamp() + ${ms}::float8 * interval '1 millisecond'`;
  await db
    .update(trackers)
    .set({ heldUntil: sql`greatest(${trackers.heldUntil}, ${until})` })
    .where(eq(trackers.id, id));
}

/** Its code is looked at soon, where what is merged decides on claims. */
export async function lookAtCodeSoon(tx: Db, id: number, now: Date): Promise<void> {
  await tx
    .update(trackers)
    .set({ codePollAt: now })
    .where(and(eq(trackers.id, id), eq(trackers.claimsShipped, true)));
}

/** The code of all places of a program is looked at soon: something went out. */
export async function lookAtAllCodeSoon(tx: Db, programId: number, now: Date): Promise<void> {
  await tx
    .update(trackers)
    .set({ codePollAt: now })
    .where(and(eq(trackers.programId, programId), inArray(trackers.kind, [...CODE_KINDS]), isNull(trackers.removedAt)));
}

/** How many places of a program hold code. */
export async function countCodePlaces(db: Db, programId: number): Promise<number> {
  return (await listTrackers(db, programId)).filter(({ kind }) => CODE_KINDS.includes(kind)).length;
}
