import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { realElapsedMs, systemClock } from '../src/clock.ts';
import { type Db, openPostgres } from '../src/db/engine/client.ts';
import { isWriteToCutConnection } from '../src/db/engine/connection-loss.ts';
import { outboxStats } from '../src/db/messages/dead-letters.ts';
import { countOpenRequests } from '../src/db/messages/requests.ts';
import { upsertWorkspace } from '../src/db/programs/programs.ts';
import { mulberry32 } from '../src/domain/stats/random.ts';
import { addFaults } from './chaos/faults.ts';
import { type PoolerCount, startFlakyPooler } from './chaos/flaky-pooler.ts';
import { startHerd } from './chaos/herd.ts';
import { editExpected, enqueueExpected, planLoad, withinSeconds } from './chaos/load.ts';
import { judgeTyped, startTyping } from './chaos/people.ts';
import { enqueuedPosts, promisedKeys, startPrograms } from './chaos/programs.ts';
import { type ChaosTime, chaosClock, chaosSlackClock, type ReplicaKind, SPEED } from './chaos/settings.ts';
import { raiseStorm } from './chaos/storm.ts';
import { judge, judgeMarked, type MarkedVerdict, type Strikes, strikes, type Verdict } from './chaos/verdict.ts';
import { startPostgresServer } from './kit/postgres-server.ts';
import { channelIds, startSlackOfChannels } from './kit/slack-of-channels.ts';

// Of the time in which the rituals run.
const SKEWS_MS = [0, -25 * 60_000, 40 * 60_000];
const CHANNELS = 50;
const PEOPLE = 10;
const DEFECTS = 30;

export type Typing = { acked: number; lost: number; doubled: number };
export type ChaosRun = Verdict &
  Strikes & {
    /** What the bot said by itself, on its schedules and in answer to commands. */
    marked: MarkedVerdict;
    commands: Typing;
    kills: number;
    pauses: number;
    restarts: number;
    seconds: number;
    stillDue: number;
    /** What came to the pooler while it was closing connections; null without one. */
    pooler: PoolerCount | null;
  };

export type ChaosOptions = {
  kind: ReplicaKind;
  messages: number;
  /** With schedules that run every day, for as long as `stormSeconds`; only whole bots run them. */
  programs: number;
  seed: number;
  stormSeconds: number;
  mostSeconds: number;
  /** How long a pooler before PostgreSQL closes half of all new connections; without one the replicas have none. */
  poolerSeconds?: number;
};

/**
 * Replicas on PostgreSQL and a local Slack, while everything breaks that can; then the same with a naive outbox. With
 * `--pooler` the replicas alone, behind a pooler that closes half of all new connections for a minute.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      messages: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '300' },
      pooler: { type: 'boolean', default: false },
    },
  });
  const [messages, seed, stormSeconds] = [Number(values.messages), Number(values.seed), Number(values.seconds)];
  const poolerSeconds = values.pooler ? { poolerSeconds: 60 } : {};
  const options = { messages, programs: 6, seed, stormSeconds, mostSeconds: 480, ...poolerSeconds };
  const ours = await unleash({ kind: 'bot', ...options });
  print('The bot', ours);
  if (ours.pooler) {
    if (broken(ours) + (ours.pooler.closed === 0 ? 1 : 0) > 0) process.exitCode = 1;
    return;
  }
  const naive = await unleash({ kind: 'naive', messages: 400, programs: 0, seed, stormSeconds: 0, mostSeconds: 60 });
  print('A naive outbox with the SDK as it comes', naive);
  if (broken(ours) > 0) process.exitCode = 1;
  if (naive.duplicates === 0) {
    process.stdout.write('The naive outbox posted nothing twice, so this run proves nothing.\n');
    process.exitCode = 1;
  }
}

/** How much went wrong that must not. */
export function broken({ marked, commands, ...run }: ChaosRun): number {
  const ofMessages = run.duplicates + run.missing + run.outOfOrder + run.staleEdits + run.stillDue;
  return ofMessages + marked.duplicates + marked.missing + commands.lost + commands.doubled;
}

