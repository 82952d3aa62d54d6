import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import type { Sandbox } from '../sandbox/engine/sandbox.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { startBot } from '../src/bot.ts';
import { realElapsedMs, systemClock } from '../src/clock.ts';
import { type Db, openPostgres } from '../src/db/engine/client.ts';
import { keyRing } from '../src/db/engine/sealed.ts';
import { outboxStats } from '../src/db/messages/dead-letters.ts';
import { enqueuePost } from '../src/db/messages/outbox.ts';
import { mulberry32 } from '../src/domain/stats/random.ts';
import { makeLog } from '../src/log.ts';
import { startBareApp } from './ack/bare-app.ts';
import { freePort } from './kit/free-port.ts';
import { quantile } from './kit/measures.ts';
import { startPostgresServer } from './kit/postgres-server.ts';

const PEOPLE = 300;
const CHANNELS = 50;
const A_SECOND = 50;
// Short turns, so that whatever else the machine does falls on both alike.
const TURN_SECONDS = 1;
const STORM_SECONDS = 10;
const STORM_MESSAGES = 500;
const HOME = 'eng-stability';
const MOST_TIMES_BARE = 1.2;
const MOST_STORM_MS = 500;

type Taken = { ackMs: number; openMs: number };

/**
 * How long `/defect` takes to be acked and to open its form, beside a bare Bolt app that opens a static form, in turns;
 * then the same while Slack refuses everything that waits to be posted. Argument: seconds for each app, 60 unless given.
 */
export async function run([seconds = '60']: readonly string[]): Promise<void> {
  const server = await startPostgresServer();
  const database = await openPostgres(server.url);
  const [ours, bare] = [await startOurs(database.db), await startBare()];
  await Promise.all([ask(ours.sandbox, 3, A_SECOND), ask(bare.sandbox, 3, A_SECOND)]);

  const taken = { ours: [] as Taken[], bare: [] as Taken[] };
  for (let done = 0; done < Number(seconds); done += TURN_SECONDS) {
    taken.ours.push(...(await ask(ours.sandbox, TURN_SECONDS, A_SECOND)));
    taken.bare.push(...(await ask(bare.sandbox, TURN_SECONDS, A_SECOND)));
  }
  const lines = [row('bot, ack', taken.ours, 'ackMs'), row('bare, ack', taken.bare, 'ackMs')];
  lines.push(row('bot, form opened', taken.ours, 'openMs'), row('bare, form opened', taken.bare, 'openMs'));
  const ratio = (what: keyof Taken) => median(taken.ours, what) / median(taken.bare, what);
  lines.push(`ratio of medians: ack ${ratio('ackMs').toFixed(2)}, form opened ${ratio('openMs').toFixed(2)}`);

  const waiting = await raiseStorm(ours.sandbox, database.db);
  const stormy = await ask(ours.sandbox, STORM_SECONDS, A_SECOND);
  const { due } = await outboxStats(database.db, systemClock.now());
  const refused = ours.sandbox.faults.list()[0]?.struck ?? 0;
  lines.push(`while ${waiting} messages wait (${due} at the end) and Slack answered 429 to ${refused} posts:`);
  lines.push(row('bot, ack', stormy, 'ackMs'), row('bot, form opened', stormy, 'openMs'));
  process.stdout.write(`${A_SECOND} /defect a second, ${seconds} s each, PostgreSQL\n${lines.join('\n')}\n`);

  await ours.stop();
  await bare.stop();
  await database.close();
  await server.close();
  const stormP99 = quantile(
    stormy.map(({ ackMs }) => ackMs),
    0.99,
  );
  const isWithin = ratio('ackMs') <= MOST_TIMES_BARE && ratio('openMs') <= MOST_TIMES_BARE && stormP99 <= MOST_STORM_MS;
  // What was not measured is not within bounds either.
  if (!isWithin) process.exitCode = 1;
}

