import { listPeople } from '../../db/people/people.ts';
import { insertAudit, listWholeAudit } from '../../db/programs/audit.ts';
import type { AuditValue } from '../../domain/programs/audit.ts';
import { csvOf } from '../../domain/text/csv-cell.ts';
import { exportDefects } from '../defects/export-defects.ts';
import type { Db, Doing, Program } from '../doing.ts';
import { exportReports } from '../reports/export-reports.ts';

export type ExportedFile = { filename: string; title: string; content: string };

const AUDIT_COLUMNS = ['at', 'by', 'kind', 'subject', 'before', 'after'] as const;

/**
 * The program as CSV files, and a line in the audit of who took how many rows. The audit itself is only for leads; the
 * line of this export is its last.
 */
export async function exportProgram(
  db: Db,
  program: Program,
  { withAudit }: { withAudit: boolean },
  doing: Doing,
): Promise<{ files: ExportedFile[]; count: number }> {
  const on = doing.now.toISOString().slice(0, 10);
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const people = await listPeople(tx, program.workspaceId);
    const names = new Map(people.map(({ userId, name }) => [userId, name]));
    const { csv, count } = await exportDefects(tx, program, names, doing.now);
    const reported = await exportReports(tx, program, names);
    await insertAudit(tx, program.id, doing, [
      { kind: 'exported', subject: 'all defects', before: null, after: count },
    ]);
    const defects = { filename: `defects-${on}.csv`, title: `${program.name}: ${count} defects`, content: csv };
    const reports = {
      filename: `reports-${on}.csv`,
      title: `${program.name}: ${reported.count} reports`,
      content: reported.csv,
    };
    if (!withAudit) return { files: [defects, reports], count };
    const audit = {
      filename: `audit-${on}.csv`,
      title: `${program.name}: audit`,
      content: await auditCsv(tx, program),
    };
    return { files: [defects, reports, audit], count };
  });
}

async function auditCsv(db: Db, program: Program): Promise<string> {
  const entries = await listWholeAudit(db, program.id);
  const lines = entries.map(({ at, by, kind, subject, before, after }) => [
    at.toISOString(),
    by,
    kind,
    subject,
    valueCell(before),
    valueCell(after),
  ]);
  return csvOf([AUDIT_COLUMNS, ...lines]);
}

function valueCell(value: AuditValue): string | number | null {
  return typeof value === 'object' && value !== null ? value.join(' ') : value;
}
