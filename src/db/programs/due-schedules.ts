import { and, asc, eq, gt, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { schedules } from '../schema/rituals.ts';
import { programs, workspaces } from '../schema/workspaces.ts';
import type { Program } from './programs.ts';
import type { Schedule } from './schedules.ts';

/** Clocks of processes that share a database may differ by this much. */
export const CLOCKS_DIFFER_MS = 5 * 60_000;

/**
 * Enabled schedules of which something may be due, with their programs; none of workspaces that the
 * app was taken away from. What a clock that was ahead has looked at is looked at again.
 */
export async function listDueSchedules(db: Db, now: Date): Promise<{ schedule: Schedule; program: Program }[]> {
  return db
    .select({ schedule: schedules, program: programs })
    .from(schedules)
    .innerJoin(programs, eq(programs.id, schedules.programId))
    .innerJoin(workspaces, eq(workspaces.id, programs.workspaceId))
    .where(and(mayBeDue(now), isNull(workspaces.leftAt)))
    .orderBy(asc(schedules.id));
}

/** The workspaces in which somebody may be reminded now, or whose people have changed since that was last told. */
export async function listRemindingWorkspaces(db: Db, now: Date): Promise<string[]> {
  const found = await db
    .selectDistinct({ id: workspaces.id })
    .from(schedules)
    .innerJoin(programs, eq(programs.id, schedules.programId))
    .innerJoin(workspaces, eq(workspaces.id, programs.workspaceId))
    .where(and(mayBeDue(now), eq(schedules.ritual, 'reminders'), isNull(workspaces.leftAt)))
    .orderBy(asc(workspaces.id));
  return found.map(({ id }) => id);
}

/** Whether nobody else runs this schedule at the moment, and nobody has since it was read; held until the transaction ends. */
export async function holdRun(tx: Db, { id, checkedUntil }: Pick<Schedule, 'id' | 'checkedUntil'>): Promise<boolean> {
  const [lock] = await rows<{ got: boolean }>(
    tx,
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`schedule ${id}`}, 0)) as got`,
  );
  if (!lock?.got) return false;
  const same = await tx
    .select({ id: schedules.id })
    .from(schedules)
    .where(and(eq(schedules.id, id), eq(schedules.checkedUntil, checkedUntil)));
  return same.length > 0;
}

/** A schedule as it stands, held against whoever would change what it depends on; undefined where it is gone. */
export async function holdSchedule(tx: Db, id: number): Promise<{ schedule: Schedule; program: Program } | undefined> {
  const [schedule] = await tx.select().from(schedules).where(eq(schedules.id, id)).for('no key update');
  if (!schedule) return undefined;
  // Read once the schedule is held: what was read with it may be older.
  const [program] = await tx.select().from(programs).where(eq(programs.id, schedule.programId));
  return program && { schedule, program };
}

export async function markLookedAt(
  tx: Db,
  id: number,
  looked: Pick<Schedule, 'nextDueAt' | 'lookedAt' | 'reckonedBy'>,
): Promise<void> {
  await tx.update(schedules).set(looked).where(eq(schedules.id, id));
}

/** Another version of the rules, or of the time zones, may find other instants: whatever was reckoned by others is looked at again. */
export async function lookAgainUnder(db: Db, rules: string): Promise<void> {
  await db
    .update(schedules)
    .set({ nextDueAt: new Date(0) })
    .where(and(eq(schedules.enabled, true), ne(schedules.reckonedBy, rules)));
}

function mayBeDue(now: Date) {
  const isDue = lte(schedules.nextDueAt, now);
  const wasLookedAtAhead = gt(schedules.lookedAt, new Date(now.getTime() + CLOCKS_DIFFER_MS));
  // Said outright: with a parameter in its place a plan that is kept for any value cannot use the indexes of enabled ones.
  return and(sql`${schedules.enabled}`, or(isDue, wasLookedAtAhead));
}
