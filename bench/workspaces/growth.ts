import { sql } from 'drizzle-orm';
import { type Db, rows } from '../../src/db/engine/client.ts';
import { listPrograms } from '../../src/db/programs/programs.ts';
import { listAreas } from '../../src/usecases/doing.ts';
import { fileReport } from '../../src/usecases/reports/file-report.ts';
import { zipfTexts } from '../kit/zipf-texts.ts';
import { workspaceId } from './fill.ts';

const REPORTS = 300;

/** What a report adds, its defect and what is said of it included: rows and indexes, and what is written to the log of the database. */
export async function measureReports(
  db: Db,
  at: Date,
): Promise<{ bytes: number; logBytes: number; statements: number }> {
  const [program] = await listPrograms(db, workspaceId(2));
  if (!program) throw new Error('There is no program to report to.');
  const [area] = await listAreas(db, program.id);
  const texts = zipfTexts(7);
  const before = await standOf(db);
  for (let n = 0; n < REPORTS; n += 1) {
    const { title, description } = texts.next();
    await fileReport(db, program, {
      ...{ title, description, areaId: area?.id ?? 0, severity: 'S2', affected: 1, supportTickets: 0 },
      ...{ environment: 'production', seenAt: at, filedAt: at, link: null },
      ...{ reporterId: 'UGROWTH', source: 'slack', sourceKey: `growth ${n}` },
    });
  }
  const after = await standOf(db);
  const per = (what: keyof typeof after) => (after[what] - before[what]) / REPORTS;
  return { bytes: per('bytes'), logBytes: per('logBytes'), statements: per('statements') };
}

async function standOf(db: Db) {
  const [stand] = await rows<{ bytes: number; logBytes: number; statements: number }>(
    db,
    sql`select pg_database_size(current_database())::float8 as bytes,
          pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as "logBytes",
          (select sum(calls)::float8 from pg_stat_statements where toplevel) as statements`,
  );
  return stand ?? { bytes: 0, logBytes: 0, statements: 0 };
}
