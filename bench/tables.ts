import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { type Db, rows } from '../src/db/engine/client.ts';
import { outboxStats } from '../src/db/messages/dead-letters.ts';
import { enqueuePost, enqueueUpdate } from '../src/db/messages/outbox.ts';
import { claimDue } from '../src/db/messages/outbox-claims.ts';
import { claimAbandoned, holdForm, holdRequest, insertRequest } from '../src/db/messages/requests.ts';
import { isAnythingDue } from '../src/db/messages/waiting-messages.ts';
import { deleteOld } from '../src/db/programs/retention.ts';
import { claimOccurrence, countOutcomes } from '../src/db/programs/schedules.ts';
import { claimNudge, listNudges, settleNudges } from '../src/db/reminders/nudges.ts';
import { keepDeliveries } from '../src/db/signals/signal-deliveries.ts';
import { listPathsOfDays, listRunsInProgram } from '../src/db/signals/signal-runs.ts';
import { RETENTION } from '../src/domain/programs/retention.ts';
import { DAY_MS } from '../src/domain/time/durations.ts';
import { insertBenchProgram, openBenchDatabase } from './kit/database.ts';
import { quantile } from './kit/measures.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const RAN_ON = new Date('2026-09-01T00:00:00Z');
const REPEATS = 5;
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);

