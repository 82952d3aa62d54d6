import type { Db } from '../../db/engine/client.ts';
import { listProgramsById } from '../../db/programs/programs.ts';
import { listStaleTriages, listTriageItems, lockOpenTriage, markTriageShown } from '../../db/triage/triages.ts';
import { updateThread } from './render-triage.ts';

/**
 * Shows in every open thread what has happened elsewhere since: a report that joined, a new owner, a merge. Each program
 * in a transaction of its own.
 *
 * @param afterEventId up to which event every thread has been brought up to date
 */
export async function refreshTriages(db: Db, now: Date, afterEventId = 0): Promise<void> {
  const stale = await listStaleTriages(db, afterEventId);
  const programs = await listProgramsById(
    db,
    stale.map(({ programId }) => programId),
  );
  for (const { id, programId } of stale) {
    const program = programs.get(programId);
    if (!program) continue;
    await db.transaction(async (tx) => {
      const triage = await lockOpenTriage(tx, programId);
      if (triage?.id !== id) return;
      await updateThread(tx, program, triage, await listTriageItems(tx, id), now);
      await markTriageShown(tx, triage);
    });
  }
}
