import { deleteOldAudit, eraseOldReporters, eraseOldWords } from '../../../db/programs/program-retention.ts';
import { listPrograms } from '../../../db/programs/programs.ts';
import { DAY_MS } from '../../../domain/time/durations.ts';
import type { Db } from '../../doing.ts';

const BATCH = 500;
// What is left over goes the next day.
const MOST_BATCHES = 40;

/** Erases and deletes what each program wants to be rid of by now, in small batches. Answers how many of each. */
export async function dropByProgram(db: Db, now: Date): Promise<Record<string, number>> {
  const dropped = { 'words of reports': 0, reporters: 0, 'audit entries': 0 };
  for (const { id: programId, reportWordsDays, auditDays } of await listPrograms(db)) {
    const daysAgo = (days: number) => ({ programId, before: new Date(now.getTime() - days * DAY_MS) });
    if (reportWordsDays !== null) {
      const old = daysAgo(reportWordsDays);
      dropped['words of reports'] += await inBatches(() => eraseOldWords(db, old, BATCH, now));
      dropped.reporters += await eraseOldReporters(db, programId);
    }
    const old = daysAgo(auditDays);
    dropped['audit entries'] += await inBatches(() => deleteOldAudit(db, old, BATCH));
  }
  return Object.fromEntries(Object.entries(dropped).filter(([, count]) => count > 0));
}

async function inBatches(drop: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const dropped = await drop();
    total += dropped;
    if (dropped < BATCH) break;
  }
  return total;
}
