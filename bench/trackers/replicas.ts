import { fileURLToPath } from 'node:url';
import type { TrackerHosts } from '../../src/trackers/open-tracker.ts';
import { startWatched, type Watched } from '../kit/watched-process.ts';
import type { ReplicaSettings } from './replica.ts';

/** Where a process hears that somebody has just done something in Slack, which the whole bot knows by itself. */
export const WAKE_PATH = '/wake';

const SCRIPT = fileURLToPath(new URL('./replica.ts', import.meta.url));
const KILLED_AFTER_MS = { least: 10_000, most: 40_000 };

type Running = { watched: Watched; port: number | undefined };

/** Processes that work on tickets, each killed after a while without a word and started again, until all are stopped. */
export async function startReplicas(options: {
  databaseUrl: string;
  hosts: TrackerHosts;
  key: string;
  count: number;
  random: () => number;
}) {
  const { count, random, ...settings } = options;
  const running: Running[] = [];
  let [starts, kills, turn, isCalm, isOver] = [0, 0, 0, false, false];
  const start = async (place: number) => {
    starts += 1;
    const given: ReplicaSettings = { ...settings, start: starts };
    const { LOG_LEVEL = '' } = process.env;
    const watched = startWatched(SCRIPT, [JSON.stringify(given)], { BENCH_LOG_LEVEL: LOG_LEVEL || 'silent' });
    running[place] = { watched, port: undefined };
    const said = await watched.firstLine.catch((error: unknown) => {
      if (!isOver) throw error;
    });
    if (said === undefined) return;
    const port = Number(said);
    running[place] = { watched, port };
    const lives = KILLED_AFTER_MS.least + random() * (KILLED_AFTER_MS.most - KILLED_AFTER_MS.least);
    setTimeout(() => {
      if (isCalm || running[place]?.watched !== watched) return;
      kills += 1;
      process.kill(watched.pid, 'SIGKILL');
      void start(place);
    }, lives).unref();
  };
  await Promise.all(Array.from({ length: count }, (_, place) => start(place)));
  const addressOf = (path: string): string | undefined => {
    turn += 1;
    const port = running[turn % running.length]?.port;
    return port ? `http://127.0.0.1:${port}${path}` : undefined;
  };
  return {
    kills: () => kills,
    /** Each in turn; that of a process that has just died is not known better. */
    addressOf,
    /** Somebody has done something in Slack, which one of the processes heard. */
    wake: async () => {
      const address = addressOf(WAKE_PATH);
      if (address) await fetch(address, { method: 'POST' }).catch(() => {});
    },
    /** From now on nobody is killed. */
    calm: () => {
      isCalm = true;
    },
    stop: async () => {
      isOver = true;
      isCalm = true;
      await Promise.all(running.map(({ watched }) => watched.stop()));
    },
  };
}
