import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from './kit/free-port.ts';
import { quantile } from './kit/measures.ts';
import {
  childrenOf,
  cpuSecondsOf,
  type Memory,
  mainThreadSecondsOf,
  memoryOf,
  startWatched,
  type Watched,
} from './kit/watched-process.ts';

const FIRST_STARTS = '3';
const STARTS = '5';
const LOOK_EVERY_MS = 10;
/** The engine goes on compiling the database for some seconds after it is open, and that is when memory peaks. */
const REST_MS = 10_000;
/** What is asked again and again is compiled a second time within a minute; an idle bot is one that has been there longer. */
const SETTLED_MS = 60_000;
const IDLE_MS = 60_000;

const GOAL_FIRST_MS = 4_000;
const GOAL_AGAIN_MS = 1_200;
const GOAL_OVER_PGLITE_MB = 120;
const GOAL_IDLE_SHARE = 0.005;

type Started = { tookMs: number; threadSeconds: number; process: Watched };

/** What several starts took and held. */
type Figures = { tookMs: number[]; threadSeconds: number[]; memory: Memory[] };

const say = (line: string) => process.stdout.write(`${line}\n`);

/** As `npm start` does it without credentials: the bot, its database and the local Slack beside it. */
async function startBot(folder: string): Promise<Started> {
  const [port, sandboxPort, metricsPort] = [await freePort(), await freePort(), await freePort()];
  const startedAt = performance.now();
  const started = startWatched('src/main.ts', [], {
    DATA_DIR: join(folder, 'data'),
    // What is built or compiled once is built anew in a new folder.
    TMPDIR: join(folder, 'tmp'),
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    METRICS_PORT: String(metricsPort),
  });
  const answers = async (url: string) => {
    while (!(await isThere(url))) await setTimeout(LOOK_EVERY_MS);
  };
  await Promise.all([answers(`http://127.0.0.1:${sandboxPort}/`), answers(`http://127.0.0.1:${port}/readyz`)]);
  return usable(started, startedAt);
}

function usable(started: Watched, startedAt: number): Started {
  return {
    tookMs: performance.now() - startedAt,
    threadSeconds: mainThreadSecondsOf(started.pid),
    process: started,
  };
}

function isThere(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok, body }) => {
      void body?.cancel();
      return ok;
    },
    () => false,
  );
}

/** The embedded database of a directory, opened by nothing but PGlite. */
async function startPglite(directory: string): Promise<Started> {
  const startedAt = performance.now();
  const started = startWatched('bench/start/bare-pglite.ts', [directory], {});
  await started.firstLine;
  return usable(started, startedAt);
}

async function note(figures: Figures, { tookMs, threadSeconds, process: { pid, stop } }: Started): Promise<void> {
  await setTimeout(REST_MS);
  figures.tookMs.push(tookMs);
  figures.threadSeconds.push(threadSeconds);
  figures.memory.push(memoryOf(pid));
  await stop();
}

/** The processor time of a minute in which nobody asks anything, as a share of one core. */
async function idleShares(pids: readonly number[]): Promise<number[]> {
  const before = pids.map(cpuSecondsOf);
  await setTimeout(IDLE_MS);
  return pids.map((pid, i) => (cpuSecondsOf(pid) - (before[i] ?? 0)) / (IDLE_MS / 1_000));
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'start-bench-'));
  mkdirSync(join(folder, 'tmp'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const empty = (): Figures => ({ tookMs: [], threadSeconds: [], memory: [] });
const median = (values: readonly number[]) => quantile(values, 0.5);
const seconds = (ms: number) => (ms / 1_000).toFixed(2);
const residents = ({ memory }: Figures) => memory.map(({ resident }) => resident);
const peaks = ({ memory }: Figures) => memory.map(({ peak }) => peak);

function row(name: string, figures: Figures): string {
  const { tookMs, threadSeconds } = figures;
  const thread = `${Math.min(...threadSeconds).toFixed(2)}, ${median(threadSeconds).toFixed(2)} s`;
  const memory = `${Math.round(median(residents(figures)))} | ${Math.round(median(peaks(figures)))}`;
  return `| ${name} | ${seconds(Math.min(...tookMs))}, ${seconds(median(tookMs))} s | ${thread} | ${memory} |`;
}

/** Whether the bot holds little more than PGlite does, at rest and at most. */
function isLean(bot: Figures, pglite: Figures): boolean {
  return [residents, peaks].every((of) => median(of(bot)) - median(of(pglite)) <= GOAL_OVER_PGLITE_MB);
}

/**
 * How soon the bot is there, `--first` times in an empty directory and `--again` times on existing data, and what it costs
 * while nobody asks anything. On a busy machine the main thread's processor time tells more than the clock on the wall.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      first: { type: 'string', default: FIRST_STARTS },
      again: { type: 'string', default: STARTS },
    },
  });
  const [first, firstPglite, again, againPglite] = [empty(), empty(), empty(), empty()];
  for (let count = 0; count < Number(values.first); count += 1)
    await inFolder(async (folder) => {
      await note(first, await startBot(folder));
      await note(firstPglite, await startPglite(join(folder, 'alone')));
    });
  const idle = await inFolder(async (folder) => {
    const made = await startBot(folder);
    await made.process.stop();
    for (let count = 0; count < Number(values.again); count += 1) {
      await note(again, await startBot(folder));
      await note(againPglite, await startPglite(join(folder, 'data/database')));
    }
    const { process: bot } = await startBot(folder);
    await setTimeout(SETTLED_MS);
    const shares = await idleShares([bot.pid, ...childrenOf(bot.pid)]);
    await bot.stop();
    return shares;
  });
  say('| fastest, median | start | of its main thread | resident, MB | peak, MB |\n|---|---|---|---|---|');
  say(row('the bot, first start', first));
  say(row('PGlite alone, new database', firstPglite));
  say(row('the bot, existing data', again));
  say(row('PGlite alone, the same data', againPglite));
  const [ofBot = 1, ofSandbox = 1] = idle;
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
  say(`An idle minute: ${percent(ofBot)} of a core, and ${percent(ofSandbox)} by the local Slack beside it.`);
  const isSoon = median(first.tookMs) <= GOAL_FIRST_MS && median(again.tookMs) <= GOAL_AGAIN_MS;
  if (!isSoon || !isLean(first, firstPglite) || !isLean(again, againPglite) || ofBot + ofSandbox > GOAL_IDLE_SHARE)
    process.exitCode = 1;
}
