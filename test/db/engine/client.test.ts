// @module-tag slow
import { getTableName, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Db, type OpenDatabase, openPostgres, rows } from '../../../src/db/engine/client.ts';
import { EVERY_TABLE } from '../../../src/db/schema/every-table.ts';
import { databases } from '../../databases.ts';

describe.each(databases)('on $name', ({ open }) => {
  let database: OpenDatabase & { url?: string };
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('compares titles by trigrams', async () => {
    const [row] = await rows<{ same: number }>(
      database.db,
      sql`select similarity('webhook times out', 'webhook timed out')::float8 as same`,
    );
    expect(row?.same).toBeGreaterThan(0.6);
  });

  it('has every table on the list of all tables, and no other', async () => {
    const found = await rows<{ name: string }>(
      database.db,
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    expect(found.map(({ name }) => name).sort()).toEqual(EVERY_TABLE.map((table) => getTableName(table)).sort());
  });

  it('lets the rest of the process have its turn during a long transaction', async () => {
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    await database.db.transaction(async (tx) => {
      for (let n = 0; n < 120; n += 1) await rows(tx as unknown as Db, sql`select ${n}::int`);
    });
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  it('tells how many connections are in use, are idle, and are waited for', async () => {
    const { db, load } = database;
    const idle = load?.();
    const size = idle?.idle ?? 0;
    const others: Promise<unknown>[] = [];
    const busy = await db.transaction(async (transaction) => {
      const tx = transaction as unknown as Db;
      // The others wait for this lock, so that none of them is done before it is looked.
      await rows(tx, sql`select pg_advisory_xact_lock(77)`);
      for (let n = 0; n < 6; n += 1) others.push(rows(db, sql`select pg_advisory_xact_lock_shared(77)`));
      await rows(tx, sql`select 1`);
      return load?.();
    });
    await Promise.all(others);
    expect(idle).toEqual({ inUse: 0, idle: size, waiting: 0 });
    expect(busy).toEqual({ inUse: size, idle: 0, waiting: 7 - size });
    expect(load?.()).toEqual(idle);
  });

  it('keeps the level of a defect without reports, minus infinity, as it is', async () => {
    const [row] = await rows<{ level: number }>(database.db, sql`select ${Number.NEGATIVE_INFINITY}::float8 as level`);
    expect(Number(row?.level)).toBe(Number.NEGATIVE_INFINITY);
  });
});

it('several replicas that start at once migrate one PostgreSQL database without a collision', async () => {
  const postgresDatabase = databases[1];
  if (!postgresDatabase) throw new Error('no PostgreSQL to test on');
  const first = await postgresDatabase.openNew();
  if (!('url' in first) || !first.url) throw new Error('no address');
  await first.db.execute(sql`drop schema public cascade`);
  await first.db.execute(sql`drop schema drizzle cascade`);
  await first.db.execute(sql`create schema public`);
  const url = first.url;
  const replicas = await Promise.all(Array.from({ length: 4 }, () => openPostgres(url, { poolSize: 1 })));
  const [row] = await rows<{ tables: number }>(
    first.db,
    sql`select count(*)::int as tables from information_schema.tables where table_schema = 'public'`,
  );
  await Promise.all(replicas.map(({ close }) => close()));
  await first.close();
  expect(row?.tables).toBeGreaterThan(15);
});
