import { sql } from 'drizzle-orm';
import type { Db } from '../../src/db/engine/client.ts';
import { findProgram, type Program } from '../../src/db/programs/programs.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { explainRank } from '../../src/usecases/defects/explain-rank.ts';
import { listRank } from '../../src/usecases/defects/list-rank.ts';
import { gatherDigest, readDigestFacts } from '../../src/usecases/digest/gather-digest.ts';
import { quantile } from '../kit/measures.ts';

/** More than a connection takes until it keeps a plan for a statement, whatever its values. */
const TIMES = 25;

/** One line a read: the bot's median ms, that of adding all reports up anew, and how many times faster the bot is. */
export async function compareWithNaive(db: Db, programId: number, now: Date, number: number): Promise<string[]> {
  const program = await findProgram(db, 'T1', programId);
  if (!program) throw new Error('The program is gone.');
  const doing = { by: 'U1', now };
  const reads: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
    ['rank list', () => listRank(db, program, 'top', 0, doing), () => rankAnew(db, program, now)],
    ['why', () => explainRank(db, program, number, now), () => whyAnew(db, program, now, number)],
    ['digest facts', () => readDigestFacts(db, program, now), () => digestAnew(db, program, now)],
  ];
  const lines: string[] = [];
  for (const [name, ours, naive] of reads) {
    const [own, other] = [await medianOf(ours), await medianOf(naive)];
    lines.push(
      `          ${name.padEnd(13)} ${own.toFixed(1)} ms, added up anew ${other.toFixed(1)} ms: ${(other / own).toFixed(1)} times`,
    );
  }
  const whole = await medianOf(() => gatherDigest(db, program, now));
  lines.push(`          the whole digest, its outlook simulated: ${whole.toFixed(1)} ms`);
  return lines;
}

/** The heat of every defect from all of its reports, as a nightly job or a view would have it. */
const heats = (program: Program, now: Date) => sql`
  select defect.id, defect.number, sum(report.weight *
      power(2, -extract(epoch from ${now.toISOString()}::timestamptz - report.seen_at)::float8 / 86400 / ${program.halfLifeDays}::float8)) as heat
  from reports report join defects defect on defect.id = report.defect_id
  where report.program_id = ${program.id} and defect.state in ('new', 'accepted', 'claimed') group by defect.id`;

function rankAnew(db: Db, program: Program, now: Date) {
  return db.execute(sql`select * from (${heats(program, now)}) as ranked order by heat desc limit 10`);
}

async function whyAnew(db: Db, program: Program, now: Date, number: number) {
  await db.execute(sql`
    select report.* from reports report join defects defect on defect.id = report.defect_id
    where defect.program_id = ${program.id} and defect.number = ${number} order by report.seen_at desc`);
  await db.execute(sql`
    select place from (select number, rank() over (order by heat desc) as place from (${heats(program, now)}) as ranked)
      as placed where number = ${number}`);
}

/** Counts by week, heats now and a week ago, and the standing, each over everything there is. */
async function digestAnew(db: Db, program: Program, now: Date) {
  const weekAgo = new Date(now.getTime() - WEEK_MS);
  await db.execute(sql`
    select date_trunc('week', seen_at), area_id, count(*), sum(support_tickets) from reports
    where program_id = ${program.id} group by 1, 2`);
  await db.execute(heats(program, now));
  await db.execute(heats(program, weekAgo));
  for (const at of [now, weekAgo]) {
    await db.execute(sql`
      select state, count(*) from (
        select distinct on (defect_id) to_state as state from defect_events
        where program_id = ${program.id} and at <= ${at.toISOString()}::timestamptz order by defect_id, at desc, id desc
      ) as latest group by state`);
  }
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const ms: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const started = performance.now();
    await work();
    ms.push(performance.now() - started);
  }
  return quantile(ms, 0.5);
}
