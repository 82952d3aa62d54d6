import { setTimeout as wait } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import { and, eq, lte } from 'drizzle-orm';
import { realElapsedMs, systemClock } from '../src/clock.ts';
import { type Db, openPostgres } from '../src/db/client.ts';
import { markSent } from '../src/db/outbox-claims.ts';
import { outbox } from '../src/db/schema/messages.ts';
import { startDeliverer } from '../src/delivery/deliverer.ts';
import { createPostingClient } from '../src/delivery/slack-client.ts';
import { type ReplicaSettings, TIMEOUT_MS } from './chaos-settings.ts';

/** One replica, a process of its own, until somebody kills it. */
const settings = JSON.parse(process.argv[2] ?? '') as ReplicaSettings;
const silent = { info: () => {}, warn: () => {}, error: () => {} };
// Nobody is left to kill this process when the bench itself was killed.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(), 1_000);
const { db } = await openPatiently();
if (settings.isNaive) await sendNaively(db);
else
  startDeliverer({
    db,
    client: createPostingClient(settings.token, { slackApiUrl: settings.apiUrl, timeout: TIMEOUT_MS }),
    clock: { now: () => new Date(systemClock.now().getTime() + settings.skewMs), onChange: systemClock.onChange },
    elapsedMs: realElapsedMs,
    owner: `${process.pid}:${settings.start}`,
    random: Math.random,
    log: silent,
    leaseMs: settings.leaseMs,
    ambiguousWaitMs: settings.ambiguousWaitMs,
  });

// The server may be restarting at this moment.
async function openPatiently() {
  for (;;) {
    try {
      return await openPostgres(settings.databaseUrl, { poolSize: 3 });
    } catch {
      await wait(200);
    }
  }
}

// What one writes first: read what is due, post it with the SDK as it comes, note it.
async function sendNaively(db: Db): Promise<never> {
  const client = new WebClient(settings.token, { slackApiUrl: settings.apiUrl });
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
