import { REPORTS_PAGE, type ReportsPage } from '../../blocks/defects/report-blocks.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listReports } from '../../db/reports/reports.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { findOrRefuse } from './show-defect.ts';
import { shownReport } from './shown-report.ts';

/** A page of what was reported of a defect, the latest first. */
export async function readReports(
  db: Db,
  program: Program,
  number: number,
  offset: number,
  now: Date,
): Promise<ReportsPage> {
  const defect = await findOrRefuse(db, program, number);
  const shown = (await listReports(db, defect.id)).map((report) => shownReport(report, defect, program));
  const counting = shown.filter(({ verdict }) => verdict === 'counts').length;
  // Reports may have gone since the page was drawn.
  const from = offset < shown.length ? offset : 0;
  return {
    programId: program.id,
    number,
    title: defect.title,
    todayOn: localDateOn(now, program.timeZone),
    fix: defect.deployedAt && { on: localDateOn(defect.deployedAt, program.timeZone), counting },
    total: shown.length,
    offset: from,
    reports: shown.slice(from, from + REPORTS_PAGE),
  };
}
