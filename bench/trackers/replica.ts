import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../src/clock.ts';
import { openPostgres } from '../../src/db/engine/client.ts';
import { keyRing } from '../../src/db/engine/sealed.ts';
import { takeHistory } from '../../src/import/take-history.ts';
import { makeLog } from '../../src/log.ts';
import { hookRoute } from '../../src/trackers/hook-route.ts';
import { type TrackerHosts, trackerOpener } from '../../src/trackers/open-tracker.ts';
import { startTrackerWorker } from '../../src/trackers/tracker-worker.ts';
import { WAKE_PATH } from './replicas.ts';
import { SLACK_PEOPLE } from './slack-people.ts';

export type ReplicaSettings = { databaseUrl: string; hosts: TrackerHosts; key: string; start: number };

const BEAT_MS = 15_000;

/** What works on tickets in one process of the bot, until somebody kills it. It prints the port of its webhooks. */
const { databaseUrl, hosts, key, start } = JSON.parse(process.argv[2] ?? '') as ReplicaSettings;
const log = makeLog(process.env.BENCH_LOG_LEVEL ?? 'silent');
// Nobody is left to kill this process when the bench itself was killed.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(), 1_000);
const { db } = await openPostgres(databaseUrl);
const keys = keyRing([Buffer.from(key, 'base64')]);
const worker = startTrackerWorker({
  ...{ db, keys, log, clock: systemClock, random: Math.random, owner: `${process.pid}:${start}` },
  open: trackerOpener({ fetch, hosts }),
  slack: SLACK_PEOPLE,
  onFailure: () => {},
  sendSoon: () => {},
  takeHistory,
});
const wake = () => void worker.wake();
const hooks = hookRoute({ db, keys, clock: systemClock, log, wake });
const server = createServer((request, response) => {
  if (request.url !== WAKE_PATH) return void hooks(request, response);
  wake();
  response.end();
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
wake();
setInterval(wake, BEAT_MS);
