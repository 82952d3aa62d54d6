import type { ImportedReport } from './imported-report.ts';
import { type ResolutionKind, readResolution } from './read-resolution.ts';

/** Something that an imported history tells, at its own instant. */
export type Happening = Reported | Resolved;

/** `joins` is the source id of the earlier row whose defect this one belongs to. */
export type Reported = { kind: 'report'; at: Date; report: ImportedReport; joins?: string };

/**
 * `opens` tells whether the row is the first of its defect: others cannot close the defect for all of them. `isLone` that
 * no other row of the file has to do with it, so that it can be settled before or after them.
 */
export type Resolved = {
  kind: 'resolution';
  at: Date;
  sourceId: string;
  opens: boolean;
  isLone: boolean;
  means: ResolutionKind;
  duplicateOf?: string;
};

export type PlannedHistory = { happenings: Happening[]; notes: string[] };

/**
 * The reports of a file and what became of them, in the order of time whatever the order of the rows. A row of the same
 * class as an earlier one, or marked as a repeat of one, joins its defect; nothing else is grouped without a person.
 */
export function planHistory(reports: readonly ImportedReport[]): PlannedHistory {
  const reported = [...reports].sort((a, b) => a.reportedAt.getTime() - b.reportedAt.getTime());
  const rootOf = grouping();
  const ids = new Set(reported.map(({ sourceId }) => sourceId));
  const entangled = new Set<string>();
  const filed: Happening[] = [];
  const resolved: Resolved[] = [];
  const unknown = new Map<string, number>();
  for (const report of reported) {
    const joins = rootOf(report);
    const { duplicateOf } = report;
    if (joins !== undefined) entangled.add(joins);
    if (duplicateOf !== undefined && ids.has(duplicateOf)) entangled.add(report.sourceId).add(duplicateOf);
    const [first, last] = sightingsOf(report);
    filed.push({ kind: 'report', at: first.reportedAt, report: first, ...(joins === undefined ? {} : { joins }) });
    if (last) {
      const root = joins ?? report.sourceId;
      entangled.add(root);
      filed.push({ kind: 'report', at: last.reportedAt, report: last, joins: root });
    }
    const outcome = resolutionOf(report, joins === undefined);
    if (outcome) resolved.push(outcome);
    const { resolution } = report;
    if (outcome && readResolution(resolution) === undefined)
      unknown.set(resolution ?? '', (unknown.get(resolution ?? '') ?? 0) + 1);
  }
  // Stable, so that of one instant the reports come before what became of them.
  for (const one of resolved) one.isLone = one.opens && !entangled.has(one.sourceId);
  const happenings = [...filed, ...resolved].sort((a, b) => a.at.getTime() - b.at.getTime());
  const notes = [...unknown].map(([word, count]) => `${count} closed as "${word}", which is taken for fixed.`);
  return { happenings, notes };
}

/** Finds the first row of the group that each row belongs to; rows are asked about in the order of time. */
function grouping(): (report: ImportedReport) => string | undefined {
  const byId = new Map<string, string>();
  const byClass = new Map<string, string>();
  const byTarget = new Map<string, string>();
  return ({ sourceId, classKey, duplicateOf }) => {
    const joins =
      (classKey === undefined ? undefined : byClass.get(classKey)) ??
      (duplicateOf === undefined ? undefined : (byId.get(duplicateOf) ?? byTarget.get(duplicateOf)));
    const root = joins ?? sourceId;
    byId.set(sourceId, root);
    if (classKey !== undefined && !byClass.has(classKey)) byClass.set(classKey, root);
    if (duplicateOf !== undefined && !byTarget.has(duplicateOf)) byTarget.set(duplicateOf, root);
    return joins;
  };
}

/**
 * A report as it was first seen, and one of the last time where the tracker counts how often it was: what came in between
 * is counted with the last, and so are the accounts.
 */
function sightingsOf(report: ImportedReport): [ImportedReport, ImportedReport?] {
  const { lastSeenAt, occurrences = 1, sourceId } = report;
  if (!lastSeenAt || occurrences < 2 || lastSeenAt <= report.reportedAt) return [report];
  const last = { ...report, sourceId: `${sourceId} (last seen)`, reportedAt: lastSeenAt, occurrences: occurrences - 1 };
  return [{ ...report, occurrences: 1, affected: 0 }, last];
}

/** What became of a report. What was closed in a tracker is closed here, whatever the tracker calls it. */
function resolutionOf(report: ImportedReport, opens: boolean): Resolved | undefined {
  const { sourceId, reportedAt, resolution, duplicateOf } = report;
  const resolvedAt = report.resolvedAt ?? (resolution === undefined ? undefined : reportedAt);
  if (!resolvedAt) return undefined;
  const means = readResolution(resolution) ?? 'fixed';
  const target = means === 'duplicate' && duplicateOf !== undefined ? { duplicateOf } : {};
  return { kind: 'resolution', at: resolvedAt, sourceId, opens, isLone: false, means, ...target };
}
