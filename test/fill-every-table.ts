import { randomUUID } from 'node:crypto';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../src/db/engine/client.ts';
import { EVERY_TABLE } from '../src/db/schema/every-table.ts';
import { MONDAY } from './builders.ts';

type Row = Record<string, unknown>;

// Columns that name a row of another table without a constraint that says so.
const NAMED: Readonly<Record<string, string>> = {
  program_id: 'programs',
  workspace_id: 'workspaces',
  defect_id: 'defects',
  report_id: 'reports',
  area_id: 'areas',
  triage_id: 'triages',
  tranche_id: 'tranches',
  source_id: 'signal_sources',
  schedule_id: 'schedules',
  term_id: 'terms',
  tracker_id: 'trackers',
  office_id: 'offices',
  a_id: 'defects',
  b_id: 'defects',
};

/** Writes one row of a workspace into every table of the schema, each with what the columns ask for. Returns them by table. */
export async function fillEveryTable(db: Db, workspaceId: string): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (const table of EVERY_TABLE) {
    const [row] = await db
      .insert(table)
      .values(valuesFor(table, workspaceId, rows))
      .returning();
    rows.set(getTableName(table), row as Row);
  }
  return rows;
}

function valuesFor(table: PgTable, workspaceId: string, rows: ReadonlyMap<string, Row>): Row {
  const name = getTableName(table);
  const isKey = (column: PgColumn) =>
    column.primary || getTableConfig(table).primaryKeys.some(({ columns }) => columns.includes(column));
  const entries = Object.entries(getTableColumns(table) as Record<string, PgColumn>).flatMap(([key, column]) => {
    if (column.generatedIdentity || !(column.notNull || isKey(column))) return [];
    if (column.name === 'id' && ['workspaces', 'installations'].includes(name)) return [[key, workspaceId]];
    const parent = rows.get(NAMED[column.name] ?? '');
    if (parent) return [[key, parent.id]];
    return column.hasDefault ? [] : [[key, valueFor(column)]];
  });
  return Object.fromEntries(entries);
}

let days = 0;

function valueFor({ columnType, dataType }: PgColumn): unknown {
  if (dataType === 'array') return [];
  if (dataType === 'json') return {};
  if (dataType === 'boolean') return false;
  if (dataType === 'number') return 1;
  if (columnType === 'PgDateString') return new Date(MONDAY.getTime() + days++ * 86_400_000).toISOString().slice(0, 10);
  if (columnType.startsWith('PgTimestamp')) return MONDAY;
  return randomUUID();
}
