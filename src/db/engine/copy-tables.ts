import { count, getTableColumns, getTableName, sql } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { OperatorError } from '../../domain/errors/operator-error.ts';
import { EVERY_TABLE } from '../schema/every-table.ts';
import type { Db } from './client.ts';

export type Copied = { table: string; from: number; to: number };

const BATCH = 500;

/** Copies every row into an empty database, in one transaction, and counts both sides. Throws where it is not empty. */
export async function copyTables(from: Db, to: Db): Promise<Copied[]> {
  return to.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    const copied: Copied[] = [];
    for (const table of parentsFirst()) {
      if ((await countRows(tx, table)) > 0) throw new NotEmpty(getTableName(table));
      await copyRows(from, tx, table);
      copied.push({
        table: getTableName(table),
        from: await countRows(from, table),
        to: await countRows(tx, table),
      });
    }
    const wrong = copied.find((one) => one.from !== one.to);
    if (wrong) throw new Error(`${wrong.table} has ${wrong.from} rows, and ${wrong.to} arrived. Nothing was kept.`);
    return copied;
  });
}

/** Somebody has used the target already. */
export class NotEmpty extends OperatorError {
  constructor(table: string) {
    super(`The database to move to is not empty: ${table} has rows. Move into a new one.`);
  }
}

async function copyRows(from: Db, tx: Db, table: PgTable): Promise<void> {
  const columns: Record<string, PgColumn> = getTableColumns(table) as Record<string, PgColumn>;
  const { primaryKeys, foreignKeys } = getTableConfig(table);
  const own = Object.values(columns).filter(({ primary }) => primary);
  const key = own.length > 0 ? own : (primaryKeys[0]?.columns ?? []);
  // A row may name one that comes later.
  const toSelf = foreignKeys.flatMap((one) => {
    const { columns: local, foreignTable } = one.reference();
    return foreignTable === table ? Object.keys(columns).filter((name) => local.some((c) => c === columns[name])) : [];
  });
  const later: Record<string, unknown>[] = [];
  for (let offset = 0; ; offset += BATCH) {
    const rows: Record<string, unknown>[] = await from
      .select()
      .from(table)
      .orderBy(...key)
      .limit(BATCH)
      .offset(offset);
    if (rows.length === 0) break;
    later.push(...rows.filter((row) => toSelf.some((name) => row[name] !== null)));
    const values = rows.map((row) => ({ ...row, ...Object.fromEntries(toSelf.map((name) => [name, null])) }));
    await tx.insert(table).overridingSystemValue().values(values);
    if (rows.length < BATCH) break;
  }
  for (const row of later) {
    const same = sql.join(
      key.map((column) => sql`${column} = ${row[propertyOf(columns, column)]}`),
      sql` and `,
    );
    await tx
      .update(table)
      .set(Object.fromEntries(toSelf.map((name) => [name, row[name]])))
      .where(same);
  }
  if (columns.id?.columnType.startsWith('PgBigInt'))
    await tx.execute(sql`select setval(pg_get_serial_sequence(${getTableName(table)}, 'id'),
      greatest(1, (select coalesce(max(id), 0) from ${table})), (select count(*) > 0 from ${table}))`);
}

function propertyOf(columns: Record<string, PgColumn>, column: PgColumn): string {
  return Object.keys(columns).find((name) => columns[name] === column) ?? column.name;
}

async function countRows(db: Db, table: PgTable): Promise<number> {
  const [row] = await db.select({ rows: count() }).from(table);
  return row?.rows ?? 0;
}

/** Every table, after those that its rows refer to. */
function parentsFirst(): PgTable[] {
  const waiting = new Set(EVERY_TABLE);
  const placed: PgTable[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter((table) =>
      getTableConfig(table).foreignKeys.every((one) => {
        const parent = one.reference().foreignTable;
        return parent === table || !waiting.has(parent);
      }),
    );
    if (ready.length === 0) throw new Error('The tables refer to each other in a circle.');
    for (const table of ready) waiting.delete(table);
    placed.push(...ready);
  }
  return placed;
}
