import type { Clock, ElapsedMs } from '../domain/time/clock.ts';

export type Heartbeat = {
  /** Runs now, or once more after the run that is under way. Resolves when that is over. */
  beat: () => Promise<void>;
  /** How long ago the last run ended, in milliseconds. */
  sinceLastMs: () => number;
  stop: () => Promise<void>;
};

/** How long no run may have ended before the bot counts as not ready: eight beats. */
export const MISSING_AFTER_MS = 120_000;

const BEAT_MS = 15_000;

/**
 * Calls `run` every 15 seconds and after each jump of the clock, never twice at a time.
 * What is due is data, so a beat that is late or lost only delays it. `onError` hears what a run threw.
 * It counts elapsed time and knows no time zone, so that no change of the host's clocks makes it rest.
 */
export function startHeartbeat(options: {
  clock: Clock;
  elapsedMs: ElapsedMs;
  run: (now: Date) => Promise<unknown>;
  onError: (error: unknown) => void;
  /** Resolves once what a run after a jump wrote is out, with the instant until which nothing more is due. */
  afterJump?: () => Promise<Date>;
}): Heartbeat {
  const { clock, elapsedMs, run, onError, afterJump } = options;
  let running: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;
  let endedAtMs = elapsedMs();

  const runWhileWanted = async () => {
    while (isWanted && !isStopped) {
      isWanted = false;
      try {
        await run(clock.now());
      } catch (error) {
        onError(error);
      }
      endedAtMs = elapsedMs();
    }
    running = undefined;
  };
  const beat = () => {
    if (isStopped) return running ?? Promise.resolve();
    isWanted = true;
    running ??= Promise.resolve().then(runWhileWanted);
    return running;
  };

  const timer = setInterval(() => void beat(), BEAT_MS);
  const unfollow = clock.onChange(() => beat().then(afterJump));
  return {
    beat,
    sinceLastMs: () => elapsedMs() - endedAtMs,
    stop: async () => {
      isStopped = true;
      unfollow();
      clearInterval(timer);
      await running;
    },
  };
}
