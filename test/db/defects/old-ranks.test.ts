import { readdirSync, readFileSync } from 'node:fs';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { listRanked } from '../../../src/db/defects/defects.ts';
import type { Db } from '../../../src/db/engine/client.ts';
import { defects } from '../../../src/db/schema/defects.ts';
import { refreshRanks } from '../../../src/usecases/defects/refresh-ranks.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';

const FOLDER = new URL('../../../drizzle/', import.meta.url);

/** The tables as they were before ranks knew of silences. */
async function takeBack(db: Db): Promise<void> {
  await db.execute(sql`drop index defects_rank`);
  await db.execute(sql`drop index defects_heat`);
  await db.execute(sql`alter table defects drop column rank_level, drop column quiet_halvings`);
  await db.execute(sql`create index defects_rank on defects (program_id, heat_level desc nulls last, first_seen_at, number)
    where state in ('new', 'accepted', 'claimed')`);
}

async function migrate(db: Db): Promise<void> {
  const name = readdirSync(FOLDER).find((file) => file.endsWith('_a_rank_with_silence.sql')) ?? '';
  for (const statement of readFileSync(new URL(name, FOLDER), 'utf8').split('--> statement-breakpoint'))
    await db.execute(sql.raw(statement));
}

describe.each(databases)('defects from before ranks knew of silences, on $name', ({ openNew }) => {
  it('keep their order, with and without reports, until the first night', async () => {
    const { db, close } = await openNew();
    const program = await aProgram(db);
    for (const [days, severity] of [
      [120, 'S1'],
      [4, 'S4'],
      [3, 'S3'],
      [2, 'S2'],
    ] as const)
      await aDefect(db, program, { seenAt: later(MONDAY, -days * DAY_MS), severity });
    await db.update(defects).set({ heatLevel: Number.NEGATIVE_INFINITY, reportCount: 0 }).where(eq(defects.number, 4));
    await db.update(defects).set({ affectedTotal: 3, heatLevel: 99 }).where(eq(defects.number, 1));
    await takeBack(db);
    await migrate(db);
    const order = async () =>
      (await listRanked(db, program.id, { kind: 'all' }, { limit: 9 })).map(({ number, rankLevel }) => [
        number,
        rankLevel,
      ]);
    const found = await order();
    expect(found.map(([number]) => number)).toEqual([1, 3, 2, 4]);
    expect(found.at(0)).toEqual([1, 99]);
    expect(found.at(3)).toEqual([4, Number.NEGATIVE_INFINITY]);
    await refreshRanks(db, MONDAY);
    expect((await order()).at(0)).toEqual([1, 98]);
    await close();
  });
});
