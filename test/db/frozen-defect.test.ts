// @module-tag slow
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findDefectByNumber } from '../../src/db/defects/defects.ts';
import { openEmbedded } from '../../src/db/engine/client.ts';
import { findProgram } from '../../src/db/programs/programs.ts';
import { joinDefect } from '../../src/usecases/reports/record-report.ts';
import { aReport } from '../builders.ts';

const LAST_BEFORE = '0017_drop_inbox_and_lead';
const MOST_INT4 = 2 ** 31 - 1;

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'burndown-migrations-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** The migrations as they were before totals could grow beyond int4. */
async function earlierMigrations(): Promise<string> {
  await cp(fileURLToPath(new URL('../../drizzle', import.meta.url)), directory, { recursive: true });
  const path = join(directory, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: { tag: string }[] };
  const upTo = journal.entries.findIndex(({ tag }) => tag === LAST_BEFORE) + 1;
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, upTo) }));
  return directory;
}

it('a defect whose totals had reached the end of int4 takes reports again once the database is migrated', async () => {
  const client = await PGlite.create({ extensions: { pg_trgm } });
  await migrate(drizzle(client), { migrationsFolder: await earlierMigrations() });
  await client.exec(`
    insert into workspaces (id, name, bot_user_id, created_at) values ('T1', 'Acme', 'UBOT', now());
    insert into programs (workspace_id, name, channel_id, time_zone, working_days, holidays, lead_ids, facilitator_ids,
      half_life_days, agenda_limit, tranche_weeks, is_default, created_at)
      values ('T1', 'Launch', 'C1', 'UTC', '{1}', '{}', '{ULEAD}', '{}', 28, 10, 4, true, now());
    insert into areas (program_id, name, position) values (1, 'billing', 1);
    insert into defects (program_id, number, title, area_id, severity, state, heat_level, first_seen_at, last_seen_at,
      created_at, affected_total, ticket_total)
      values (1, 1, 'Webhook times out', 1, 'S2', 'new', 0, now(), now(), now(), ${MOST_INT4}, ${MOST_INT4});`);
  const packed = await client.dumpDataDir('none');
  await client.close();

  const { db, close } = await openEmbedded(undefined, { packed });
  const program = await findProgram(db, 'T1', 1);
  if (!program) throw new Error('The program is gone.');
  const report = aReport({ areaIds: [1, 1] }, { affected: 5, supportTickets: 7 });
  await db.transaction((tx) => joinDefect(tx, program, 1, report));
  expect(await findDefectByNumber(db, 1, 1)).toMatchObject({
    affectedTotal: MOST_INT4 + 5,
    ticketTotal: MOST_INT4 + 7,
  });
  await close();
});
