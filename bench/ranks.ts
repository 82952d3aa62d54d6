import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import type { Db } from '../src/db/engine/client.ts';
import { findProgram } from '../src/db/programs/programs.ts';
import { DAY_MS } from '../src/domain/time/durations.ts';
import { listRank } from '../src/usecases/defects/list-rank.ts';
import { refreshRanks } from '../src/usecases/defects/refresh-ranks.ts';
import { insertBenchProgram, openBenchDatabase } from './kit/database.ts';
import { quantile } from './kit/measures.ts';

const NOW = new Date('2026-11-23T03:00:00Z');
const REPORTS_EACH = 10;
/** They were last seen so many days ago at most, so that most of them are silent. */
const SILENT_DAYS = 200;
const TIMES = 25;

/**
 * What a night costs that ranks anew what is silent, where very much is open: the first one, in which all are looked at for
 * the first time, the next ones, and the list beside it.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { defects: { type: 'string', default: '10000' }, database: { type: 'string', default: 'postgres' } },
  });
  const { db, close } = await openBenchDatabase(values.database);
  try {
    const place = await insertBenchProgram(db, new Date(NOW.getTime() - 500 * DAY_MS));
    await fill(db, place, Number(values.defects));
    print(`the list by harm: ${(await listMs(db, place.programId)).toFixed(1)} ms`);
    for (const [night, days] of [
      ['first', 0],
      ['next', 1],
      ['second', 2],
      ['same night again', 2],
    ] as const) {
      const started = performance.now();
      const changed = await refreshRanks(db, new Date(NOW.getTime() + days * DAY_MS));
      print(
        `${night}: ${seconds(performance.now() - started)} s, ${changed} of ${values.defects} open defects changed`,
      );
    }
    print(`the list after these nights: ${(await listMs(db, place.programId)).toFixed(1)} ms`);
    await db.execute(sql`vacuum analyze defects`);
    print(`once it is cleared up after: ${(await listMs(db, place.programId)).toFixed(1)} ms`);
  } finally {
    await close();
  }
}

/** Each was seen ten times, at pauses of up to ten days. */
async function fill(db: Db, { programId, areaId }: { programId: number; areaId: number }, count: number) {
  const now = sql`${NOW.toISOString()}::timestamptz`;
  await db.execute(sql`
    insert into defects (program_id, number, title, area_id, severity, state, heat_level, report_count, first_seen_at, last_seen_at, created_at)
    select ${programId}, n, 'Failure ' || n, ${areaId}, 'S3', 'new', (n * 7919::bigint % 100003) / 10000.0, ${REPORTS_EACH},
      ${now}, ${now} - (n % ${SILENT_DAYS * 24}) * interval '1 hour', ${now}
    from generate_series(1, ${count}::int) n`);
  await db.execute(sql`
    insert into reports (program_id, defect_id, title, description, area_id, severity, affected, support_tickets,
      seen_at, filed_at, reporter_id, source, source_key, weight)
    select ${programId}, defect.id, 'x', '', ${areaId}, 'S3', 1, 0, seen.at, seen.at, 'U1', 'import', defect.id || ':' || n, 1
    from defects defect cross join generate_series(0, ${REPORTS_EACH - 1}::int) n
    cross join lateral (select defect.last_seen_at - n * (defect.number % 240) * interval '1 hour' as at) seen
    order by seen.at`);
  await db.execute(sql`vacuum analyze`);
}

async function listMs(db: Db, programId: number): Promise<number> {
  const program = await findProgram(db, 'T1', programId);
  if (!program) throw new Error('The program is gone.');
  const took: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const started = performance.now();
    await listRank(db, program, 'top', 0, { by: 'U1', now: NOW });
    took.push(performance.now() - started);
  }
  return quantile(took, 0.5);
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
