import { setTimeout as wait } from 'node:timers/promises';
import { realElapsedMs, systemClock } from '../src/clock.ts';
import { openPostgres } from '../src/db/client.ts';
import { outboxStats } from '../src/db/dead-letters.ts';
import { enqueuePost } from '../src/db/outbox.ts';
import { workspaces } from '../src/db/schema/workspaces.ts';
import { startDeliverer } from '../src/delivery/deliverer.ts';
import { createPostingClient } from '../src/delivery/slack-client.ts';
import { startPostgresServer } from './postgres-server.ts';
import { channelIds, startSlackOfChannels } from './slack-of-channels.ts';

const CHANNELS = 50;
// Until the bursts are spent.
const WARM_UP_MS = 6_000;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** How much of one message a second a channel, over 50 channels, a deliverer uses. Argument: seconds, 30 unless given. */
export async function run([seconds = '30']: readonly string[]): Promise<void> {
  const measuredMs = Number(seconds) * 1_000;
  const server = await startPostgresServer();
  const database = await openPostgres(server.url);
  const sandbox = await startSlackOfChannels({ channels: CHANNELS, people: 1, rateLimits: 'docs', seed: 1 });
  const { db } = database;
  const workspaceId = 'TBENCH';
  const startedAt = systemClock.now();
  await db.insert(workspaces).values({ id: workspaceId, name: 'Bench', botUserId: 'UBOT', createdAt: startedAt });
  const perChannel = Math.ceil((WARM_UP_MS + measuredMs) / 1_000) + 10;
  for (const channel of channelIds(sandbox, CHANNELS))
    await db.transaction(async (tx) => {
      for (let i = 0; i < perChannel; i += 1) {
        const body = { text: `Message ${i}`, blocks: [] };
        await enqueuePost(tx, { workspaceId, dedupeKey: `${channel}:${i}`, channel, body, runAt: startedAt });
      }
    });

  const sentAtMs: number[] = [];
  const outcomes = new Map<string, number>();
  const deliverer = startDeliverer({
    db,
    client: createPostingClient(sandbox.botToken, { slackApiUrl: sandbox.apiUrl }),
    clock: systemClock,
    elapsedMs: realElapsedMs,
    owner: 'bench',
    random: Math.random,
    log: silent,
    observe: (outcome) => {
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (outcome === 'sent') sentAtMs.push(realElapsedMs());
    },
  });
  const fromMs = realElapsedMs() + WARM_UP_MS;
  await wait(WARM_UP_MS + measuredMs);
  const untilMs = fromMs + measuredMs;
  const sent = sentAtMs.filter((at) => at >= fromMs && at < untilMs).length;
  const left = await outboxStats(db, systemClock.now());
  await deliverer.stop();
  const refused = outcomes.get('rate_limited') ?? 0;
  await sandbox.close();
  await database.close();
  await server.close();

  const allowed = (CHANNELS * measuredMs) / 1_000;
  const share = sent / allowed;
  process.stdout.write(
    `${CHANNELS} channels, ${seconds} s after the bursts, PostgreSQL, ${CHANNELS * perChannel} messages queued\n` +
      `allowed ${allowed}   sent ${sent}   share ${(share * 100).toFixed(1)} %   429s ${refused}   still due ${left.due}\n`,
  );
  if (share < 0.95) process.exitCode = 1;
}
