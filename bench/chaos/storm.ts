import { setTimeout as wait } from 'node:timers/promises';
import type { PostgresServer } from '../kit/postgres-server.ts';
import type { Herd } from './herd.ts';
import { LEASE_MS } from './settings.ts';

const PAUSE_EVERY_MS = 12_000;
const RESTART_EVERY_MS = 7_000;

/** Kills and stops replicas and restarts the server under them, until it is told to calm. */
export function raiseStorm(
  herd: Herd,
  server: PostgresServer,
  { killEveryMs, random }: { killEveryMs: number; random: () => number },
) {
  const over = new AbortController();
  let restarts = 0;
  const again = async (everyMs: number, strike: () => Promise<void>) => {
    while (!over.signal.aborted) {
      await wait(everyMs * (0.5 + random()), undefined, { signal: over.signal }).catch(() => {});
      if (!over.signal.aborted) await strike();
    }
  };
  const strikes = [
    again(killEveryMs, async () => herd.kill(random())),
    again(PAUSE_EVERY_MS, () => herd.pause(random(), LEASE_MS + 1_500)),
    again(RESTART_EVERY_MS, async () => {
      await server.restart();
      restarts += 1;
    }),
  ];
  return {
    /** How often the server was restarted. */
    calm: async (): Promise<number> => {
      over.abort();
      await Promise.all(strikes);
      return restarts;
    },
  };
}
