import type { Db } from '../../../db/engine/client.ts';
import {
  claimMaintenanceDay,
  markMaintenanceDone,
  releaseMaintenanceDay,
} from '../../../db/programs/maintenance-days.ts';
import { refreshRanks } from '../../defects/refresh-ranks.ts';
import { keepKnownWeeks } from '../../digest/keep-known-weeks.ts';
import { fitChances } from '../../grouping/fit-chances.ts';
import { dropOld } from './drop-old.ts';

/** In the night of Europe and late in the evening of the Americas. */
const HOUR_UTC = 3;
// Longer than a backup of a large database takes; a process that is silent for so long has died.
const ABANDONED_MS = 3_600_000;

/**
 * What is done once a day, by whichever process comes first. `backUp` is what the embedded database needs.
 * Returns what was dropped, or null where this day is done or has not begun.
 */
export async function runDailyMaintenance(
  db: Db,
  now: Date,
  backUp?: (on: string) => Promise<unknown>,
): Promise<Record<string, number> | null> {
  if (now.getUTCHours() < HOUR_UTC) return null;
  const on = now.toISOString().slice(0, 10);
  const abandonedBefore = new Date(now.getTime() - ABANDONED_MS);
  if (!(await claimMaintenanceDay(db, on, { now, abandonedBefore }))) return null;
  try {
    const dropped = await dropOld(db, now);
    await keepKnownWeeks(db, now);
    await refreshRanks(db, now);
    await fitChances(db, now);
    await backUp?.(on);
    await markMaintenanceDone(db, on, now);
    return dropped;
  } catch (error) {
    await releaseMaintenanceDay(db, on);
    throw error;
  }
}
