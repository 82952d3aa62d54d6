import type { Clock } from '../domain/time/clock.ts';

export type Refresher = {
  /** Runs now, or once more after the run that is under way. */
  wake: () => void;
  /** Resolves when nothing is under way. */
  settled: () => Promise<void>;
};

/** Brings what people have on their screens up to date after each change, never twice at a time. `onError` hears what a run threw. */
export function createRefresher(options: {
  clock: Clock;
  run: (now: Date) => Promise<unknown>;
  onError: (error: unknown) => void;
}): Refresher {
  const { clock, run, onError } = options;
  let running: Promise<void> | undefined;
  let isWanted = false;

  const runWhileWanted = async () => {
    while (isWanted) {
      isWanted = false;
      try {
        await run(clock.now());
      } catch (error) {
        onError(error);
      }
    }
    running = undefined;
  };
  return {
    wake: () => {
      isWanted = true;
      running ??= Promise.resolve().then(runWhileWanted);
    },
    settled: async () => {
      await running;
    },
  };
}
