import { insertAudit, listWholeAudit } from '../../db/programs/audit.ts';
import { csvOf } from '../../domain/csv-cell.ts';
import type { AuditValue } from '../../domain/programs/audit.ts';
import { exportDefects } from '../defects/export-defects.ts';
import type { Db, Doing, Program } from '../doing.ts';

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
    const { csv, count } = await exportDefects(tx, program, doing.now);
    await insertAudit(tx, program.id, doing, [
      { kind: 'exported', subject: 'all defects', before: null, after: count },
    ]);
    const defects = { filename: `defects-${on}.csv`, title: `${program.name}: ${count} defects`, content: csv };
    if (!withAudit) return { files: [defects], count };
    const audit = {
      filename: `audit-${on}.csv`,
      title: `${program.name}: audit`,
      content: await auditCsv(tx, program),
    };
    return { files: [defects, audit], count };
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
