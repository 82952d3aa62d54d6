import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Db } from '../usecases/doing.ts';
import { rememberParsed } from '../usecases/signals/parsed-deliveries.ts';
import { forgetOldDeliveries, workOnDeliveries } from '../usecases/signals/work-on-deliveries.ts';
import type { Backpressure } from './backpressure.ts';

export type SignalWorker = {
  /** Call it after a delivery was kept, and on every beat. Resolves when nothing waits any more. */
  wake: () => Promise<void>;
  stop: () => Promise<void>;
};

const FORGET_EVERY_MS = 3_600_000;

const MOST_AT_ONCE = 200;

// Senders give up after a second, and people wait for an answer; what is kept can wait a moment, but not for ever.
const LOOK_AGAIN_MS = 10;
const MOST_LOOKS = 10;

async function letOthersGoFirst(load: OthersAtWork): Promise<void> {
  for (let looks = 0; load.isBusy() && looks < MOST_LOOKS; looks += 1) await wait(LOOK_AGAIN_MS);
}

/** Whether a delivery is being taken in, or a person waits for an answer. */
type OthersAtWork = Pick<Backpressure, 'isBusy'>;

type SignalWork = {
  db: Db;
  clock: Clock;
  log: Logger;
  load: OthersAtWork;
  /** Called after deliveries were worked on, so that what they enqueued is sent at once. */
  sendSoon: () => void;
};

/** Works on what was kept, in the order in which it came, and never twice at a time. */
export function startSignalWorker({ db, clock, log, load, sendSoon }: SignalWork): SignalWorker {
  const known = rememberParsed();
  let running: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;
  let forgotAt = 0;

  const run = async () => {
    while (isWanted && !isStopped) {
      isWanted = false;
      try {
        while (!isStopped) {
          await letOthersGoFirst(load);
          const worked = await workOnDeliveries(db, clock.now(), MOST_AT_ONCE, known);
          if (worked.length === 0) break;
          for (const one of worked) {
            if ('error' in one) log.error(one, 'a delivery could not be worked on');
            else log.debug(one, 'a delivery was worked on');
          }
          sendSoon();
        }
        const nowMs = clock.now().getTime();
        if (nowMs - forgotAt >= FORGET_EVERY_MS) {
          await forgetOldDeliveries(db, clock.now());
          forgotAt = nowMs;
        }
      } catch (error) {
        log.error({ error }, 'the waiting deliveries could not be read');
      }
    }
    running = undefined;
  };

  return {
    wake: () => {
      if (isStopped) return running ?? Promise.resolve();
      isWanted = true;
      running ??= Promise.resolve().then(run);
      return running;
    },
    stop: async () => {
      isStopped = true;
      await running;
    },
  };
}
