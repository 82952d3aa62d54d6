import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { type Db, openPostgres } from '../src/db/engine/client.ts';
import { keyRing } from '../src/db/engine/sealed.ts';
import { quantile } from './kit/measures.ts';
import { startPostgresServer } from './kit/postgres-server.ts';
import { fillWorkspaces, sizeOf } from './workspaces/fill.ts';
import { playFridays } from './workspaces/fridays.ts';
import { measureReports } from './workspaces/growth.ts';
import { measureIdleBeat } from './workspaces/idle.ts';
import { type ManyWorkspaces, startManyWorkspaces } from './workspaces/local-slack.ts';

/** A Wednesday evening, on which nothing is due. */
const FILLED_AT = new Date('2026-11-18T19:00:00Z');
const MOST_TIMES = 3;
const MOST_ACK_MS = 500;
const SERVER = { shared_preload_libraries: 'pg_stat_statements', shared_buffers: '256MB' };

/**
 * What a beat costs at which nothing is due, at more and more workspaces, and what a Friday, 15:00 does to the most of them:
 * three processes, four time zones, one workspace with a dead token and one that Slack answers 429, with many messages
 * waiting in both. In full: `--workspaces 10,100,1000 --waiting 10000`.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      workspaces: { type: 'string', default: '10,40' },
      waiting: { type: 'string', default: '1000' },
      'only-idle': { type: 'boolean', default: false },
    },
  });
  const server = await startPostgresServer({ isDurable: false, settings: SERVER });
  const { db, close } = await openPostgres(server.url);
  const slack = await startManyWorkspaces(() => performance.now());
  const key = randomBytes(32).toString('base64');
  await db.execute(sql`create extension pg_stat_statements`);
  const sizes = values.workspaces.split(',').map(Number);
  await measureIdle(db, slack, key, sizes);
  const { bytes, logBytes, statements } = await measureReports(db, FILLED_AT);
  print(
    `a report: ${kilobytes(bytes)}, ${kilobytes(logBytes)} of the database's log, ${statements.toFixed(0)} statements`,
  );
  if (!values['only-idle']) {
    const most = { workspaces: sizes.at(-1) ?? 0, waiting: Number(values.waiting) };
    await measureFridays(db, { ...most, url: server.url, slack, key });
  }
  await slack.close();
  await close();
  await server.close();
}

async function measureIdle(db: Db, slack: ManyWorkspaces, key: string, sizes: readonly number[]): Promise<void> {
  const keys = keyRing([Buffer.from(key, 'base64')]);
  const cost: number[] = [];
  let filled = 0;
  for (const size of sizes) {
    const started = performance.now();
    await fillWorkspaces(db, keys, { from: filled, to: size }, FILLED_AT);
    filled = size;
    await db.execute(sql`vacuum analyze`);
    const filledSeconds = (performance.now() - started) / 1_000;
    const idle = await measureIdleBeat(db, { keys, apiUrl: slack.apiUrl, now: FILLED_AT });
    const megabytes = (await sizeOf(db)) / 2 ** 20;
    print(
      `${size} workspaces: ${idle.statements.toFixed(1)} statements a beat, ${idle.serverMs.toFixed(1)} ms of the server, ` +
        `${idle.botMs.toFixed(1)} ms of the bot's processor, ${idle.wallMs.toFixed(1)} ms in all; ` +
        `${megabytes.toFixed(0)} MB (filled in ${filledSeconds.toFixed(0)} s)`,
    );
    cost.push(idle.serverMs + idle.botMs);
  }
  const times = (cost.at(-1) ?? 0) / (cost[0] ?? 1);
  print(`from the fewest to the most ${times.toFixed(1)} times the cost`);
  if (times > MOST_TIMES) process.exitCode = 1;
}

async function measureFridays(db: Db, options: Parameters<typeof playFridays>[1]): Promise<void> {
  const { slack, workspaces, waiting } = options;
  const { zones, twice, missing, ackMs, badAcks, waits } = await playFridays(db, options);
  for (const { zone, digests, medianMs, lastMs } of zones)
    print(`${zone}: ${digests} digests, median ${seconds(medianMs)}, the last ${seconds(lastMs)} after 15:00`);
  const [p50, p99] = [quantile(ackMs, 0.5), quantile(ackMs, 0.99)];
  print(
    `${workspaces} workspaces, ${waiting} messages waiting in each of two in trouble: ${twice} twice, ${missing} missing`,
  );
  print(
    `/defect meanwhile: ${ackMs.length} asked, ${badAcks} not acked; p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
  );
  for (const { stallP99Ms, longestStallMs, mostWaiting, cpuSeconds } of waits)
    print(
      `a process: ${cpuSeconds.toFixed(0)} s of a processor; its event loop stood still for ${stallP99Ms.toFixed(0)} ms at the ` +
        `99th percentile and ${longestStallMs.toFixed(0)} ms at most; ${mostWaiting} statements waited for a connection at most`,
    );
  const { limited, dead, tooFast } = slack.refused;
  print(`refused: ${dead} by the dead token, ${limited} by the storm, ${tooFast} too fast`);
  if (twice + missing + badAcks > 0 || p99 > MOST_ACK_MS) process.exitCode = 1;
}

const kilobytes = (bytes: number) => `${(bytes / 1_024).toFixed(1)} kB`;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
