import { liveClock, type SandboxClock } from '../../sandbox/clock/clock.ts';
import type { Config } from '../../src/config.ts';
import type { Clock } from '../../src/domain/time/clock.ts';

/**
 * What a replica is: the whole bot, its deliverer alone, or what one would write first, an outbox read in turns and
 * sent with the SDK as it comes.
 */
export type ReplicaKind = 'bot' | 'deliverer' | 'naive';

/** What a replica is told when it starts. */
export type ReplicaSettings = {
  kind: ReplicaKind;
  database: Config['database'];
  apiUrl: string;
  botToken: string;
  appToken: string;
  time: ChaosTime;
  skewMs: number;
  /** Counts the starts, so that a pid that comes again is another owner. */
  start: number;
};

/** Days of rituals pass in minutes; in the end time goes on as it does, so that what is due can be sent. */
export type ChaosTime = { startsAtMs: number; lastsMs: number; speed: number };

// A day a minute.
export const SPEED = 1_440;

export function chaosClock({ startsAtMs, lastsMs, speed }: ChaosTime, skewMs: number, real: Clock): Clock {
  const now = () => {
    const passedMs = Math.max(0, real.now().getTime() - startsAtMs);
    const fastMs = Math.min(passedMs, lastsMs);
    return new Date(startsAtMs + fastMs * speed + (passedMs - fastMs) + skewMs);
  };
  return { now, onChange: real.onChange };
}

/** The same time for the local Slack, whose timers run on it. */
export function chaosSlackClock(clock: Clock): SandboxClock {
  return Object.create(liveClock(), { now: { value: () => clock.now().getTime() } });
}

// Everything is ten times as quick as in production, so that a run of minutes holds many leases.
export const LEASE_MS = 6_000;
export const TIMEOUT_MS = 1_000;
export const AMBIGUOUS_WAIT_MS = 3_000;
