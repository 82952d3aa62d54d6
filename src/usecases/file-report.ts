import type { Db } from '../db/client.ts';
import { type Defect, findDefect } from '../db/defects.ts';
import type { Program } from '../db/programs.ts';
import { findReportBySourceKey } from '../db/reports.ts';
import { AlreadyReported, type IncomingReport, joinDefect, openDefect } from './record-report.ts';

export type Filed = { kind: 'filed' | 'joined' | 'repeated'; defect: Defect };

/** Files one report: as a new defect, or joined to one that the reporter recognised. The same delivery twice files once. */
export async function fileReport(
  db: Db,
  program: Program,
  incoming: IncomingReport,
  joinDefectId?: number,
): Promise<Filed> {
  try {
    return await db.transaction(async (tx) =>
      joinDefectId === undefined
        ? { kind: 'filed' as const, defect: await openDefect(tx, program, incoming) }
        : { kind: 'joined' as const, defect: await joinDefect(tx, program, joinDefectId, incoming) },
    );
  } catch (error) {
    if (!(error instanceof AlreadyReported)) throw error;
    const report = await findReportBySourceKey(db, program.id, incoming.source, incoming.sourceKey);
    const defect = report && (await findDefect(db, program.id, report.defectId));
    if (!defect) throw error;
    return { kind: 'repeated', defect };
  }
}
