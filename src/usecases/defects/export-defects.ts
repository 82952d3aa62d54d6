import { listAllDefects } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { csvOf } from '../../domain/text/csv-cell.ts';
import { describeDefect } from './describe-defect.ts';

const COLUMNS = [
  'key',
  'title',
  'area',
  'severity',
  'state',
  'owner',
  'owner_name',
  'due_on',
  'reports',
  'reporters',
  'accounts_affected',
  'support_tickets',
  'harm_per_week',
  'first_seen_at',
  'last_seen_at',
  'failed_fixes',
  'merged_into',
] as const;

/**
 * Every defect of the program as CSV (RFC 4180), the one that does most harm first.
 *
 * @param names of people by their Slack ids, where they are known
 */
export async function exportDefects(
  db: Db,
  program: Program,
  names: ReadonlyMap<string, string>,
  now: Date,
): Promise<{ csv: string; count: number }> {
  const defects = await listAllDefects(db, program.id);
  const numberOf = new Map(defects.map(({ id, number }) => [id, number]));
  const lines = defects.map((defect) => {
    const target = defect.mergedIntoId === null ? undefined : numberOf.get(defect.mergedIntoId);
    const facts = describeDefect(defect, program, now);
    return [
      `D-${facts.number}`,
      facts.title,
      facts.area,
      facts.severity,
      facts.state,
      facts.ownerId,
      names.get(facts.ownerId ?? '') ?? '',
      facts.dueOn,
      facts.reportCount,
      facts.reporterCount,
      facts.affectedTotal,
      facts.ticketTotal,
      facts.harmPerWeek.toFixed(2),
      defect.firstSeenAt.toISOString(),
      defect.lastSeenAt.toISOString(),
      facts.failedFixes,
      target ? `D-${target}` : '',
    ];
  });
  return { csv: csvOf([COLUMNS, ...lines]), count: defects.length };
}
