import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPostgres, rows } from '../../../src/db/engine/client.ts';
import { preparedStatements } from '../../../src/db/engine/prepared-statements.ts';
import { databases } from '../../databases.ts';

describe('a statement', () => {
  it('is prepared when it comes again, not the first time', () => {
    const isPrepared = preparedStatements();
    const asked = ['select $1', 'select $1, 2', 'select $1', 'select $1'].map((statement) => isPrepared(statement));
    expect(asked).toEqual([false, false, true, true]);
  });

  it.each([
    'with found as (select $1) select * from found',
    `insert into t values ${'($1, $2), '.repeat(400)}($1, $2)`,
  ])('is planned for its values each time where that pays: %.30s', (statement) => {
    const isPrepared = preparedStatements();
    expect([1, 2, 3].map(() => isPrepared(statement))).toEqual([false, false, false]);
  });

  it('is not kept for ever: the server holds three hundred at most, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2_000), { minLength: 3_000, maxLength: 6_000 }), (asked) => {
        const isPrepared = preparedStatements();
        const prepared = new Set(asked.filter((n) => isPrepared(`select $1, ${n}`)));
        return prepared.size <= 300;
      }),
      { numRuns: 10 },
    );
  });

  it('stays prepared on the server, whose answer is the same, also after its table has changed', async () => {
    const [, onServer] = databases;
    const own = await onServer?.openNew();
    const { db, close } = await openPostgres(own?.url ?? '', { poolSize: 1 });
    await db.execute(sql`create table kept (n int, word text)`);
    await db.execute(sql`insert into kept values (1, 'one')`);
    const ask = () => rows<object>(db, sql`select * from kept where n = ${1}`);
    const answers = [await ask(), await ask(), await ask()];
    expect(answers).toEqual(Array(3).fill([{ n: 1, word: 'one' }]));
    const held = await rows<{ statement: string }>(db, sql`select statement from pg_prepared_statements`);
    expect(held.filter(({ statement }) => statement.includes('from kept'))).toHaveLength(1);
    await db.execute(sql`alter table kept add column more int default 7`);
    expect(await ask()).toEqual([{ n: 1, word: 'one', more: 7 }]);
    await close();
    // For a pooler between that hands each statement to another connection.
    const pooled = await openPostgres(`${own?.url}?prepare=false`, { poolSize: 1 });
    for (let i = 0; i < 3; i += 1) await rows(pooled.db, sql`select * from kept where n = ${i}`);
    expect(await rows(pooled.db, sql`select from pg_prepared_statements`)).toEqual([]);
    await pooled.close();
    await own?.close();
  });
});
