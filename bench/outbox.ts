import { setTimeout as wait } from 'node:timers/promises';
import { realElapsedMs, systemClock } from '../src/clock.ts';
import { type Db, openPostgres } from '../src/db/engine/client.ts';
import { outboxStats } from '../src/db/messages/dead-letters.ts';
import { enqueuePost } from '../src/db/messages/outbox.ts';
import { workspaces } from '../src/db/schema/workspaces.ts';
import { startDeliverer } from '../src/delivery/deliverer.ts';
import { createPostingClient } from '../src/delivery/slack-client.ts';
import { startPostgresServer } from './kit/postgres-server.ts';
import { channelIds, startSlackOfChannels } from './kit/slack-of-channels.ts';

const CHANNELS = 50;
// Until the bursts are spent.
const WARM_UP_MS = 6_000;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * How much of one message a second a channel, over 50 channels, the outbox uses: one replica, then three that must not
 * exceed it together. Argument: seconds for each, 30 unless given.
 */
export async function run([seconds = '30']: readonly string[]): Promise<void> {
  for (const replicas of [1, 3]) {
    const share = await measure(replicas, Number(seconds));
    if (share < 0.95) process.exitCode = 1;
  }
}

async function measure(replicas: number, seconds: number): Promise<number> {
  const measuredMs = seconds * 1_000;
  const server = await startPostgresServer();
  const database = await openPostgres(server.url);
  const sandbox = await startSlackOfChannels({ channels: CHANNELS, people: 1, rateLimits: 'docs', seed: 1 });
  const { db } = database;
  const queued = await enqueueAll(db, channelIds(sandbox, CHANNELS), Math.ceil((WARM_UP_MS + measuredMs) / 1_000) + 10);

  const sentAtMs: number[] = [];
  const outcomes = new Map<string, number>();
  const client = createPostingClient(sandbox.botToken, { slackApiUrl: sandbox.apiUrl });
  const deliverers = Array.from({ length: replicas }, (_, i) =>
    startDeliverer({
      db,
      clientOf: async () => client,
      clock: systemClock,
      elapsedMs: realElapsedMs,
      owner: `bench ${i}`,
      random: Math.random,
      log: silent,
      observe: (outcome) => {
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (outcome === 'sent') sentAtMs.push(realElapsedMs());
      },
    }),
  );
  const fromMs = realElapsedMs() + WARM_UP_MS;
  await wait(WARM_UP_MS + measuredMs);
  const untilMs = fromMs + measuredMs;
  const sent = sentAtMs.filter((at) => at >= fromMs && at < untilMs).length;
  const left = await outboxStats(db, systemClock.now());
  await Promise.all(deliverers.map((deliverer) => deliverer.stop()));
  await sandbox.close();
  await database.close();
  await server.close();

  const allowed = CHANNELS * seconds;
  const share = sent / allowed;
  process.stdout.write(
    `${replicas === 1 ? '1 replica' : `${replicas} replicas`}, ${CHANNELS} channels, ${seconds} s after the bursts, ` +
      `PostgreSQL, ${queued} messages queued\n` +
      `allowed ${allowed}   sent ${sent}   share ${(share * 100).toFixed(1)} %   ` +
      `429s ${outcomes.get('rate_limited') ?? 0}   still due ${left.due}\n`,
  );
  return share;
}

async function enqueueAll(db: Db, channels: readonly string[], perChannel: number): Promise<number> {
  const workspaceId = 'TBENCH';
  const runAt = systemClock.now();
  await db.insert(workspaces).values({ id: workspaceId, name: 'Bench', botUserId: 'UBOT', createdAt: runAt });
  for (const channel of channels)
    await db.transaction(async (tx) => {
      for (let i = 0; i < perChannel; i += 1) {
        const body = { text: `Message ${i}`, blocks: [] };
        await enqueuePost(tx, { workspaceId, dedupeKey: `${channel}:${i}`, channel, body, runAt });
      }
    });
  return channels.length * perChannel;
}
