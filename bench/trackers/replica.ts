import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../src/clock.ts';
import { openPostgres } from '../../src/db/engine/client.ts';
import { keyRing } from '../../src/db/engine/sealed.ts';
import { makeLog } from '../../src/log.ts';
import { hookRoute } from '../../src/trackers/hook-route.ts';
import { trackerOpener } from '../../src/trackers/open-tracker.ts';
import { startTrackerWorker } from '../../src/trackers/tracker-worker.ts';
import { NO_TRACKERS } from './no-trackers.ts';

export type ReplicaSettings = { databaseUrl: string; githubUrl: string; key: string; start: number };

/** What works on tickets in one process of the bot, until somebody kills it. It prints the port of its webhooks. */
const { databaseUrl, githubUrl, key, start } = JSON.parse(process.argv[2] ?? '') as ReplicaSettings;
const log = makeLog(process.env.BENCH_LOG_LEVEL ?? 'silent');
// Nobody is left to kill this process when the bench itself was killed.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(), 1_000);
const { db } = await openPostgres(databaseUrl, { poolSize: 4 });
const keys = keyRing([Buffer.from(key, 'base64')]);
const worker = startTrackerWorker({
  ...{ db, keys, log, clock: systemClock, random: Math.random, owner: `${process.pid}:${start}` },
  open: trackerOpener({ fetch, hosts: { ...NO_TRACKERS, github: githubUrl } }),
  onFailure: () => {},
  sendSoon: () => {},
});
const server = createServer(hookRoute({ db, keys, clock: systemClock, log, wake: () => void worker.wake() }));
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
