// @module-tag slow
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { type Db, openPostgres, rows } from '../../../src/db/engine/client.ts';
import { databases } from '../../databases.ts';

let database: { db: Db; url?: string; close: () => Promise<void> };
let losses = 0;
let bot: { db: Db; close: () => Promise<void> };
let operator: postgres.Sql;

beforeEach(async () => {
  const [, onServer] = databases;
  if (!onServer) throw new Error('no PostgreSQL to test on');
  database = await onServer.openNew();
  losses = 0;
  bot = await openPostgres(database.url ?? '', { poolSize: 4, onConnectionLost: () => (losses += 1) });
  operator = postgres(`${inject('postgresUrl')}/postgres`, { max: 1, onnotice: () => {} });
  await bot.db.execute(sql`create table written (n int, step int)`);
});
afterEach(async () => {
  await operator.end();
  await bot.close();
  await database.close();
});

/** Ends every connection to the test's database, as a restart of the server does. */
async function cut(): Promise<void> {
  const name = new URL(database.url ?? '').pathname.slice(1);
  await operator`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
}

const writtenBy = async (db: Db) =>
  rows<{ n: number; copies: number }>(db, sql`select n, count(*)::int as copies from written group by n order by n`);

it('makes every transaction whole and exactly once while its connections are cut', async () => {
  const all = Array.from({ length: 120 }, (_, n) => n);
  let isDone = false;
  const cutting = (async () => {
    for (let cuts = 0; !isDone && cuts < 12; cuts += 1) {
      await cut();
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  })();
  await Promise.all(
    all.map((n) =>
      bot.db.transaction(async (tx) => {
        await tx.execute(sql`insert into written values (${n}, 1)`);
        await tx.execute(sql`select pg_sleep(0.02)`);
        await tx.execute(sql`insert into written values (${n}, 2)`);
      }),
    ),
  );
  isDone = true;
  await cutting;
  expect(losses).toBeGreaterThan(2);
  expect(await writtenBy(bot.db)).toEqual(all.map((n) => ({ n, copies: 2 })));
});

it('answers what is read while its connections are cut', async () => {
  const reads = Array.from({ length: 60 }, (_, n) =>
    rows<{ n: number }>(bot.db, sql`select ${n}::int as n, pg_sleep(0.02)::text as slept`),
  );
  await cut();
  const answers = (await Promise.all(reads)).map(([row]) => row?.n);
  expect(answers).toEqual(Array.from({ length: 60 }, (_, n) => n));
});

it('undoes a transaction that throws, and keeps the rest of one whose savepoint throws', async () => {
  const work = bot.db.transaction(async (tx) => {
    await tx.execute(sql`insert into written values (1, 1)`);
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  await bot.db.transaction(async (tx) => {
    await tx.execute(sql`insert into written values (2, 1)`);
    await tx
      .transaction(async (inner) => {
        await inner.execute(sql`insert into written values (3, 1)`);
        throw new Error('not this one');
      })
      .catch(() => {});
  });
  expect(await writtenBy(bot.db)).toEqual([{ n: 2, copies: 1 }]);
  expect(losses).toBe(0);
});

it('makes one of two transactions again that wait for each other', async () => {
  await bot.db.execute(sql`insert into written values (1, 0), (2, 0)`);
  const raise = (first: number, second: number) =>
    bot.db.transaction(async (tx) => {
      await tx.execute(sql`update written set step = step + 1 where n = ${first}`);
      await tx.execute(sql`select pg_sleep(0.1)`);
      await tx.execute(sql`update written set step = step + 1 where n = ${second}`);
    });
  await Promise.all([raise(1, 2), raise(2, 1)]);
  const steps = await rows<{ step: number }>(bot.db, sql`select step from written order by n`);
  expect(steps.map(({ step }) => step)).toEqual([2, 2]);
});

it('begins with transactions, more at once than it has connections', async () => {
  const fresh = await openPostgres(database.url ?? '', { poolSize: 2 });
  const insert = (n: number) => fresh.db.transaction((tx) => tx.execute(sql`insert into written values (${n}, 1)`));
  await Promise.all([1, 2, 3, 4, 5].map(insert));
  expect(await writtenBy(fresh.db)).toHaveLength(5);
  await fresh.close();
});
