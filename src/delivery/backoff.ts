const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

/**
 * How long to wait after the nth failed attempt (0 is the first): doubles up to five minutes, with jitter in its upper
 * half so that replicas that failed together do not return together. `random` gives numbers in [0, 1).
 */
export function backoffMs(failedBefore: number, random: () => number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failedBefore, 30));
  return Math.round(full / 2 + (full / 2) * random());
}

/** Between Retry-After and a quarter more, so that those who wait for the same limit do not return together. */
export function retryAfterMs(retryAfterSeconds: number, random: () => number): number {
  return Math.round(retryAfterSeconds * 1_000 * (1 + 0.25 * random()));
}
