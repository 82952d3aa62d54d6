import type { Clock, ElapsedMs } from '../domain/time/clock.ts';
import { coalesced } from './coalesced.ts';

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
  let isStopped = false;
  let endedAtMs = elapsedMs();

  const { wake, settled } = coalesced(async () => {
    if (isStopped) return;
    await run(clock.now()).finally(() => {
      endedAtMs = elapsedMs();
    });
  }, onError);
  const beat = () => (isStopped ? settled() : wake());
  // Whoever moves the clock may wait for this, and nobody else hears of it: a stop cuts it short without a word.
  const jumped = async () => {
    try {
      await beat();
      return isStopped ? undefined : await afterJump?.();
    } catch (error) {
      if (!isStopped) onError(error);
      return undefined;
    }
  };

  const timer = setInterval(() => void beat(), BEAT_MS);
  const unfollow = clock.onChange(jumped);
  return {
    beat,
    sinceLastMs: () => elapsedMs() - endedAtMs,
    stop: async () => {
      isStopped = true;
      unfollow();
      clearInterval(timer);
      await settled();
    },
  };
}
