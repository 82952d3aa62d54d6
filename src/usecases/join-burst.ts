import { type Defect, updateDefect } from '../db/defects.ts';
import type { Program } from '../db/programs.ts';
import { type Report, updateReport } from '../db/reports.ts';
import { findReportOfBurst, hasAccount, insertOccurrence } from '../db/signal-occurrences.ts';
import type { SignalSource } from '../db/signal-sources.ts';
import { addToHeatLevel, reportWeight } from '../domain/rank.ts';
import type { ReportSignal } from '../domain/signals/signal.ts';
import { SEVERITIES, type Severity } from '../domain/vocabulary.ts';
import type { Db } from './doing.ts';
import { followMerges } from './record-report.ts';
import { weighReport } from './weigh-report.ts';

/** What a source sees of one failure within this time of its report is the same incident. */
const BURST_MS = 10 * 60_000;

export type JoinedBurst = { defect: Defect; occurrences: number };

/**
 * Counts an occurrence into the report that its source has just made of the same failure: the count rises, an account
 * not seen before is affected too, and the worst severity stays. Null where there is no such report, and where a fix was
 * deployed in between: what comes after it is news.
 */
export async function joinBurst(
  tx: Db,
  program: Program,
  source: SignalSource,
  signal: ReportSignal,
  now: Date,
): Promise<JoinedBurst | null> {
  const { key, account, fingerprint, seenAt } = signal;
  const from = new Date(seenAt.getTime() - BURST_MS);
  const to = new Date(seenAt.getTime() + BURST_MS);
  const report = await findReportOfBurst(tx, { programId: program.id, sourceId: source.id, fingerprint, from, to });
  if (!report || report.environment !== signal.environment || report.vendor !== signal.vendor) return null;
  const defect = await followMerges(tx, program, report.defectId);
  const { deployedAt } = defect;
  if (deployedAt && report.seenAt > deployedAt !== seenAt > deployedAt) return null;
  const isNewAccount = account !== null && !(await hasAccount(tx, report.id, account));
  const grown = grow(report, signal, source.severity, isNewAccount);
  await updateReport(tx, report.id, grown);
  await insertOccurrence(tx, { sourceId: source.id, key, reportId: report.id, account, startedAt: seenAt });
  const added = { weight: grown.weight - report.weight, seenAt: report.seenAt };
  const counted = await updateDefect(tx, defect.id, {
    heatLevel: added.weight > 0 ? addToHeatLevel(defect.heatLevel, added, program.halfLifeDays) : defect.heatLevel,
    affectedTotal: defect.affectedTotal + grown.affected - report.affected,
    firstSeenAt: seenAt < defect.firstSeenAt ? seenAt : defect.firstSeenAt,
    lastSeenAt: seenAt > defect.lastSeenAt ? seenAt : defect.lastSeenAt,
  });
  const weighed = await weighReport(tx, program, counted, { ...report, ...grown }, now);
  return { defect: weighed, occurrences: grown.occurrences };
}

function grow(report: Report, signal: ReportSignal, usual: Severity, isNewAccount: boolean) {
  const affected =
    signal.account === null ? Math.max(report.affected, signal.affected) : report.affected + (isNewAccount ? 1 : 0);
  const severity = worse(report.severity, signal.severity ?? usual);
  const weight = reportWeight({ severity, affected, supportTickets: report.supportTickets });
  return { occurrences: report.occurrences + 1, affected, severity, weight };
}

function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b;
}
