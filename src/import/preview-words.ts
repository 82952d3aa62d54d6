import type { ImportedReport } from '../domain/import/imported-report.ts';
import { type ResolutionKind, readResolution } from '../domain/import/read-resolution.ts';
import { cutText } from '../domain/text/clean-text.ts';

const ROWS_SHOWN = 10;

const OUTCOMES: Record<ResolutionKind, string> = {
  fixed: 'claimed',
  duplicate: 'merged or dismissed',
  risk_accepted: 'risk accepted',
  not_a_defect: 'dismissed',
};

/** The first rows as they would become, one a line under a heading. */
export function previewWords(reports: readonly ImportedReport[]): string[] {
  const rows = reports.slice(0, ROWS_SHOWN).map(rowOf);
  const all = [['key', 'reported', 'severity', 'area', 'becomes', 'assigned', 'title'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function rowOf(report: ImportedReport): string[] {
  const { sourceId, reportedAt, severity, area, resolvedAt, resolution, assignee, title, occurrences } = report;
  const outcome = OUTCOMES[readResolution(resolution) ?? 'fixed'];
  return [
    cutText(sourceId, 20),
    instantWords(reportedAt),
    severity ?? 'S3, not told',
    cutText(area ?? '-', 20),
    resolvedAt ? `${outcome} ${instantWords(resolvedAt)}` : 'open',
    cutText(assignee ?? '-', 24),
    cutText(occurrences ? `${title} (${occurrences} times)` : title, 60),
  ];
}

function instantWords(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')}Z`;
}
