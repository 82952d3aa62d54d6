import { and, asc, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import type { Program } from '../programs/programs.ts';
import { areaMetrics } from '../schema/reliability.ts';
import { areas, programs } from '../schema/workspaces.ts';

export type AreaMetrics = typeof areaMetrics.$inferSelect;
/** An area with what is set for its metrics, where anything is. */
export type AreaWithMetrics = { areaId: number; name: string; metrics: AreaMetrics | null };
type Setup = Pick<AreaMetrics, 'target' | 'periodDays' | 'thresholdSeconds' | 'question' | 'changedBy' | 'changedAt'>;

export async function listAreaMetrics(db: Db, programId: number): Promise<AreaWithMetrics[]> {
  return db
    .select({ areaId: areas.id, name: areas.name, metrics: areaMetrics })
    .from(areas)
    .leftJoin(areaMetrics, eq(areaMetrics.areaId, areas.id))
    .where(and(eq(areas.programId, programId), isNull(areas.retiredIntoId)))
    .orderBy(asc(areas.position), asc(areas.id));
}

/** Sets what an area is asked. What went wrong with the question before is forgotten, and it is asked at once. */
export async function upsertAreaMetrics(tx: Db, programId: number, areaId: number, setup: Setup): Promise<void> {
  const fresh = { ...setup, trouble: null, troubledSince: null, goodUntil: null, readAgainAt: null };
  await tx
    .insert(areaMetrics)
    .values({ areaId, programId, ...fresh })
    .onConflictDoUpdate({ target: areaMetrics.areaId, set: fresh });
}

export async function deleteAreaMetrics(tx: Db, areaId: number): Promise<void> {
  await tx.delete(areaMetrics).where(eq(areaMetrics.areaId, areaId));
}

/** Areas whose metrics are to be asked, of every program. */
export async function listAskedAreas(db: Db, now: Date): Promise<{ areaId: number; program: Program }[]> {
  return db
    .select({ areaId: areaMetrics.areaId, program: programs })
    .from(areaMetrics)
    .innerJoin(programs, eq(programs.id, areaMetrics.programId))
    .where(and(isNotNull(areaMetrics.question), sql`coalesce(read_again_at, '-infinity') <= ${instant(now)}`))
    .orderBy(asc(areaMetrics.areaId));
}

/** Takes an area to read until an instant. Null where another replica has it, or nothing is to be read before long. */
export async function claimAreaMetrics(db: Db, areaId: number, now: Date, until: Date): Promise<AreaMetrics | null> {
  const [row] = await db
    .update(areaMetrics)
    .set({ claimedUntil: until })
    .where(
      and(
        eq(areaMetrics.areaId, areaId),
        or(isNull(areaMetrics.claimedUntil), lte(areaMetrics.claimedUntil, now)),
        or(isNull(areaMetrics.readAgainAt), lte(areaMetrics.readAgainAt, now)),
      ),
    )
    .returning();
  return row ?? null;
}

/** Writes what was asked for an area, unless it is asked something else by now. False where it is. */
export async function whileStillAsked(
  db: Db,
  { areaId, changedAt }: AreaMetrics,
  write: (tx: Db) => Promise<void>,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [same] = await tx
      .select({ areaId: areaMetrics.areaId })
      .from(areaMetrics)
      .where(and(eq(areaMetrics.areaId, areaId), eq(areaMetrics.changedAt, changedAt)))
      .for('share');
    if (same) await write(tx as unknown as Db);
    return same !== undefined;
  });
}

/** Lets go of an area, with how the asking went; nothing where its question was changed meanwhile. */
export async function releaseAreaMetrics(
  db: Db,
  claimed: AreaMetrics,
  state: Pick<AreaMetrics, 'trouble' | 'troubledSince' | 'goodUntil' | 'readAgainAt'>,
): Promise<void> {
  await db.update(areaMetrics).set({ claimedUntil: null }).where(eq(areaMetrics.areaId, claimed.areaId));
  await db
    .update(areaMetrics)
    .set(state)
    .where(and(eq(areaMetrics.areaId, claimed.areaId), eq(areaMetrics.changedAt, claimed.changedAt)));
}
