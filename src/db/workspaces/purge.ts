import { and, asc, count, eq, getTableName, lte } from 'drizzle-orm';
import type { Db } from '../engine/client.ts';
import { EVERY_TABLE } from '../schema/every-table.ts';
import { workspaces } from '../schema/workspaces.ts';
import { rowsOf } from './rows-of.ts';

/** The workspaces that the app was taken away from before an instant. */
export async function listLeftBefore(db: Db, before: Date): Promise<string[]> {
  const found = await db
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(lte(workspaces.leftAt, before))
    .orderBy(asc(workspaces.leftAt));
  return found.map(({ id }) => id);
}

/** Whether the workspace left before an instant and has not come back; held until the transaction ends. */
export async function holdLeft(tx: Db, id: string, before: Date): Promise<boolean> {
  const held = await tx
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(and(eq(workspaces.id, id), lte(workspaces.leftAt, before)))
    .for('update');
  return held.length > 0;
}

/** Deletes everything of a workspace, itself included. Returns how many rows of each table. */
export async function deleteWorkspace(tx: Db, workspaceId: string): Promise<Record<string, number>> {
  const deleted: Record<string, number> = {};
  for (const table of [...EVERY_TABLE].reverse()) {
    const [found] = await tx
      .select({ rows: count() })
      .from(table)
      .where(rowsOf(tx, table, workspaceId));
    if (!found?.rows) continue;
    await tx.delete(table).where(rowsOf(tx, table, workspaceId));
    deleted[getTableName(table)] = found.rows;
  }
  return deleted;
}
