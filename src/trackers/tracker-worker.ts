import type { Clock } from '../clock.ts';

import type { Logger } from '../log.ts';
import { lookAtCode } from '../usecases/fixes/look-at-code.ts';
import { tellPulls } from '../usecases/fixes/tell-pulls.ts';
import { lookForChanges } from '../usecases/trackers/sync/look-for-changes.ts';
import { untilNextWork } from '../usecases/trackers/sync/until-next-work.ts';
import { type TicketsWorker, workOnTickets } from '../usecases/trackers/sync/work-on-tickets.ts';

export type TrackerWorker = {
  /** Call it after a commit that may concern a ticket, and on every beat. Resolves when nothing is due any more. */
  wake: () => Promise<void>;
  /** Begins nothing more, and waits for what is under way. */
  stop: () => Promise<void>;
};

export type TrackerWork = TicketsWorker & {
  clock: Pick<Clock, 'now'>;
  log: Logger;
  onFailure: () => void;
  /** Sends at once what was made due for Slack. */
  sendSoon: () => void;
  /** Takes in what is due of the histories of trackers; answers how many pages. */
  takeHistory: (worker: Pick<TicketsWorker, 'db' | 'keys' | 'open' | 'slack'>, now: () => Date) => Promise<number>;
};

// What rests after a failure, or since its tracker asked for it, is often due before the next beat.
const FARTHEST_MS = 15_000;
// Enough that two processes which wait for the same do not keep each other busy.
const NEAREST_MS = 100;
// Something that fails over and over must not keep everybody busy.
const MOST_PASSES = 200;

/** Brings tickets and defects together, never twice at a time in one process; several processes share the work by leases. */
export function startTrackerWorker(work: TrackerWork): TrackerWorker {
  const { clock, log } = work;
  let running: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;

  let again: NodeJS.Timeout | undefined;

  const pass = async () => {
    await lookForChanges(work, clock.now());
    await lookAtCode(work, clock.now());
    for (let passes = 0; passes < MOST_PASSES && !isStopped; passes += 1) {
      const tickets = await workOnTickets(work, clock.now);
      const pulls = await tellPulls(work, clock.now);
      const pages = await work.takeHistory(work, clock.now);
      if (tickets + pulls + pages === 0) break;
      work.sendSoon();
    }
    await lookAgain();
  };
  const lookAgain = async () => {
    clearTimeout(again);
    const ms = await untilNextWork(work.db, clock.now());
    if (ms === null || ms > FARTHEST_MS || isStopped) return;
    again = setTimeout(() => void wake(), Math.max(NEAREST_MS, ms)).unref();
  };
  const run = async () => {
    while (isWanted && !isStopped) {
      isWanted = false;
      try {
        await pass();
      } catch (error) {
        work.onFailure();
        log.error({ error }, 'the tickets could not be worked on');
      }
    }
    running = undefined;
  };
  const wake = () => {
    if (isStopped) return running ?? Promise.resolve();
    isWanted = true;
    running ??= Promise.resolve().then(run);
    return running;
  };
  return {
    wake,
    stop: async () => {
      isStopped = true;
      clearTimeout(again);
      await running;
    },
  };
}
