import { limits } from '../rules/limits.ts';

const HOUR_MS = 3_600_000;

export type EventHealth = ReturnType<typeof createEventHealth>;

/** How an app takes its events: one that fails nearly all of many in an hour gets no more until they are switched on. */
export function createEventHealth() {
  let since = Number.NEGATIVE_INFINITY;
  let events = 0;
  let tries = 0;
  let failures = 0;
  let isOff = false;
  const startAnew = (now: number) => {
    since = now;
    events = 0;
    tries = 0;
    failures = 0;
  };
  return {
    get isOff() {
      return isOff;
    },
    switchOn(): void {
      isOff = false;
      startAnew(Number.NEGATIVE_INFINITY);
    },
    /** Counts one try; `attempt` is 0 for the first of an event. True when this one was too much. */
    count(now: number, attempt: number, succeeded: boolean): boolean {
      if (isOff) return false;
      if (now - since >= HOUR_MS) startAnew(now);
      tries += 1;
      if (attempt === 0) events += 1;
      if (!succeeded) failures += 1;
      isOff = events >= limits.eventDisableExempt.value && failures / tries > limits.eventDisableShare.value;
      return isOff;
    },
  };
}
