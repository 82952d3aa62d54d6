import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { realElapsedMs, systemClock } from '../src/clock.ts';
import { openPostgres } from '../src/db/client.ts';
import { outboxStats } from '../src/db/dead-letters.ts';
import { workspaces } from '../src/db/schema/workspaces.ts';
import { mulberry32 } from '../src/domain/stats/random.ts';
import { editExpected, enqueueExpected, planLoad, withinSeconds } from './chaos-load.ts';
import { AMBIGUOUS_WAIT_MS, LEASE_MS, type ReplicaSettings } from './chaos-settings.ts';
import { judge, type Verdict } from './chaos-verdict.ts';
import { startPostgresServer } from './postgres-server.ts';
import { channelIds, startSlackOfChannels } from './slack-of-channels.ts';

const REPLICA = fileURLToPath(new URL('./chaos-replica.ts', import.meta.url));
const SKEWS_MS = [0, -180_000, 240_000];
const CHANNELS = 50;
const PEOPLE = 10;

export type ChaosRun = Verdict & { kills: number; pauses: number; restarts: number; seconds: number; stillDue: number };

/** Replicas on PostgreSQL and a local Slack, while everything breaks that can. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      messages: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '240' },
      naive: { type: 'boolean', default: false },
    },
  });
  const result = await unleash({
    messages: Number(values.messages),
    seed: Number(values.seed),
    mostSeconds: Number(values.seconds),
    isNaive: values.naive,
  });
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
  const { duplicates, missing, outOfOrder, staleEdits } = result;
  if (!values.naive && duplicates + missing + outOfOrder + staleEdits > 0) process.exitCode = 1;
}

/** One run. The faults of Slack are seeded; when processes die depends on the machine, too. */
export async function unleash(options: {
  messages: number;
  seed: number;
  mostSeconds: number;
  isNaive: boolean;
}): Promise<ChaosRun> {
  const random = mulberry32(options.seed);
  process.on('uncaughtException', surviveCutConnection);
  const server = await startPostgresServer();
  const sandbox = await startSlackOfChannels({
    channels: CHANNELS,
    people: PEOPLE,
    rateLimits: 'off',
    seed: options.seed,
  });
  addFaults(sandbox);
  const database = await openPostgres(server.url, { poolSize: 4 });
  const workspaceId = 'TCHAOS';
  await database.db
    .insert(workspaces)
    .values({ id: workspaceId, name: 'Chaos', botUserId: 'UBOT', createdAt: systemClock.now() });
  const people = Array.from({ length: PEOPLE }, (_, i) => sandbox.user(`person${i}`)?.id ?? '');
  const expected = planLoad(options.messages, channelIds(sandbox, CHANNELS), people);

  const startedMs = realElapsedMs();
  const herd = startHerd((index, start) => ({
    databaseUrl: server.url,
    apiUrl: sandbox.apiUrl,
    token: sandbox.botToken,
    skewMs: SKEWS_MS[index] ?? 0,
    leaseMs: LEASE_MS,
    ambiguousWaitMs: AMBIGUOUS_WAIT_MS,
    start,
    isNaive: options.isNaive,
  }));
  const over = new AbortController();
  let restarts = 0;
  const again = async (everyMs: number, strike: () => Promise<void>) => {
    while (!over.signal.aborted) {
      await wait(everyMs * (0.5 + random()), undefined, { signal: over.signal }).catch(() => {});
      if (!over.signal.aborted) await strike();
    }
  };
  const storms = [
    again(2_500, async () => herd.kill(Math.floor(random() * SKEWS_MS.length))),
    again(9_000, () => herd.pause(Math.floor(random() * SKEWS_MS.length), LEASE_MS + 1_500)),
    again(8_000, async () => {
      await server.restart();
      restarts += 1;
    }),
  ];
  for (const each of expected) {
    await enqueueExpected(database.db, workspaceId, each);
    await wait(20);
  }
  for (const each of expected) await editExpected(database.db, workspaceId, each);

  const stillDue = async () =>
    withinSeconds(5, outboxStats(database.db, systemClock.now())).then(
      ({ due }) => due,
      () => Number.NaN,
    );
  let due = await stillDue();
  while (due !== 0 && realElapsedMs() - startedMs < options.mostSeconds * 1_000) {
    await wait(500);
    due = await stillDue();
    if (process.stderr.isTTY)
      process.stderr.write(`\r${Math.round((realElapsedMs() - startedMs) / 1_000)} s, ${due} still due   `);
  }
  over.abort();
  await Promise.all(storms);
  due = await stillDue();
  const { kills, pauses } = await herd.end();
  const verdict = judge(sandbox, expected);
  const seconds = Math.round((realElapsedMs() - startedMs) / 1_000);
  await sandbox.close();
  await database.close();
  await server.close();
  process.off('uncaughtException', surviveCutConnection);
  return { ...verdict, kills, pauses, restarts, seconds, stillDue: due };
}

// postgres.js 3.4.9 writes to a socket that is gone when the server restarts, outside of any promise.
function surviveCutConnection(error: Error): void {
  if (!error.stack?.includes('nextWrite')) throw error;
}

function addFaults(sandbox: Sandbox): void {
  sandbox.faults.add({ method: '*', kind: 'rate_limit', retryAfter: 1, probability: 0.1 });
  sandbox.faults.add({ method: '*', kind: 'drop_answer', probability: 0.15 });
  sandbox.faults.add({ method: '*', kind: 'server_error', probability: 0.05 });
}

/** The replicas, each started again whenever it ends. */
function startHerd(settings: (index: number, start: number) => ReplicaSettings) {
  let isOver = false;
  let starts = 0;
  const count = { kills: 0, pauses: 0 };
  const herd: ChildProcess[] = [];
  const start = (index: number) => {
    starts += 1;
    const child = spawn(process.execPath, [REPLICA, JSON.stringify(settings(index, starts))], { stdio: 'ignore' });
    herd[index] = child;
    child.once('exit', () => {
      if (!isOver) start(index);
    });
  };
  for (const index of SKEWS_MS.keys()) start(index);
  return {
    kill(index: number): void {
      if (herd[index]?.kill('SIGKILL')) count.kills += 1;
    },
    async pause(index: number, forMs: number): Promise<void> {
      const child = herd[index];
      if (!child?.kill('SIGSTOP')) return;
      count.pauses += 1;
      await wait(forMs);
      child.kill('SIGCONT');
    },
    async end(): Promise<typeof count> {
      isOver = true;
      await Promise.all(
        herd.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const ended = once(child, 'exit');
          child.kill('SIGKILL');
          await ended;
        }),
      );
      return count;
    },
  };
}
