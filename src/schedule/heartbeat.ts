import { schedule } from 'node-cron';
import type { Clock } from '../domain/time/clock.ts';

export type Heartbeat = {
  /** Runs now, or once more after the run that is under way. Resolves when that is over. */
  beat: () => Promise<void>;
  stop: () => Promise<void>;
};

/**
 * Calls `run` every 15 seconds and after each jump of the clock, never twice at a time.
 * What is due is data, so a beat that is late or lost only delays it. `onError` hears what a run threw.
 */
export function startHeartbeat(options: {
  clock: Clock;
  run: (now: Date) => Promise<unknown>;
  onError: (error: unknown) => void;
}): Heartbeat {
  const { clock, run, onError } = options;
  let running: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;

  const runWhileWanted = async () => {
    while (isWanted && !isStopped) {
      isWanted = false;
      try {
        await run(clock.now());
      } catch (error) {
        onError(error);
      }
    }
    running = undefined;
  };
  const beat = () => {
    if (isStopped) return running ?? Promise.resolve();
    isWanted = true;
    running ??= Promise.resolve().then(runWhileWanted);
    return running;
  };

  const task = schedule('*/15 * * * * *', () => void beat());
  const unfollow = clock.onChange(() => void beat());
  return {
    beat,
    stop: async () => {
      isStopped = true;
      unfollow();
      await task.destroy();
      await running;
    },
  };
}