function print(name: string, { marked, commands, ...run }: ChaosRun): void {
  const lines = [
    `${name}: ${run.seconds} s, ${run.kills} kills, ${run.pauses} pauses past the lease, ${run.restarts} restarts of PostgreSQL`,
    `  Slack: ${run.callsToSlack} calls, ${run.rateLimits} times 429, ${run.lostAnswers} answers lost, ${run.serverErrors} times 500`,
    `  ${run.messages} messages and ${run.edits} edits, ${marked.messages} messages of rituals: ` +
      `${run.duplicates + marked.duplicates} duplicates, ${run.missing + marked.missing} missing, ` +
      `${run.outOfOrder} out of order in a thread, ${run.staleEdits} stale edits, ${run.stillDue} still due`,
    `  ${commands.acked} commands acked: ${commands.lost} lost, ${commands.doubled} done twice`,
    ...(run.pooler
      ? [
          `  the pooler closed ${run.pooler.closed} of ${run.pooler.attempts} new connections of ${SKEWS_MS.length} replicas, ` +
            `at most ${run.pooler.mostInASecond} in a second`,
        ]
      : []),
    ...marked.wrong.map((words) => `  ${words}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** One run. The faults of Slack are seeded; when processes die depends on the machine, too. */
export async function unleash(options: ChaosOptions): Promise<ChaosRun> {
  const random = mulberry32(options.seed);
  process.on('uncaughtException', surviveCutConnection);
  const server = await startPostgresServer();
  const time: ChaosTime = {
    startsAtMs: systemClock.now().getTime(),
    lastsMs: options.stormSeconds * 1_000,
    speed: SPEED,
  };
  const sandbox = await startSlackOfChannels({
    channels: CHANNELS + options.programs,
    people: PEOPLE,
    rateLimits: 'off',
    seed: options.seed,
    clock: chaosSlackClock(chaosClock(time, 0, systemClock)),
  });
  const database = await openPostgres(server.url, { poolSize: 4 });
  const { db } = database;
  const at = new Date(time.startsAtMs);
  const { team } = sandbox.snapshot(sandbox.people()[0]?.id ?? '');
  await upsertWorkspace(db, { id: team.id, name: team.name, botUserId: 'UBOT', createdAt: at });
  const channelNames = Array.from({ length: options.programs }, (_, i) => `channel-${CHANNELS + i}`);
  const programs = await startPrograms(db, sandbox, { channelNames, defects: DEFECTS, at });
  const expected = planLoad(
    options.messages,
    channelIds(sandbox, CHANNELS),
    sandbox.people().map(({ id }) => id),
  );
  addFaults(sandbox);

  const pooler = options.poolerSeconds ? await startFlakyPooler(server.url, random, realElapsedMs) : null;
  const startedMs = realElapsedMs();
  const herd = startHerd(SKEWS_MS.length, (index, start) => ({
    kind: options.kind,
    database: { kind: 'postgres', url: pooler?.url ?? server.url },
    apiUrl: sandbox.apiUrl,
    botToken: sandbox.botToken,
    appToken: sandbox.appToken,
    time,
    skewMs: SKEWS_MS[index] ?? 0,
    start,
  }));
  const storm = raiseStorm(herd, server, { killEveryMs: options.kind === 'bot' ? 5_000 : 2_500, random });
  pooler?.closeHalf((options.poolerSeconds ?? 0) * 1_000);
  const typing = startTyping(sandbox, programs, (options.stormSeconds * 800) / (options.programs * DEFECTS || 1));
  for (const each of expected) {
    await enqueueExpected(db, team.id, each);
    await wait(20);
  }
  if (options.kind !== 'naive') for (const each of expected) await editExpected(db, team.id, each);

  const stillDue = () => workLeft(db, chaosClock(time, Math.max(...SKEWS_MS), systemClock).now());
  const passedMs = () => realElapsedMs() - startedMs;
  const untilDone = async (mostMs: number) => {
    for (;;) {
      const due = await stillDue();
      if ((due === 0 && passedMs() >= time.lastsMs) || passedMs() > mostMs) return due;
      if (process.stderr.isTTY) process.stderr.write(`\r${Math.round(passedMs() / 1_000)} s, ${due} still due   `);
      await wait(500);
    }
  };
  await untilDone(options.mostSeconds * 1_000);
  const restarts = await storm.calm();
  const typed = await typing.stop();
  // What the last commands and ticks left is not struck any more.
  const due = await untilDone(options.kind === 'bot' ? passedMs() + 30_000 : 0);
  const { kills, pauses } = await herd.end();
  const until = chaosClock(time, 0, systemClock).now();
  const marks = [...(await promisedKeys(db, programs, at, until)), ...(await enqueuedPosts(db)).map(({ key }) => key)];
  const ofLoad = new Set(expected.flatMap(({ texts }) => texts));
  const wanted = new Set(marks.filter((key) => !ofLoad.has(key)));
  const run = {
    ...judge(sandbox, expected),
    ...strikes(sandbox),
    marked: judgeMarked(sandbox, wanted),
    commands: await judgeTyped(db, typed),
    kills,
    pauses,
    restarts,
    seconds: Math.round(passedMs() / 1_000),
    stillDue: due,
    pooler: pooler?.count() ?? null,
  };
  await sandbox.close();
  await database.close();
  await pooler?.close();
  await server.close();
  process.off('uncaughtException', surviveCutConnection);
  return run;
}

/** NaN while the database does not answer. */
async function workLeft(db: Db, now: Date): Promise<number> {
  const left = async () => (await outboxStats(db, now)).due + (await countOpenRequests(db));
  return withinSeconds(5, left()).catch(() => Number.NaN);
}

function surviveCutConnection(error: Error): void {
  if (!isWriteToCutConnection(error)) throw error;
}
