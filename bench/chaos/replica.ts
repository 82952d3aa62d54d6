import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import { and, eq, lte } from 'drizzle-orm';
import { startBot } from '../../src/bot.ts';
import { realElapsedMs, systemClock } from '../../src/clock.ts';
import { type Db, type OpenDatabase, openPostgres } from '../../src/db/engine/client.ts';
import { keyRing } from '../../src/db/engine/sealed.ts';
import { outboxStats } from '../../src/db/messages/dead-letters.ts';
import { markSent } from '../../src/db/messages/outbox-claims.ts';
import { countOpenRequests } from '../../src/db/messages/requests.ts';
import { outbox } from '../../src/db/schema/messages.ts';
import { startDeliverer } from '../../src/delivery/deliverer.ts';
import { createPostingClient } from '../../src/delivery/slack-client.ts';
import { makeLog } from '../../src/log.ts';
import { backUp } from '../../src/process/backups.ts';
import { openDatabase } from '../../src/process/open-database.ts';
import { superviseProcess } from '../../src/process/supervise.ts';
import { AMBIGUOUS_WAIT_MS, chaosClock, LEASE_MS, type ReplicaSettings, TIMEOUT_MS } from './settings.ts';

const BEAT_MS = 500;

/** One replica, a process of its own, until somebody kills it. */
const settings = JSON.parse(process.argv[2] ?? '') as ReplicaSettings;
const log = makeLog(process.env.CHAOS_LOG_LEVEL ?? 'silent');
superviseProcess({ process, log, stop: () => process.exit(1) });
// Nobody is left to kill this process when the bench itself was killed.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(), 1_000);
const { db, close, dump } = await openPatiently();
const directory = settings.database.kind === 'embedded' ? settings.database.directory : '';
const common = {
  db,
  clock: chaosClock(settings.time, settings.skewMs, systemClock),
  elapsedMs: realElapsedMs,
  owner: `${process.pid}:${settings.start}`,
  random: Math.random,
  log,
};
const patience = { leaseMs: LEASE_MS, ambiguousWaitMs: AMBIGUOUS_WAIT_MS, timeoutMs: TIMEOUT_MS };
if (settings.kind !== 'bot') process.send?.('up');
if (settings.kind === 'naive') await sendNaively(db);
else if (settings.kind === 'bot') await beBot();
else {
  const client = createPostingClient(settings.botToken, { slackApiUrl: settings.apiUrl, timeout: TIMEOUT_MS });
  startDeliverer({
    ...common,
    ...patience,
    clientOf: async () => client,
  });
}

async function beBot(): Promise<void> {
  const { botToken, appToken } = settings;
  const bot = await startBot({
    ...common,
    keys: keyRing([randomBytes(32)]),
    patience,
    slack: { kind: 'socket', botToken, appToken },
    slackApiUrl: settings.apiUrl,
    port: 0,
    backUp: dump && ((on) => backUp(dump, directory, on)),
  });
  process.on('SIGTERM', async () => {
    await bot.stop();
    await close();
    process.exit(0);
  });
  for (;;) {
    await bot.beat();
    // Whoever shares no database with this process asks how much is left.
    if (process.send) process.send(await workLeft(db).catch(() => null));
    await wait(BEAT_MS);
  }
}

async function workLeft(db: Db): Promise<number> {
  const { due } = await outboxStats(db, common.clock.now());
  return due + (await countOpenRequests(db));
}

// The server may be restarting at this moment.
async function openPatiently(): Promise<OpenDatabase> {
  if (settings.database.kind === 'embedded') return openDatabase(settings.database);
  for (;;) {
    try {
      return await openPostgres(settings.database.url, { poolSize: 4 });
    } catch {
      await wait(200);
    }
  }
}

// What one writes first: read what is due, post it with the SDK as it comes, note it.
async function sendNaively(db: Db): Promise<never> {
  const client = new WebClient(settings.botToken, { slackApiUrl: settings.apiUrl });
  for (;;) {
    try {
      const due = await db
        .select()
        .from(outbox)
        .where(and(eq(outbox.state, 'due'), eq(outbox.kind, 'post'), lte(outbox.runAt, systemClock.now())))
        .limit(20)
        .for('update', { skipLocked: true });
      for (const { id, channel, body } of due) {
        const posted = await client.chat.postMessage({ channel, text: body.text });
        await markSent(db, id, { channel: posted.channel ?? '', ts: posted.ts ?? '' }, systemClock.now());
      }
    } catch {
      // The next round finds what is still due.
    }
    await wait(100);
  }
}
