import type { Mrkdwn } from '../../blocks/kit/mrkdwn.ts';
import { findDefect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { findReportBySourceKey } from '../../db/reports/reports.ts';
import { whatNow } from './what-now.ts';

export type Reported = { number: number; title: string; by: string; whatNow: Mrkdwn };

/** The defect that a Slack message was reported as; null where it has not been. */
export async function findReported(db: Db, program: Program, sourceKey: string, now: Date): Promise<Reported | null> {
  const report = await findReportBySourceKey(db, program.id, 'slack', sourceKey);
  const defect = report && (await findDefect(db, program.id, report.defectId));
  if (!report || !defect) return null;
  const { number, title } = defect;
  return { number, title, by: report.reporterId, whatNow: await whatNow(db, program, defect, null, now) };
}