async function startWorkspace(url: string): Promise<Sandbox> {
  return startSandbox({
    manifest: parse(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8')),
    delivery: { kind: 'http', url },
    rateLimits: 'off',
    randomSeed: 1,
    workspace: {
      team: { name: 'Harbour', domain: 'harbour' },
      users: Array.from({ length: PEOPLE }, (_, i) => ({
        id: `U${String(i).padStart(10, '0')}`,
        name: `person${i}`,
        realName: `Person ${i}`,
        timeZone: 'UTC',
      })),
      channels: [HOME, ...Array.from({ length: CHANNELS }, (_, i) => `channel-${i}`)].map((name, i) => ({
        id: `C${String(i).padStart(10, '0')}`,
        name,
        botIsMember: true,
      })),
    },
  });
}

async function startOurs(db: Db) {
  const port = await freePort();
  const sandbox = await startWorkspace(`http://127.0.0.1:${port}/slack/events`);
  const bot = await startBot({
    slack: { kind: 'http', botToken: sandbox.botToken, signingSecret: sandbox.signingSecret },
    slackApiUrl: sandbox.apiUrl,
    port,
    keys: keyRing([randomBytes(32)]),
    db,
    clock: systemClock,
    elapsedMs: realElapsedMs,
    owner: 'bench',
    random: mulberry32(1),
    log: makeLog('silent'),
  });
  return {
    sandbox,
    stop: async () => {
      await bot.stop(2_000);
      await sandbox.close();
    },
  };
}

async function startBare() {
  const port = await freePort();
  const sandbox = await startWorkspace(`http://127.0.0.1:${port}/slack/events`);
  const stop = await startBareApp({ sandbox, port });
  return {
    sandbox,
    stop: async () => {
      await stop();
      await sandbox.close();
    },
  };
}

/** People type `/defect` at this pace, whether or not those before have been answered. */
async function ask(sandbox: Sandbox, seconds: number, aSecond: number): Promise<Taken[]> {
  const startedMs = realElapsedMs();
  const asked: Promise<Taken>[] = [];
  for (let n = 0; n < seconds * aSecond; n += 1) {
    await wait(Math.max(0, startedMs + (n * 1_000) / aSecond - realElapsedMs()));
    asked.push(askOnce(sandbox, `person${n % PEOPLE}`));
  }
  return Promise.all(asked);
}

async function askOnce(sandbox: Sandbox, name: string): Promise<Taken> {
  const person = sandbox.person(name);
  const startedMs = realElapsedMs();
  const opened = person.modal().then(() => realElapsedMs() - startedMs);
  const { ackMs = Number.POSITIVE_INFINITY } = await person.slash('/defect', { channel: `#${HOME}` });
  const openMs = await opened;
  await person.closeAll();
  return { ackMs, openMs };
}

/** Makes messages due in every channel, and lets Slack refuse every post. */
async function raiseStorm(sandbox: Sandbox, db: Db): Promise<number> {
  sandbox.faults.add({ method: 'chat.postMessage', kind: 'rate_limit', retryAfter: 2 });
  const runAt = systemClock.now();
  const workspaceId = sandbox.snapshot(sandbox.person('person0').id).team.id;
  for (let n = 0; n < STORM_MESSAGES; n += 1) {
    const channel = sandbox.channel(`channel-${n % CHANNELS}`)?.id ?? '';
    await enqueuePost(db, { workspaceId, dedupeKey: `storm ${n}`, channel, body: { text: `${n}`, blocks: [] }, runAt });
  }
  return STORM_MESSAGES;
}

function median(taken: readonly Taken[], what: keyof Taken): number {
  return quantile(
    taken.map((one) => one[what]),
    0.5,
  );
}

function row(name: string, taken: readonly Taken[], what: keyof Taken): string {
  const of = (share: number) =>
    quantile(
      taken.map((one) => one[what]),
      share,
    ).toFixed(1);
  return `${name.padEnd(20)} p50 ${of(0.5)} ms  p95 ${of(0.95)} ms  p99 ${of(0.99)} ms  (${taken.length})`;
}
