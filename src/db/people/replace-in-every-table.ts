import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { type Db, rows } from '../engine/client.ts';
import { EVERY_TABLE } from '../schema/every-table.ts';

/**
 * Replaces what a pattern of PostgreSQL finds in every column of every table of a workspace, in lists and in JSON too; not
 * in columns of the names in `except`. Answers how many rows of each table had it.
 */
export async function replaceInEveryTable(
  tx: Db,
  workspaceId: string,
  { pattern, by, except = [] }: { pattern: string; by: string; except?: readonly string[] },
): Promise<Map<string, number>> {
  const replaced = new Map<string, number>();
  for (const table of EVERY_TABLE) {
    const scope = scopeOf(table, workspaceId);
    const texts = Object.values(getTableColumns(table)).filter(
      (column) => isText(column.getSQLType()) && !except.includes(column.name),
    );
    if (!scope || texts.length === 0) continue;
    const having = texts.map((column) => sql`${column}::text ~ ${pattern}`);
    const values = texts.map((column) => {
      const given = sql`regexp_replace(${column}::text, ${pattern}, ${by}, 'g')`;
      return sql`${sql.identifier(column.name)} = ${given}::${sql.raw(column.getSQLType())}`;
    });
    const changed = await rows(
      tx,
      sql`update ${table} set ${sql.join(values, sql`, `)}
          where ${scope} and (${sql.join(having, sql` or `)}) returning 1 as one`,
    );
    if (changed.length > 0) replaced.set(getTableName(table), changed.length);
  }
  return replaced;
}

function isText(type: string): boolean {
  return type === 'text' || type === 'jsonb' || type === 'text[]';
}

const SCOPES: readonly (readonly [column: string, of: (workspaceId: string) => SQL])[] = [
  ['workspace_id', (id) => sql`${id}`],
  ['program_id', (id) => sql`select id from programs where workspace_id = ${id}`],
  ['defect_id', (id) => ofPrograms('defects', id)],
  ['report_id', (id) => ofPrograms('reports', id)],
  ['triage_id', (id) => ofPrograms('triages', id)],
  ['tranche_id', (id) => ofPrograms('tranches', id)],
  ['schedule_id', (id) => ofPrograms('schedules', id)],
  ['source_id', (id) => ofPrograms('signal_sources', id)],
  ['area_id', (id) => ofPrograms('areas', id)],
];

function ofPrograms(table: string, workspaceId: string): SQL {
  return sql`select id from ${sql.identifier(table)} where program_id in (
    select id from programs where workspace_id = ${workspaceId})`;
}

/** Which rows of a table are a workspace's; undefined for the list of workspaces itself. */
function scopeOf(table: PgTable, workspaceId: string): SQL | undefined {
  const names = Object.values(getTableColumns(table)).map(({ name }) => name);
  const found = SCOPES.find(([column]) => names.includes(column));
  return found && sql`${sql.identifier(found[0])} in (${found[1](workspaceId)})`;
}
