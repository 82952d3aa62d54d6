import type { Db } from '../../db/engine/client.ts';
import { claimMaintenanceDay, markMaintenanceDone } from '../../db/programs/maintenance-days.ts';
import { dropOld } from './drop-old.ts';
import { tellBackupFailed } from './tell-backup-failed.ts';

/** In the night of Europe and late in the evening of the Americas. */
const HOUR_UTC = 3;
// Longer than a backup of a large database takes: whoever began so long ago has died, or failed.
const TRIED_AGAIN_MS = 3_600_000;

/**
 * What is done once a day, by whichever process comes first; where it fails, again an hour later. `backUp` is what the
 * embedded database needs, and the leads are told once a day where it fails.
 * Returns what was dropped, or null where this day is done or has not begun.
 */
export async function runDailyMaintenance(
  db: Db,
  now: Date,
  backUp?: (on: string) => Promise<unknown>,
): Promise<Record<string, number> | null> {
  if (now.getUTCHours() < HOUR_UTC) return null;
  const on = now.toISOString().slice(0, 10);
  const abandonedBefore = new Date(now.getTime() - TRIED_AGAIN_MS);
  if (!(await claimMaintenanceDay(db, on, { now, abandonedBefore }))) return null;
  const dropped = await dropOld(db, now);
  try {
    await backUp?.(on);
  } catch (error) {
    await tellBackupFailed(db, on, error, now);
    throw error;
  }
  await markMaintenanceDone(db, on, now);
  return dropped;
}
