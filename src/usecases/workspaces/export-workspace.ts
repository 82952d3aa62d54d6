import { insertAudit } from '../../db/programs/audit.ts';
import { listPrograms } from '../../db/programs/programs.ts';
import { listOwnRows } from '../../db/workspaces/own-rows.ts';
import type { Db } from '../doing.ts';

export type ExportedRows = { total: number; byTable: Readonly<Record<string, number>> };

/**
 * Hands on every row of a workspace as a line of JSON, as all of them stood at one moment, and writes down in the audit of
 * each of its programs that it was done.
 */
export async function exportWorkspace(
  db: Db,
  workspaceId: string,
  write: (line: string) => Promise<unknown>,
  now: Date,
): Promise<ExportedRows> {
  const byTable: Record<string, number> = {};
  let total = 0;
  await db.transaction(
    async (transaction) => {
      for await (const own of listOwnRows(transaction as unknown as Db, workspaceId)) {
        await write(`${JSON.stringify(own)}\n`);
        byTable[own.table] = (byTable[own.table] ?? 0) + 1;
        total += 1;
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  for (const { id } of await listPrograms(db, workspaceId)) {
    const exported = { kind: 'exported', subject: 'the whole workspace', before: null, after: total } as const;
    await insertAudit(db, id, { by: null, now }, [exported]);
  }
  return { total, byTable };
}
