import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { realElapsedMs, systemClock } from '../src/clock.ts';
import { type Db, openPostgres, rows } from '../src/db/engine/client.ts';
import { keyRing } from '../src/db/engine/sealed.ts';
import { sealSecret } from '../src/db/signals/signal-secrets.ts';
import { hashOf, insertSignalSource } from '../src/db/signals/signal-sources.ts';
import { makeLog } from '../src/log.ts';
import { createBackpressure } from '../src/signals/backpressure.ts';
import { signalRoute } from '../src/signals/signal-route.ts';
import { startSignalWorker } from '../src/signals/signal-worker.ts';
import { QUOTAS } from '../src/signals/source-quotas.ts';
import { insertBenchProgram } from './kit/database.ts';
import { quantile } from './kit/measures.ts';
import { startPostgresServer } from './kit/postgres-server.ts';
import { runHostile } from './signals/hostile.ts';
import type { SenderReport } from './signals/sender.ts';

const TOKEN = 'the-token-of-the-bench-source';
const SECRET = 'whsec_of_the_bench';

/**
 * First webhooks in bursts, a fifth of them repeats, from a sender in a process of its own: nothing lost, nothing twice, and the
 * time to answer beside that of an endpoint that only reads the body and inserts a row. Then hostile bodies and floods,
 * with people typing beside them. A part of no seconds is left out.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '30' },
      rate: { type: 'string', default: '400' },
      hostile: { type: 'string', default: '30' },
      database: { type: 'string', default: 'embedded' },
    },
  });
  const kind = values.database === 'postgres' ? 'postgres' : 'embedded';
  const isFast = Number(values.seconds) === 0 || (await runHonest(values.seconds, values.rate));
  const isCalm = Number(values.hostile) === 0 || (await runHostile(Number(values.hostile), kind));
  if (!isFast || !isCalm) process.exitCode = 1;
}

async function runHonest(seconds: string, rate: string): Promise<boolean> {
  const server = await startPostgresServer();
  const { db, close } = await openPostgres(server.url);
  const at = systemClock.now();
  const { programId, areaId } = await insertBenchProgram(db, at);
  const keys = keyRing([randomBytes(32)]);
  await insertSignalSource(db, {
    programId,
    kind: 'stripe',
    name: 'Bench',
    areaId,
    severity: 'S3',
    token: TOKEN,
    secrets: [sealSecret(keys, SECRET, { workspaceId: 'T1', tokenHash: hashOf(TOKEN) })],
    createdBy: 'U1',
    createdAt: at,
  });

  await db.execute(sql`create table bare (id bigint generated always as identity primary key, body text not null)`);
  const bare = await measure(bareEndpoint(db), '/', '10', rate, 'bare');
  print(`bare endpoint, 10 s    ${words(bare)}\n`);

  const log = makeLog('error');
  const load = createBackpressure();
  const worker = startSignalWorker({ db, clock: systemClock, log, load, sendSoon: () => {} });
  const memory: number[] = [];
  const watch = setInterval(() => memory.push(process.memoryUsage().rss / 1_048_576), 1_000);
  const route = signalRoute({
    db,
    keys,
    clock: systemClock,
    elapsedMs: realElapsedMs,
    log,
    load,
    wake: () => void worker.wake(),
    // One source is driven harder here than production lets one be.
    limits: { quotas: { ...QUOTAS, deliveriesAMinute: 60_000 } },
  });
  const report = await measure(route.handle, `/signals/stripe/${TOKEN}`, seconds, rate, '');
  print(`signals, ${seconds} s         ${words(report)}\n`);
  const [behind] = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from signal_deliveries where state = 'waiting'`,
  );
  const drainFromMs = performance.now();
  await worker.wake();
  const drainedMs = performance.now() - drainFromMs;
  clearInterval(watch);
  const [truth] = await rows<Record<string, number>>(
    db,
    sql`select (select count(*)::int from signal_deliveries) as deliveries,
      (select sum(repeats)::int from signal_deliveries) as repeats,
      (select count(*)::int from signal_deliveries where state <> 'done') as undone,
      (select count(*)::int from signal_occurrences) as occurrences,
      (select sum(occurrences)::int from reports) as counted,
      (select count(*)::int from reports) as reports`,
  );
  await worker.stop();
  await close();
  await server.close();

  const perSecond = (report.sent / report.tookMs) * 1_000;
  const third = Math.floor(memory.length / 3);
  const median = (part: number[]) => Math.round(quantile(part, 0.5));
  print(`waiting at the end ${behind?.count}, worked off in ${(drainedMs / 1_000).toFixed(1)} s\n`);
  print(
    `memory by thirds, MB   ${median(memory.slice(0, third))}  ${median(memory.slice(third, 2 * third))}  ${median(memory.slice(2 * third))}\n`,
  );
  print(
    `distinct ${report.distinct}, accepted ${report.accepted}, kept ${truth?.deliveries}, repeats known ${truth?.repeats} of ` +
      `${report.sent - report.distinct}, occurrences ${truth?.occurrences}, counted in reports ${truth?.counted}, reports ${truth?.reports}\n`,
  );
  const isWhole =
    report.accepted === report.distinct &&
    [truth?.deliveries, truth?.occurrences, truth?.counted].every((count) => count === report.distinct) &&
    truth?.repeats === report.sent - report.distinct &&
    truth?.undone === 0;
  print(`${isWhole ? 'nothing lost, nothing twice' : 'LOST OR TWICE'}; ${Math.round(perSecond)} a second\n`);
  return isWhole && perSecond >= 300 && quantile(report.latenciesMs, 0.99) <= 1_000;
}

function bareEndpoint(db: Db): RequestListener {
  return async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    await db.execute(sql`insert into bare (body) values (${Buffer.concat(parts).toString('utf8')})`);
    response.writeHead(200).end('{}');
  };
}

async function measure(
  listener: RequestListener,
  path: string,
  seconds: string,
  rate: string,
  prefix: string,
): Promise<SenderReport> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const sender = spawn(
    process.execPath,
    [new URL('./signals/sender.ts', import.meta.url).pathname, url, SECRET, seconds, rate, prefix],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const parts: Buffer[] = [];
  for await (const part of sender.stdout) parts.push(part);
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

function words({ sent, tookMs, latenciesMs, refused }: SenderReport): string {
  const at = (share: number) => `${Math.round(quantile(latenciesMs, share))} ms`;
  return `${sent} sent, ${Math.round((sent / tookMs) * 1_000)} a second, refused ${refused}, p50 ${at(0.5)}, p99 ${at(0.99)}, worst ${at(1)}`;
}

function print(text: string): void {
  process.stdout.write(text);
}
