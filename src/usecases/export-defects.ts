import type { Db } from '../db/client.ts';
import { listAllDefects } from '../db/defects.ts';
import type { Program } from '../db/programs.ts';
import { describeDefect } from './describe-defect.ts';

const COLUMNS = [
  'key',
  'title',
  'area',
  'severity',
  'state',
  'owner',
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

/** Every defect of the program as CSV (RFC 4180), the hottest first. */
export async function exportDefects(db: Db, program: Program, now: Date): Promise<{ csv: string; count: number }> {
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

/** Rows as CSV (RFC 4180). */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((cells) => cells.map(csvCell).join(',')).join('\r\n');
}

/** A cell that a spreadsheet would run as a formula starts with an apostrophe instead. */
function csvCell(value: string | number | null): string {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
