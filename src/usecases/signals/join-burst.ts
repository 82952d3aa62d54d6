import type { Defect } from '../../db/defects/defects.ts';
import type { Report } from '../../db/reports/reports.ts';
import { addToHeatLevel, reportWeight } from '../../domain/defects/rank.ts';
import { silentSince } from '../../domain/defects/silence.ts';
import { MOST_ACCOUNTS } from '../../domain/reports/counts.ts';
import type { ReportSignal } from '../../domain/signals/signal.ts';
import { SEVERITIES, type Severity } from '../../domain/vocabulary.ts';

/** What a source sees of one failure within this time of its report is the same incident. */
export const BURST_MS = 10 * 60_000;

/** Of the reports that a source has made of a failure, the latest that a signal could belong to the incident of. */
export function reportOfBurst(reports: readonly Report[], { seenAt }: ReportSignal): Report | undefined {
  return reports
    .filter((report) => Math.abs(report.seenAt.getTime() - seenAt.getTime()) <= BURST_MS)
    .sort((a, b) => b.seenAt.getTime() - a.seenAt.getTime() || b.id - a.id)[0];
}

/** What comes after a fix was deployed, or from elsewhere, is news and no part of what was seen before. */
export function isOfBurst(report: Report, { deployedAt }: Defect, signal: ReportSignal): boolean {
  if (report.environment !== signal.environment || report.vendor !== signal.vendor) return false;
  return !deployedAt || report.seenAt > deployedAt === signal.seenAt > deployedAt;
}

/** What an occurrence has that none before it in the burst had. */
export type NewInBurst = { account: boolean; start: boolean };

/** Counts an occurrence into its report: an account not seen before is affected too, and the worst severity stays. */
export function growReport(report: Report, signal: ReportSignal, usual: Severity, isNew: NewInBurst): Report {
  const affected =
    signal.account === null
      ? Math.max(report.affected, signal.affected)
      : Math.min(MOST_ACCOUNTS, report.affected + (isNew.account ? 1 : 0));
  const severity = worse(report.severity, signal.severity ?? usual);
  const weight = reportWeight({ severity, affected, supportTickets: report.supportTickets });
  return {
    ...report,
    occurrences: report.occurrences + 1,
    starts: (report.starts ?? 1) + (isNew.start ? 1 : 0),
    affected,
    severity,
    weight,
  };
}

/** What a grown report makes of its defect. */
export function growDefect(
  defect: Defect,
  { before, grown, seenAt }: { before: Report; grown: Report; seenAt: Date },
  halfLifeDays: number,
  now: Date,
): Defect {
  const added = { weight: grown.weight - before.weight, seenAt: before.seenAt };
  const lastSeenAt = seenAt > defect.lastSeenAt ? seenAt : defect.lastSeenAt;
  return {
    ...defect,
    heatLevel: added.weight > 0 ? addToHeatLevel(defect.heatLevel, added, halfLifeDays) : defect.heatLevel,
    affectedTotal: defect.affectedTotal + grown.affected - before.affected,
    firstSeenAt: seenAt < defect.firstSeenAt ? seenAt : defect.firstSeenAt,
    lastSeenAt,
    // What comes late is ranked by its silence in the night.
    quietHalvings: lastSeenAt > silentSince(now) ? 0 : defect.quietHalvings,
  };
}

function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b;
}
