import { HOUR_MS, MINUTE_MS } from './durations.ts';
import { localDateOn } from './working-time.ts';

// A heartbeat every half minute and a short restart are not worth the word "late".
const PUNCTUAL_MINUTES = 5;

interface DueOccurrences {
  due: readonly Date[];
  now: Date;
  /** When the schedule was made; nothing due then or earlier was ever promised. */
  createdAt: Date;
}

export type CatchUp = DueOccurrences &
  ({ policy: 'latest'; lateLimitHours?: number } | { policy: 'skip'; timeZone: string });

export interface OccurrencePlan {
  run?: { dueAt: Date; late: boolean };
  missed: Date[];
}

/**
 * Which of the due occurrences still runs, after the bot was away or not.
 * 1. At most one runs, the last that is due; those before it are missed.
 * 2. `latest` (triage, digest, review) runs it up to `lateLimitHours` (24) after it was due.
 * 3. `skip` (reminders) runs it only on the local day for which it was due.
 */
export function planOccurrences(occurrences: CatchUp): OccurrencePlan {
  const { now, createdAt } = occurrences;
  const times = occurrences.due
    .map((at) => at.getTime())
    .filter((ms) => ms > createdAt.getTime() && ms <= now.getTime());
  const missed = [...new Set(times)].sort((a, b) => a - b).map((ms) => new Date(ms));
  const dueAt = missed.at(-1);
  if (!dueAt || !isStillWorthRunning(dueAt, occurrences)) return { missed };
  return { run: { dueAt, late: ageMs(dueAt, now) > PUNCTUAL_MINUTES * MINUTE_MS }, missed: missed.slice(0, -1) };
}

function isStillWorthRunning(dueAt: Date, occurrences: CatchUp): boolean {
  if (occurrences.policy === 'latest') {
    return ageMs(dueAt, occurrences.now) <= (occurrences.lateLimitHours ?? 24) * HOUR_MS;
  }
  return localDateOn(dueAt, occurrences.timeZone) === localDateOn(occurrences.now, occurrences.timeZone);
}

function ageMs(dueAt: Date, now: Date): number {
  return now.getTime() - dueAt.getTime();
}
