import type { ShownReport } from '../../blocks/defects/report-blocks.ts';
import type { Defect } from '../../db/defects/defects.ts';
import type { Program } from '../../db/programs/programs.ts';
import type { Report } from '../../db/reports/reports.ts';
import { verdictOn } from '../../domain/proof/regression-guard.ts';
import { localDateOn } from '../../domain/time/working-time.ts';
import { fixOfDefect } from '../proof/fix-of-defect.ts';

/** A stored report as it is read, with what it says of the latest fix of its defect. */
export function shownReport(report: Report, defect: Defect, program: Program): ShownReport {
  const { reporterId, title, description, severity, affected, supportTickets, occurrences, facts } = report;
  const fix = fixOfDefect(defect);
  return {
    ...{ reporterId, title, description, severity, affected, supportTickets, occurrences, facts },
    seenOn: localDateOn(report.seenAt, program.timeZone),
    isByPerson: report.source === 'slack' || report.source === 'sample',
    environment: report.environment,
    vendor: report.vendor,
    link: report.link,
    verdict: fix ? verdictOn(report, fix) : null,
  };
}
