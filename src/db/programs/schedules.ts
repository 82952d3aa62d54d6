import { and, asc, count, desc, eq, gt, isNull, lt, lte } from 'drizzle-orm';
import type { Cadence } from '../../domain/time/cadence.ts';
import type { Ritual } from '../../domain/vocabulary.ts';
import type { Db } from '../engine/client.ts';
import { occurrences, schedules } from '../schema/rituals.ts';
import { programs, workspaces } from '../schema/workspaces.ts';

export type Schedule = typeof schedules.$inferSelect;

export async function insertSchedule(
  tx: Db,
  schedule: { programId: number; ritual: Ritual; cadence: Cadence; createdAt: Date },
): Promise<void> {
  await tx.insert(schedules).values({ ...schedule, checkedUntil: schedule.createdAt });
}

export async function listSchedules(db: Db, programId: number): Promise<Schedule[]> {
  return db.select().from(schedules).where(eq(schedules.programId, programId)).orderBy(asc(schedules.id));
}

/** Every enabled schedule with its program, whether due or not, but of workspaces that the app was taken away from. */
export async function listEnabledSchedules(
  db: Db,
): Promise<{ schedule: Schedule; program: typeof programs.$inferSelect }[]> {
  return db
    .select({ schedule: schedules, program: programs })
    .from(schedules)
    .innerJoin(programs, eq(programs.id, schedules.programId))
    .innerJoin(workspaces, eq(workspaces.id, programs.workspaceId))
    .where(and(eq(schedules.enabled, true), isNull(workspaces.leftAt)))
    .orderBy(asc(schedules.id));
}

/** The programs of a workspace that remind people. */
export async function listRemindingPrograms(db: Db, workspaceId: string): Promise<(typeof programs.$inferSelect)[]> {
  const found = await db
    .select({ program: programs })
    .from(programs)
    .innerJoin(schedules, eq(schedules.programId, programs.id))
    .where(and(eq(programs.workspaceId, workspaceId), eq(schedules.ritual, 'reminders'), eq(schedules.enabled, true)))
    .orderBy(asc(programs.id));
  return found.map(({ program }) => program);
}

/**
 * A changed cadence counts from now on: instants of the old one that were not run are not made up for, and instants of
 * the new one before the change were never promised.
 */
export async function updateSchedule(
  tx: Db,
  programId: number,
  ritual: Ritual,
  patch: { cadence?: Cadence; enabled?: boolean },
  now: Date,
): Promise<void> {
  await tx
    .update(schedules)
    .set({ ...patch, checkedUntil: now, nextDueAt: new Date(0) })
    .where(and(eq(schedules.programId, programId), eq(schedules.ritual, ritual)));
}

export async function markChecked(tx: Db, scheduleId: number, until: Date): Promise<void> {
  await tx.update(schedules).set({ checkedUntil: until }).where(eq(schedules.id, scheduleId));
}

/** True for the one that wrote the row: this occurrence is now decided, and nobody decides it again. */
export async function claimOccurrence(
  tx: Db,
  occurrence: { scheduleId: number; dueAt: Date; outcome: 'on_time' | 'late' | 'missed'; decidedAt: Date },
): Promise<boolean> {
  const inserted = await tx
    .insert(occurrences)
    .values(occurrence)
    .onConflictDoNothing()
    .returning({ dueAt: occurrences.dueAt });
  return inserted.length > 0;
}

/** The latest instant up to `now` for which an occurrence was decided; null where none was. */
export async function findLastDecided(db: Db, scheduleId: number, now: Date): Promise<Date | null> {
  const [last] = await db
    .select({ dueAt: occurrences.dueAt })
    .from(occurrences)
    .where(and(eq(occurrences.scheduleId, scheduleId), lte(occurrences.dueAt, now)))
    .orderBy(desc(occurrences.dueAt))
    .limit(1);
  return last?.dueAt ?? null;
}

/** When the runs of a ritual were due that never came, oldest first, after one instant and before another. */
export async function listMissed(
  db: Db,
  programId: number,
  ritual: Ritual,
  { after, upTo }: { after: Date | null; upTo: Date },
): Promise<Date[]> {
  const found = await db
    .select({ dueAt: occurrences.dueAt })
    .from(occurrences)
    .innerJoin(schedules, eq(schedules.id, occurrences.scheduleId))
    .where(
      and(
        eq(schedules.programId, programId),
        eq(schedules.ritual, ritual),
        eq(occurrences.outcome, 'missed'),
        after ? gt(occurrences.dueAt, after) : undefined,
        lt(occurrences.dueAt, upTo),
      ),
    )
    .orderBy(asc(occurrences.dueAt));
  return found.map(({ dueAt }) => dueAt);
}

/** How the occurrences that were due after this instant ended. */
export async function countOutcomes(db: Db, after: Date): Promise<Record<'on_time' | 'late' | 'missed', number>> {
  const counted = await db
    .select({ outcome: occurrences.outcome, count: count() })
    .from(occurrences)
    .where(gt(occurrences.dueAt, after))
    .groupBy(occurrences.outcome);
  return { on_time: 0, late: 0, missed: 0, ...Object.fromEntries(counted.map((one) => [one.outcome, one.count])) };
}
