import type { Db } from '../../db/engine/client.ts';
import { listAreas, type Program } from '../../db/programs/programs.ts';
import { listAllReports } from '../../db/reports/reports.ts';
import { csvOf } from '../../domain/text/csv-cell.ts';

const COLUMNS = [
  'key',
  'seen_at',
  'filed_at',
  'reporter',
  'reporter_name',
  'source',
  'title',
  'description',
  'area',
  'severity',
  'accounts',
  'support_tickets',
  'environment',
  'vendor',
  'link',
  'occurrences',
] as const;

/**
 * Every report of the program as CSV, the first seen first.
 *
 * @param names of people by their Slack ids, where they are known
 */
export async function exportReports(
  db: Db,
  program: Program,
  names: ReadonlyMap<string, string>,
): Promise<{ csv: string; count: number }> {
  const areas = new Map((await listAreas(db, program.id)).map(({ id, name }) => [id, name]));
  const found = await listAllReports(db, program.id);
  const lines = found.map(({ report, number }) => [
    `D-${number}`,
    report.seenAt.toISOString(),
    report.filedAt.toISOString(),
    report.reporterId,
    names.get(report.reporterId) ?? '',
    report.source,
    report.title,
    report.description,
    areas.get(report.areaId) ?? '',
    report.severity,
    report.affected,
    report.supportTickets,
    report.environment,
    report.vendor,
    report.link,
    report.occurrences,
  ]);
  return { csv: csvOf([COLUMNS, ...lines]), count: found.length };
}