/**
 * Whether what is asked of the tables that grow is found by an index, at real size: fills each of them, asks what the bot
 * asks, and counts which tables were read from end to end.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { rows: { type: 'string', default: '100000' } } });
  const count = Number(values.rows);
  const { db, close } = await openBenchDatabase('postgres');
  const { programId } = await insertBenchProgram(db, daysAgo(500));
  await fill(db, count, programId);
  let scans = 0;
  say(`${count} rows in each table that grows`);
  for (const [name, ask] of Object.entries(asked(programId))) {
    const took: number[] = [];
    const scanned = new Set<string>();
    for (let n = 0; n < REPEATS; n += 1) {
      const one = await askOnce(db, ask);
      took.push(one.ms);
      for (const table of one.scanned) scanned.add(table);
    }
    scans += scanned.size;
    const verdict = scanned.size > 0 ? `READS ALL OF ${[...scanned].join(', ')}` : 'by index';
    say(`  ${name.padEnd(34)} ${quantile(took, 0.5).toFixed(1).padStart(7)} ms   ${verdict}`);
  }
  await close();
  if (scans > 0) process.exitCode = 1;
}

type Ask = (tx: Db) => Promise<unknown>;

function asked(programId: number): Record<string, Ask> {
  const workspaceId = 'T1';
  const body = { text: 'x', blocks: [] };
  const post = { workspaceId, channel: 'C1', body, runAt: NOW };
  const request = { workspaceId, key: 'new' };
  const record = (tx: Db) => insertRequest(tx, { ...request, body: '{}', now: NOW, leaseMs: 5_000 });
  const signal = { sourceId: 1, deliveryKey: 'd77', event: null, body: '{}', receivedAt: NOW };
  return {
    'is anything due': (tx) => isAnythingDue(tx, NOW),
    'claim what is due': (tx) => claimDue(tx, { now: NOW, owner: 'me', leaseMs: 60_000, limit: 50 }),
    'enqueue a post': (tx) => enqueuePost(tx, { ...post, dedupeKey: 'a new one' }),
    'enqueue a post that is there': (tx) => enqueuePost(tx, { ...post, dedupeKey: 'k77' }),
    'enqueue an edit': (tx) => enqueueUpdate(tx, { ...post, targetKey: 'k77' }),
    'depth and age of the outbox': (tx) => outboxStats(tx, NOW),
    'a form that came again': (tx) => holdForm(tx, { workspaceId, key: 'Ev77' }, NOW),
    'record a request before its ack': record,
    'work on a recorded request': async (tx) => {
      await record(tx);
      await holdRequest(tx, request);
    },
    'requests of who died': (tx) => claimAbandoned(tx, 30_000, 20),
    'keep a webhook that is there': (tx) => keepDeliveries(tx, [signal]),
    'count the runs of a day': (tx) => listPathsOfDays(tx, [{ sourceId: 1, startsAt: RAN_ON }], 1_000),
    'what exercised a defect': (tx) => listRunsInProgram(tx, programId, 'account:77', { from: daysAgo(173), to: NOW }),
    'decide an occurrence': (tx) => claimOccurrence(tx, { scheduleId: 1, dueAt: NOW, outcome: 'late', decidedAt: NOW }),
    'how occurrences ended': (tx) => countOutcomes(tx, daysAgo(1)),
    'remind somebody once a day': (tx) =>
      claimNudge(tx, { programId, userId: 'U7', onDate: '2026-11-23', sentAt: NOW }),
    'reminders of one person': (tx) => listNudges(tx, programId, ['U7']),
    'which reminders led to action': (tx) => settleNudges(tx, programId, NOW, 'U7'),
    'the same of 300 people': (tx) => settleNudges(tx, programId, NOW),
    ...Object.fromEntries(
      RETENTION.map(({ what, days }) => [`drop old ${what}`, (tx: Db) => deleteOld(tx, what, daysAgo(days), 500)]),
    ),
  };
}

/** The tables of some size that were read from end to end while one question was answered, and how long it took. */
async function askOnce(db: Db, ask: Ask): Promise<{ ms: number; scanned: string[] }> {
  const undo = new Error('undo');
  let answer = { ms: 0, scanned: [] as string[] };
  await db
    .transaction(async (transaction) => {
      const tx = transaction as unknown as Db;
      const before = await readSoFar(tx);
      const started = performance.now();
      await ask(tx);
      const ms = performance.now() - started;
      const after = await readSoFar(tx);
      answer = {
        ms,
        scanned: [...after].filter(([name, read]) => read - (before.get(name) ?? 0) > 1_000).map(([name]) => name),
      };
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return answer;
}

// Counted since the session last handed its figures in, which it does not do within a transaction.
async function readSoFar(tx: Db): Promise<Map<string, number>> {
  const found = await rows<{ name: string; read: number }>(
    tx,
    sql`select relname as name, seq_tup_read::float8 as read from pg_stat_xact_user_tables`,
  );
  return new Map(found.map(({ name, read }) => [name, read]));
}

async function fill(db: Db, count: number, programId: number): Promise<void> {
  const since = sql`${daysAgo(450).toISOString()}::timestamptz`;
  // Spread over 450 days, so that some of it is older than every rule.
  const at = sql`${since} + n * (interval '450 days' / ${count}::int)`;
  const series = sql`generate_series(1, ${count}::int) n`;
  await db.execute(sql`
    insert into outbox (workspace_id, dedupe_key, kind, channel, target_key, body, state, run_at, created_at, sent_channel, sent_ts)
    select 'T1', 'k' || n, case when n % 3 = 0 then 'update' else 'post' end, 'C' || n % 50,
      case when n % 3 = 0 then 'k' || n - 1 end, '{"text":"x","blocks":[]}',
      case when n > ${count}::int - 500 then 'due' when n % 1000 = 0 then 'dead' else 'sent' end, ${at}, ${at},
      'C' || n % 50, n || '.0' from ${series}`);
  await db.execute(sql`
    insert into requests (workspace_id, key, state, received_at)
    select 'T1', 'Ev' || n, 'closed', ${at} from ${series}`);
  await db.execute(sql`
    insert into requests (workspace_id, key, state, body, received_at, lease_until)
    select 'T1', 'r' || n, 'recorded', '{}', ${at}, clock_timestamp() + interval '1 hour' from generate_series(1, 2000) n`);
  await db.execute(sql`
    insert into signal_sources (program_id, kind, name, area_id, severity, token_hash, secrets, created_by, created_at)
    select ${programId}, 'github', 'x', id, 'S2', 'hash', '[]', 'U1', ${since} from areas limit 1`);
  await db.execute(sql`
    insert into signal_deliveries (source_id, delivery_key, body, received_at, state)
    select 1, 'd' || n, '{}', ${at}, case when n > ${count}::int - 20 then 'waiting' else 'done' end from ${series}`);
  // So many a day that 450 days have as many rows as the others.
  await db.execute(sql`
    insert into signal_runs (source_id, path, starts_at, ran)
    select 1, 'account:' || n, date_trunc('day', ${since}, 'UTC') + day * interval '1 day', 1
      from generate_series(0, 449) day, generate_series(1, ${Math.ceil(count / 450)}::int) n`);
  await db.execute(sql`
    insert into schedules (program_id, ritual, cadence, created_at, checked_until)
    values (${programId}, 'digest', '{}', ${since}, ${since})`);
  await db.execute(sql`
    insert into occurrences (schedule_id, due_at, outcome, decided_at) select 1, ${at}, 'on_time', ${at} from ${series}`);
  await db.execute(sql`
    insert into nudges (program_id, user_id, on_date, defect_ids, sent_at)
    select ${programId}, 'U' || n % 300, (${since})::date + (n / 300)::int, '{1}', ${at} from ${series}`);
  await db.execute(sql`vacuum analyze`);
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}
