import type { Db } from '../../db/engine/client.ts';
import { listPrograms } from '../../db/programs/programs.ts';
import { listStaleTriages, listTriageItems, lockOpenTriage, markTriageShown } from '../../db/triage/triages.ts';
import { updateThread } from './render-triage.ts';

/**
 * Shows in every open thread what has happened elsewhere since: a report that joined, a new owner, a merge. Each program
 * in a transaction of its own.
 */
export async function refreshTriages(db: Db, now: Date): Promise<void> {
  const stale = await listStaleTriages(db);
  if (stale.length === 0) return;
  const programs = new Map((await listPrograms(db)).map((program) => [program.id, program]));
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
