import type { Db } from '../../../db/engine/client.ts';
import { CLOCKS_DIFFER_MS } from '../../../db/programs/due-schedules.ts';
import { findLastDecided, type Schedule } from '../../../db/programs/schedules.ts';

/**
 * Until when every instant of a schedule has been decided. A process whose clock was ahead has written an instant that is
 * still to come, and what is due until then would never run: then the last occurrence that was decided counts.
 */
export async function decidedUntil(db: Db, { id, checkedUntil, createdAt }: Schedule, now: Date): Promise<Date> {
  if (checkedUntil.getTime() - now.getTime() <= CLOCKS_DIFFER_MS) return checkedUntil;
  return (await findLastDecided(db, id, now)) ?? createdAt;
}
