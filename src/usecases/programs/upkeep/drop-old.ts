import type { Db } from '../../../db/engine/client.ts';
import { deleteOld } from '../../../db/programs/retention.ts';
import { type Kept, RETENTION } from '../../../domain/programs/retention.ts';
import { DAY_MS } from '../../../domain/time/durations.ts';
import { dropByProgram } from './drop-by-program.ts';

const BATCH = 500;
// What is left over is dropped the next day.
const MOST_BATCHES = 40;

/** Deletes what is older than its rule allows, in small batches that hold up nobody. Returns how many of each. */
export async function dropOld(db: Db, now: Date): Promise<Record<string, number>> {
  const dropped: Partial<Record<Kept, number>> = {};
  for (const { what, days } of RETENTION) {
    const before = new Date(now.getTime() - days * DAY_MS);
    let count = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const deleted = await deleteOld(db, what, before, BATCH);
      count += deleted;
      if (deleted < BATCH) break;
    }
    if (count > 0) dropped[what] = count;
  }
  return { ...dropped, ...(await dropByProgram(db, now)) };
}
