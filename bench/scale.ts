import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import type { Db } from '../src/db/engine/client.ts';
import { findLikelyRepeats, indexReports } from '../src/db/grouping/matching.ts';
import { MINUTE_MS } from '../src/domain/time/durations.ts';
import { keepKnownWeeks } from '../src/usecases/digest/keep-known-weeks.ts';
import { insertBenchProgram, openBenchDatabase } from './kit/database.ts';
import { quantile } from './kit/measures.ts';
import { zipfTexts } from './kit/zipf-texts.ts';
import { compareWithNaive } from './scale/reads.ts';

const STARTED_AT = new Date(Date.UTC(2024, 0, 1));
/** Slow enough that a program of 10,000 reports has ten weeks behind it, so that each size reads the same weeks. */
const APART_MS = 10 * MINUTE_MS;
const BATCH = 20_000;
/** As in life: the list does not grow with the history. */
const LEFT_OPEN = 1_000;
/** Somebody is typing: the 95th percentile of a suggestion stays below. */
const BOUND_MS = 50;

/**
 * How the time of a suggestion grows with the program: ten reports a defect, texts by Zipf's law. Then the same for the
 * rank, `why` and the digest, beside reads that add up all reports anew; with all defects open, and with the old ones closed.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      reports: { type: 'string', default: '10000,100000,1000000' },
      queries: { type: 'string', default: '300' },
    },
  });
  const sizes = values.reports.split(',').map(Number);
  const queries = Number(values.queries);
  // Without foreign keys and a log the filling is several times faster; what is measured only reads.
  const { db, close } = await openBenchDatabase('postgres', { session_replication_role: 'replica' });
  try {
    const place = await insertBenchProgram(db, STARTED_AT);
    const texts = zipfTexts(20_261_104);
    await db.execute(sql`alter table report_terms set unlogged`);
    let stored = 0;
    print('  reports  defects   title: median  p95 ms   full: median  p95 ms   right first   filled in s');
    for (const size of sizes) {
      const started = performance.now();
      await db.execute(sql`drop index report_terms_postings`);
      await db.execute(sql`alter table report_terms drop constraint report_terms_of_report`);
      for (; stored < size; stored = Math.min(stored + BATCH, size)) {
        await store(
          db,
          place,
          stored,
          Array.from({ length: Math.min(BATCH, size - stored) }, () => texts.next()),
        );
      }
      await db.execute(
        sql`alter table report_terms add constraint report_terms_of_report
          primary key (report_id, term_id, title_count, description_count, title_length, description_length)`,
      );
      await db.execute(sql`create index report_terms_postings on report_terms
        (term_id, report_id, title_count, description_count, title_length, description_length)`);
      const endsAt = await settleStored(db, stored);
      const filled = (performance.now() - started) / 1_000;
      const asked = Array.from({ length: queries }, () => texts.repeatOf(texts.anyDefect()));
      const title: number[] = [];
      const full: number[] = [];
      let right = 0;
      for (const { defect, title: text, description } of asked) {
        title.push(await timed(() => findLikelyRepeats(db, place.programId, { title: text })));
        full.push(
          await timed(async () => {
            const [top] = await findLikelyRepeats(db, place.programId, { title: text, description });
            if (top?.number === defect + 1) right += 1;
          }),
        );
      }
      const cells = [quantile(title, 0.5), quantile(title, 0.95), quantile(full, 0.5), quantile(full, 0.95)];
      if (quantile(title, 0.95) > BOUND_MS || quantile(full, 0.95) > BOUND_MS) process.exitCode = 1;
      const [a, b, c, d] = cells.map((ms) => ms.toFixed(1).padStart(8));
      print(
        `${String(size).padStart(9)} ${String(texts.defects()).padStart(8)}        ${a} ${b}       ${c} ${d}        ${((100 * right) / queries).toFixed(0)} %         ${filled.toFixed(0)}`,
      );
      const anyNumber = texts.anyDefect() + 1;
      for (const said of await compareWithNaive(db, place.programId, endsAt, anyNumber)) print(said);
      await whileOldOnesAreClosed(db, async () => {
        print(`          with all but the newest ${LEFT_OPEN} defects closed a week after they were first seen:`);
        for (const said of await compareWithNaive(db, place.programId, endsAt, texts.defects())) print(said);
      });
    }
  } finally {
    await close();
  }
}

type Text = { defect: number; title: string; description: string };

async function store(db: Db, place: { programId: number; areaId: number }, from: number, texts: readonly Text[]) {
  const json = JSON.stringify(texts);
  await db.execute(sql`
    insert into defects (program_id, number, title, area_id, severity, state, heat_level, report_count, first_seen_at, last_seen_at, created_at)
    select ${place.programId}, (t->>'defect')::int + 1, min(t->>'title'), ${place.areaId}, 'S3', 'new', 0, 1,
      ${STARTED_AT.toISOString()}::timestamptz, ${STARTED_AT.toISOString()}::timestamptz, ${STARTED_AT.toISOString()}::timestamptz
    from jsonb_array_elements(${json}::text::jsonb) as t group by (t->>'defect')::int order by 2
    on conflict (program_id, number) do update set report_count = defects.report_count + 1`);
  await db.execute(sql`
    insert into reports (program_id, defect_id, title, description, area_id, severity, affected, support_tickets,
      seen_at, filed_at, reporter_id, source, source_key, weight)
    select ${place.programId}, defects.id, t->>'title', t->>'description', ${place.areaId}, 'S3', 1, 0,
      ${STARTED_AT.toISOString()}::timestamptz + (${from}::int + nth) * ${APART_MS}::int * interval '1 millisecond',
      ${STARTED_AT.toISOString()}::timestamptz + (${from}::int + nth) * ${APART_MS}::int * interval '1 millisecond', 'U1', 'import', (${from}::int + nth)::text, 1
    from jsonb_array_elements(${json}::text::jsonb) with ordinality as given(t, nth)
    join defects on defects.program_id = ${place.programId} and defects.number = (t->>'defect')::int + 1
    order by nth`);
  // The identity of a report follows the order of the insert, since nothing else writes here.
  await indexReports(
    db,
    texts.map(({ title, description }, at) => ({ id: from + at + 1, programId: place.programId, title, description })),
  );
}

/** What the bot keeps as reports come, and each night, in one go: the heat of each defect, the first line of its log, its weeks. */
async function settleStored(db: Db, stored: number): Promise<Date> {
  await db.execute(sql`
    update defects set heat_level = of_reports.level, first_seen_at = of_reports.first, last_seen_at = of_reports.last
    from (select defect_id, min(seen_at) as first, max(seen_at) as last,
            ln(sum(weight * power(2, extract(epoch from seen_at - '2020-01-01Z'::timestamptz)::float8 / 86400 / 28))) / ln(2::float8) as level
          from reports group by defect_id) as of_reports
    where of_reports.defect_id = defects.id`);
  await db.execute(sql`
    insert into defect_events (program_id, defect_id, at, kind, to_state, why)
    select program_id, id, first_seen_at, 'reported', 'new', 'First report.' from defects
    where not exists (select 1 from defect_events where defect_events.defect_id = defects.id)`);
  await db.execute(sql`vacuum analyze`);
  const endsAt = new Date(STARTED_AT.getTime() + (stored + 1) * APART_MS);
  await db.execute(sql`delete from known_weeks`);
  await keepKnownWeeks(db, endsAt);
  return endsAt;
}

async function whileOldOnesAreClosed(db: Db, work: () => Promise<void>): Promise<void> {
  const old = sql`number <= (select max(number) from defects) - ${LEFT_OPEN}::int`;
  await db.execute(sql`
    insert into defect_events (program_id, defect_id, at, kind, from_state, to_state, why)
    select program_id, id, first_seen_at + interval '7 days', 'risk_accepted', 'new', 'risk_accepted', 'It is rare.'
    from defects where ${old}`);
  await db.execute(sql`update defects set state = 'risk_accepted' where ${old}`);
  await db.execute(sql`vacuum analyze defects, defect_events`);
  await work();
  await db.execute(sql`update defects set state = 'new' where ${old}`);
  await db.execute(sql`delete from defect_events where kind = 'risk_accepted'`);
  await db.execute(sql`vacuum analyze defects, defect_events`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
