import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { getTableName } from 'drizzle-orm';
import type { Sandbox } from '../sandbox/engine/sandbox.ts';
import { realElapsedMs, systemClock } from '../src/clock.ts';
import type { Db } from '../src/db/engine/client.ts';
import { DirectoryInUse } from '../src/db/engine/embedded/directory-lock.ts';
import { EVERY_TABLE } from '../src/db/schema/every-table.ts';
import { mulberry32 } from '../src/domain/stats/random.ts';
import { restore } from '../src/process/backups.ts';
import { openDatabase } from '../src/process/open-database.ts';
import { addFaults } from './chaos/faults.ts';
import { startHerd } from './chaos/herd.ts';
import { judgeTyped, startTyping, type Typed } from './chaos/people.ts';
import { type ChaosProgram, enqueuedPosts, promisedKeys, startPrograms } from './chaos/programs.ts';
import { type ChaosTime, chaosClock, chaosSlackClock, SPEED } from './chaos/settings.ts';
import { judgeMarked, strikes } from './chaos/verdict.ts';
import { measureDisk } from './embedded/disk.ts';
import { startSlackOfChannels } from './kit/slack-of-channels.ts';

const PROGRAMS = 6;
const DEFECTS = 40;
const KILL_EVERY_MS = 5_000;

/** The bot on its embedded database, killed again and again in the middle of everything; then dumped and restored. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { seed: { type: 'string', default: '1' }, seconds: { type: 'string', default: '180' } },
  });
  const seed = Number(values.seed);
  const lastsMs = Number(values.seconds) * 1_000;
  const directory = await mkdtemp(join(tmpdir(), 'burndown-chaos-'));
  const time: ChaosTime = { startsAtMs: systemClock.now().getTime(), lastsMs, speed: SPEED };
  const clock = chaosClock(time, 0, systemClock);
  const sandbox = await startSlackOfChannels({
    channels: PROGRAMS,
    people: 10,
    rateLimits: 'off',
    seed,
    clock: chaosSlackClock(clock),
  });
  const at = new Date(time.startsAtMs);
  const channelNames = Array.from({ length: PROGRAMS }, (_, i) => `channel-${i}`);
  const programs = await inDatabase(directory, (db) =>
    startPrograms(db, sandbox, { channelNames, defects: DEFECTS, at }),
  );
  addFaults(sandbox);

  let left = Number.NaN;
  const startedMs = realElapsedMs();
  const herd = startHerd(
    1,
    (_, start) => ({
      kind: 'bot',
      database: { kind: 'embedded', directory },
      apiUrl: sandbox.apiUrl,
      botToken: sandbox.botToken,
      appToken: sandbox.appToken,
      time,
      skewMs: 0,
      start,
    }),
    (now) => {
      left = now;
    },
  );
  const typing = startTyping(sandbox, programs, (lastsMs * 0.8) / (PROGRAMS * DEFECTS));
  const random = mulberry32(seed);
  while (realElapsedMs() - startedMs < lastsMs) {
    await wait(KILL_EVERY_MS * (0.5 + random()));
    herd.kill(0);
  }
  const typed = await typing.stop();
  left = Number.NaN;
  for (let calm = 0; left !== 0 && calm < 120; calm += 1) await wait(500);
  const isRefused = await inDatabase(directory, async () => false).catch(
    (error: unknown) => error instanceof DirectoryInUse,
  );
  const { kills } = await herd.end('SIGTERM');
  const seconds = Math.round((realElapsedMs() - startedMs) / 1_000);

  const judged = await inDatabase(directory, (db) =>
    judgeAll(db, sandbox, programs, typed, { from: at, to: clock.now() }),
  );
  const isRestored = await survivesRestore(directory);
  const { callsToSlack, rateLimits, lostAnswers, serverErrors } = strikes(sandbox);
  await sandbox.close();
  await rm(directory, { recursive: true, force: true });
  const { marked, commands } = judged;
  const lines = [
    `The embedded database: ${seconds} s, ${kills} kills, each followed by a start that took the lock over`,
    `  Slack: ${callsToSlack} calls, ${rateLimits} times 429, ${lostAnswers} answers lost, ${serverErrors} times 500`,
    `  ${marked.messages} messages: ${marked.duplicates} duplicates, ${marked.missing} missing, ${left} still due`,
    `  ${commands.acked} commands acked: ${commands.lost} lost, ${commands.doubled} done twice`,
    ...marked.wrong.map((words) => `  ${words}`),
    `  a second process while one runs: ${isRefused ? 'refused' : 'NOT refused'}`,
    `  dumped and restored: ${isRestored ? 'every table has the same rows' : 'rows are MISSING'}`,
  ];
  process.stdout.write(`${[...lines, ...(await measureDisk())].join('\n')}\n`);
  const wrong = marked.duplicates + marked.missing + commands.lost + commands.doubled + left;
  if (wrong !== 0 || !isRefused || !isRestored) process.exitCode = 1;
}

async function judgeAll(
  db: Db,
  sandbox: Sandbox,
  programs: readonly ChaosProgram[],
  typed: readonly Typed[],
  { from, to }: { from: Date; to: Date },
) {
  const promised = await promisedKeys(db, programs, from, to);
  const enqueued = (await enqueuedPosts(db)).map(({ key }) => key);
  return {
    marked: judgeMarked(sandbox, new Set([...promised, ...enqueued])),
    commands: await judgeTyped(db, typed),
  };
}

async function survivesRestore(directory: string): Promise<boolean> {
  const file = join(directory, 'packed.tar.gz');
  const database = await openDatabase({ kind: 'embedded', directory });
  const before = await countAll(database.db);
  await database.dump?.(file);
  await database.close();
  await restore(file, directory);
  const after = await inDatabase(directory, countAll);
  return before === after;
}

async function countAll(db: Db): Promise<string> {
  const counts: string[] = [];
  for (const table of EVERY_TABLE) counts.push(`${getTableName(table)} ${await db.$count(table)}`);
  return counts.join('\n');
}

async function inDatabase<T>(directory: string, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = await openDatabase({ kind: 'embedded', directory });
  try {
    return await work(db);
  } finally {
    await close();
  }
}
