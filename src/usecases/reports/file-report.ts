import { type Defect, findDefect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import type { GroupingRule } from '../../db/grouping/grouping-rules.ts';
import type { Program } from '../../db/programs/programs.ts';
import { findReportBySourceKey } from '../../db/reports/reports.ts';
import { findRule } from '../grouping/find-rule.ts';
import { AlreadyReported, type IncomingReport, joinByRule, joinDefect, openDefect } from './record-report.ts';

/** `rule` is the one that the report joined by, where nobody had picked a defect. */
export type Filed = { kind: 'filed' | 'joined' | 'repeated'; defect: Defect; rule?: GroupingRule };

/**
 * Files one report: joined to the defect that the reporter recognised, else to that of a rule, else as a new one. The same
 * delivery twice files once.
 */
export async function fileReport(
  db: Db,
  program: Program,
  incoming: IncomingReport,
  joinDefectId?: number,
): Promise<Filed> {
  try {
    return await db.transaction(async (tx): Promise<Filed> => {
      if (joinDefectId !== undefined) {
        return { kind: 'joined', defect: await joinDefect(tx, program, joinDefectId, incoming) };
      }
      const rule = await findRule(tx, program, incoming);
      if (rule) return { kind: 'joined', defect: await joinByRule(tx, program, rule, incoming), rule };
      return { kind: 'filed', defect: await openDefect(tx, program, incoming) };
    });
  } catch (error) {
    if (!(error instanceof AlreadyReported)) throw error;
    const report = await findReportBySourceKey(db, program.id, incoming.source, incoming.sourceKey);
    const defect = report && (await findDefect(db, program.id, report.defectId));
    if (!defect) throw error;
    return { kind: 'repeated', defect };
  }
}
