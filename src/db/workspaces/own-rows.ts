import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../engine/client.ts';
import { EVERY_TABLE } from '../schema/every-table.ts';
import { SECRET_COLUMNS } from '../schema/secret-columns.ts';
import { rowsOf } from './rows-of.ts';

/** A row with the names that the database has for its table and its columns, without those that are secret. */
export type OwnRow = { table: string; row: Readonly<Record<string, unknown>> };

const BATCH = 500;

/** Every row of a workspace, table by table: what a row belongs to comes before it. In one transaction it is one moment. */
export async function* listOwnRows(tx: Db, workspaceId: string): AsyncGenerator<OwnRow> {
  for (const table of EVERY_TABLE) {
    const columns = openColumns(table);
    for (let offset = 0; ; offset += BATCH) {
      const rows = await tx
        .select(columns)
        .from(table)
        .where(rowsOf(tx, table, workspaceId))
        .orderBy(...keyOf(table))
        .limit(BATCH)
        .offset(offset);
      for (const row of rows) yield { table: getTableName(table), row };
      if (rows.length < BATCH) break;
    }
  }
}

function openColumns(table: PgTable): Record<string, PgColumn> {
  const columns = Object.values(getTableColumns(table) as Record<string, PgColumn>);
  return Object.fromEntries(
    columns.filter((column) => !SECRET_COLUMNS.includes(column)).map((column) => [column.name, column]),
  );
}

function keyOf(table: PgTable): PgColumn[] {
  const own = Object.values(getTableColumns(table) as Record<string, PgColumn>).filter(({ primary }) => primary);
  return own.length > 0 ? own : (getTableConfig(table).primaryKeys[0]?.columns ?? []);
}
