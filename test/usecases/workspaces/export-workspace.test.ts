import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { EVERY_TABLE } from '../../../src/db/schema/every-table.ts';
import { maintenanceDays } from '../../../src/db/schema/messages.ts';
import { SECRET_COLUMNS } from '../../../src/db/schema/secret-columns.ts';
import { exportWorkspace } from '../../../src/usecases/workspaces/export-workspace.ts';
import { MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { fillEveryTable } from '../../fill-every-table.ts';

const columnsOf = (table: PgTable) => Object.entries(getTableColumns(table) as Record<string, PgColumn>);

describe.each(databases)('the export of a workspace on $name', ({ open }) => {
  let database: OpenDatabase;
  let db: Db;
  beforeEach(async () => {
    database = await open();
    db = database.db;
  });
  afterEach(() => database.close());

  const exported = async (workspaceId: string) => {
    const lines: string[] = [];
    const write = async (line: string) => lines.push(line);
    const rows = await exportWorkspace(db, workspaceId, write, MONDAY);
    return { rows, lines: lines.map((line) => JSON.parse(line) as { table: string; row: Record<string, unknown> }) };
  };

  it('has every row of it, each in the names of the schema, and none of its neighbour', async () => {
    const own = await fillEveryTable(db, 'TONE');
    await fillEveryTable(db, 'TTWO');
    const { lines, rows } = await exported('TONE');
    const ofOneWorkspace = EVERY_TABLE.filter((table) => table !== maintenanceDays);
    const expected = ofOneWorkspace.map((table) => ({
      table: getTableName(table),
      row: Object.fromEntries(
        columnsOf(table)
          .filter(([, column]) => !SECRET_COLUMNS.includes(column))
          .map(([key, column]) => [column.name, own.get(getTableName(table))?.[key] ?? null]),
      ),
    }));
    expect(lines).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(rows.total).toBe(ofOneWorkspace.length);
    expect(Object.keys(rows.byTable)).toEqual(ofOneWorkspace.map((table) => getTableName(table)));
  });

  it('has more rows of a table than are read at once, each one time', async () => {
    await fillEveryTable(db, 'TONE');
    const people = EVERY_TABLE.find((table) => getTableName(table) === 'people');
    const many = Array.from({ length: 1_001 }, (_, i) => ({
      workspaceId: 'TONE',
      userId: `U${i}`,
      name: `Person ${i}`,
      timeZone: 'UTC',
      refreshedAt: MONDAY,
    }));
    if (people) await db.insert(people).values(many);
    const { lines } = await exported('TONE');
    const ids = lines.filter(({ table }) => table === 'people').map(({ row }) => row.user_id);
    expect(new Set(ids).size).toBe(1_002);
    expect(ids).toHaveLength(1_002);
  });

  it('holds no token, no secret and no address that opens anything', async () => {
    await fillEveryTable(db, 'TONE');
    const { lines } = await exported('TONE');
    const named = lines.flatMap(({ table, row }) => Object.keys(row).map((column) => `${table}.${column}`));
    expect(named.filter((name) => /token|secret|hash/.test(name))).toEqual(['installations.token_expires_at']);
  });

  it('of one that is not there has no row', async () => {
    await fillEveryTable(db, 'TONE');
    expect(await exported('TNONE')).toEqual({ rows: { total: 0, byTable: {} }, lines: [] });
  });
});
