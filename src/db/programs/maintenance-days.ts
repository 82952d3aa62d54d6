import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { maintenanceDays } from '../schema/messages.ts';

/** True for whoever may do the maintenance of a day: nobody has done it, and whoever began did so before `abandonedBefore`. */
export async function claimMaintenanceDay(
  db: Db,
  onDate: string,
  times: { now: Date; abandonedBefore: Date },
): Promise<boolean> {
  const claimed = await db
    .insert(maintenanceDays)
    .values({ onDate, startedAt: times.now })
    .onConflictDoUpdate({
      target: maintenanceDays.onDate,
      set: { startedAt: times.now },
      setWhere: and(isNull(maintenanceDays.finishedAt), lt(maintenanceDays.startedAt, times.abandonedBefore)),
    })
    .returning({ onDate: maintenanceDays.onDate });
  return claimed.length > 0;
}

export async function markMaintenanceDone(db: Db, onDate: string, now: Date): Promise<void> {
  await db.update(maintenanceDays).set({ finishedAt: now }).where(eq(maintenanceDays.onDate, onDate));
}

/** It failed: whoever looks next may try again. */
export async function releaseMaintenanceDay(db: Db, onDate: string): Promise<void> {
  await db.delete(maintenanceDays).where(and(eq(maintenanceDays.onDate, onDate), isNull(maintenanceDays.finishedAt)));
}
