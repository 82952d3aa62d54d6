import type { Db } from '../db/engine/client.ts';
import type { Happening } from '../domain/import/plan-history.ts';
import { refreshRanks } from '../usecases/defects/refresh-ranks.ts';
import { type ImportRun, type ImportTally, importHappenings, newTally } from './import-history.ts';
import { judgeUpTo } from './judge-imported.ts';

/** Something stopped an import. The batches before are in, nothing of this one is, and the same import can be run again. */
export class ImportStopped extends Error {
  readonly done: number;

  constructor(done: number, cause: unknown) {
    super(`The import stopped after ${done} of its steps.`, { cause });
    this.name = 'ImportStopped';
    this.done = done;
  }
}

/** Imports a planned history, one transaction a batch, and judges at the end the fixes whose windows are over by `now`,
 * and ranks what has been silent since. */
export async function importReports(
  db: Db,
  run: ImportRun,
  happenings: readonly Happening[],
  options: { batch: number; now: Date; onProgress?: (done: number) => void },
): Promise<ImportTally> {
  const total = newTally();
  for (let done = 0; done < happenings.length; done += options.batch) {
    const batch = happenings.slice(done, done + options.batch);
    const tally = await importHappenings(db, run, batch).catch((error: unknown) => {
      throw new ImportStopped(done, error);
    });
    for (const key of Object.keys(total) as (keyof ImportTally)[]) total[key] += tally[key];
    options.onProgress?.(done + batch.length);
  }
  if (!run.isLive) await db.transaction((tx) => judgeUpTo(tx, run.program, run.judgements, options.now));
  await refreshRanks(db, options.now, { programId: run.program.id });
  return total;
}
