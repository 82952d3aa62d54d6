import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startBot } from '../../src/bot.ts';
import { realElapsedMs } from '../../src/clock.ts';
import { openPostgres } from '../../src/db/engine/client.ts';
import { keyRing } from '../../src/db/engine/sealed.ts';
import { makeLog } from '../../src/log.ts';

export type ReplicaOfMany = {
  url: string;
  apiUrl: string;
  port: number;
  key: string;
  signingSecret: string;
  clientId?: string;
  clientSecret?: string;
  publicUrl?: string;
  nowMs: number;
};

/** One process of the bot that workspaces install themselves. The bench says which time it is; from then on time goes on. */
const settings = JSON.parse(process.argv[2] ?? '') as ReplicaOfMany;
process.on('disconnect', () => process.exit());

let offsetMs = settings.nowMs - realElapsedMs();
const listeners = new Set<() => unknown>();
const { db, load } = await openPostgres(settings.url);
await startBot({
  slack: {
    kind: 'oauth',
    signingSecret: settings.signingSecret,
    ...{ clientId: 'bench', clientSecret: 'bench', stateSecret: 'bench' },
    ...(settings.clientId ? { clientId: settings.clientId } : {}),
    ...(settings.clientSecret ? { clientSecret: settings.clientSecret } : {}),
  },
  publicUrl: settings.publicUrl,
  slackApiUrl: settings.apiUrl,
  port: settings.port,
  db,
  keys: keyRing([Buffer.from(settings.key, 'base64')]),
  clock: {
    now: () => new Date(realElapsedMs() + offsetMs),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  },
  elapsedMs: realElapsedMs,
  owner: String(process.pid),
  random: Math.random,
  log: makeLog('silent'),
});
const stalls = monitorEventLoopDelay({ resolution: 5 });
stalls.enable();
let mostWaiting = 0;
setInterval(() => {
  mostWaiting = Math.max(mostWaiting, load?.().waiting ?? 0);
}, 20).unref();
/** What a request may have had to wait for in this process. */
export type Waits = { stallP99Ms: number; longestStallMs: number; mostWaiting: number; cpuSeconds: number };
const waits = (): Waits => ({
  stallP99Ms: stalls.percentile(99) / 1e6,
  longestStallMs: stalls.max / 1e6,
  mostWaiting,
  cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
});
process.on('message', (nowMs: number | 'waits') => {
  if (nowMs === 'waits') return process.send?.(waits());
  offsetMs = nowMs - realElapsedMs();
  for (const listener of listeners) listener();
});
process.send?.('up');
