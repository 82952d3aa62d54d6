import { dropStoredWeeks, holdReportCounts, isHeldUp, storeWeeks } from '../../db/digest/known-weeks.ts';
import { listPrograms } from '../../db/programs/programs.ts';
import type { Db, Program } from '../doing.ts';
import { weeksOfProgram } from './gather-verdicts.ts';
import { completeWeeks } from './known-area-weeks.ts';

/**
 * Stores what each program's weeks came to as soon as they are over, so that no digest has to count their reports again. A
 * program whose reports are being changed at this moment is left to the next night; its digests count.
 */
export async function keepKnownWeeks(db: Db, now: Date): Promise<void> {
  for (const program of await listPrograms(db)) {
    await keepWeeksOf(db, program, now).catch((error: unknown) => {
      if (!isHeldUp(error)) throw error;
    });
  }
}

async function keepWeeksOf(db: Db, program: Program, now: Date): Promise<void> {
  const bounds = await weeksOfProgram(db, program, now);
  if (bounds.length < 2) return;
  const { counted, other } = await completeWeeks(db, program, bounds);
  if (counted.length + other.length === 0) return;
  await db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    await holdReportCounts(tx, program.id);
    // What was counted before somebody else's change may not be so any more.
    const anew = await completeWeeks(tx, program, bounds);
    await storeWeeks(tx, program.id, anew.counted);
    await dropStoredWeeks(tx, program.id, anew.other);
  });
}
