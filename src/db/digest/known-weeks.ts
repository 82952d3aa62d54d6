import { and, asc, eq, or, sql } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { hasCode } from '../engine/connection-loss.ts';
import { type AreaCounts, knownWeeks } from '../schema/known-weeks.ts';

export type { AreaCounts } from '../schema/known-weeks.ts';

export type Week = { startsAt: Date; endsAt: Date };
/** `isSettled` where what was filed late is counted too. */
export type StoredWeek = Week & { areas: readonly AreaCounts[]; isSettled: boolean };

/** The weeks of a program that are stored, the oldest first. */
export async function listStoredWeeks(db: Db, programId: number): Promise<StoredWeek[]> {
  const { startsAt, endsAt, areas, isSettled } = knownWeeks;
  return db
    .select({ startsAt, endsAt, areas, isSettled })
    .from(knownWeeks)
    .where(eq(knownWeeks.programId, programId))
    .orderBy(asc(endsAt));
}

/**
 * Waits until nobody is changing what a program's reports come to, and holds whoever wants to up to the end of the
 * transaction: what is counted after this can be stored. Gives up before people notice that they wait behind it.
 */
export async function holdReportCounts(tx: Db, programId: number): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', '500ms', true)`);
  await tx.execute(sql`select pg_advisory_xact_lock(known_weeks_lock(${programId}::bigint))`);
}

/** Whether that is why it failed. */
export function isHeldUp(error: unknown): boolean {
  return hasCode(error, LOCK_NOT_AVAILABLE);
}

const LOCK_NOT_AVAILABLE = new Set(['55P03']);

export async function storeWeeks(tx: Db, programId: number, weeks: readonly StoredWeek[]): Promise<void> {
  if (weeks.length === 0) return;
  await tx
    .insert(knownWeeks)
    .values(weeks.map((week) => ({ ...week, programId })))
    .onConflictDoUpdate({
      target: [knownWeeks.programId, knownWeeks.endsAt, knownWeeks.startsAt],
      set: { areas: sql`excluded.areas`, isSettled: sql`excluded.is_settled` },
    });
}

export async function dropStoredWeeks(tx: Db, programId: number, weeks: readonly Week[]): Promise<void> {
  if (weeks.length === 0) return;
  const any = weeks.map(({ startsAt, endsAt }) =>
    and(eq(knownWeeks.startsAt, startsAt), eq(knownWeeks.endsAt, endsAt)),
  );
  await tx.delete(knownWeeks).where(and(eq(knownWeeks.programId, programId), or(...any)));
}
