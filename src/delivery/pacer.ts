export type Pace = { perSecond: number; burst: number };

// https://docs.slack.dev/apis/web-api/rate-limits: one message a second in a channel, short bursts are tolerated.
export const POSTS: Pace = { perSecond: 1, burst: 3 };
// chat.update is tier 3, 50 a minute; the burst that Slack tolerates is not disclosed.
export const EDITS: Pace = { perSecond: 50 / 60, burst: 10 };

type Bucket = { tokens: number; atMs: number; blockedUntilMs: number };

export type Pacer = ReturnType<typeof createPacer>;

/** Token buckets, one a key. Every instant is an argument: milliseconds of a clock that never goes back. */
export function createPacer(pace: Pace) {
  const buckets = new Map<string, Bucket>();
  const full = (nowMs: number): Bucket => ({ tokens: pace.burst, atMs: nowMs, blockedUntilMs: nowMs });

  const freeAtMs = (bucket: Bucket) =>
    Math.max(
      bucket.blockedUntilMs,
      bucket.tokens >= 1 ? bucket.atMs : bucket.atMs + ((1 - bucket.tokens) / pace.perSecond) * 1_000,
    );
  const tokensAt = (bucket: Bucket, nowMs: number) =>
    Math.min(pace.burst, bucket.tokens + (Math.max(0, nowMs - bucket.atMs) / 1_000) * pace.perSecond);

  return {
    burst: pace.burst,
    /** Takes one call, or tells that it must wait. */
    take(key: string, nowMs: number): boolean {
      const bucket = buckets.get(key) ?? full(nowMs);
      if (freeAtMs(bucket) > nowMs) return false;
      buckets.set(key, {
        ...bucket,
        tokens: Math.max(0, tokensAt(bucket, nowMs) - 1),
        atMs: Math.max(bucket.atMs, nowMs),
      });
      return true;
    },
    /** Slack said how long to wait; what was saved up for a burst is gone too. */
    block(key: string, nowMs: number, waitMs: number): void {
      const bucket = buckets.get(key) ?? full(nowMs);
      const blockedUntilMs = Math.max(bucket.blockedUntilMs, nowMs + waitMs);
      buckets.set(key, { tokens: 1, atMs: blockedUntilMs, blockedUntilMs });
    },
    /** The keys that must wait at this instant. */
    busy(nowMs: number): string[] {
      const waiting: string[] = [];
      for (const [key, bucket] of buckets) {
        if (freeAtMs(bucket) > nowMs) waiting.push(key);
        else if (tokensAt(bucket, nowMs) >= pace.burst) buckets.delete(key);
      }
      return waiting;
    },
    /** How many calls may go at once, of those keys that may not make all of a burst. */
    short(nowMs: number): Record<string, number> {
      const found: Record<string, number> = {};
      for (const [key, bucket] of buckets) {
        if (freeAtMs(bucket) > nowMs) found[key] = 0;
        else if (tokensAt(bucket, nowMs) >= pace.burst) buckets.delete(key);
        else found[key] = Math.max(1, Math.floor(tokensAt(bucket, nowMs)));
      }
      return found;
    },
    /** When the first of them may go on; undefined where none waits. */
    nextFreeAtMs(nowMs: number): number | undefined {
      const waiting = [...buckets.values()].map(freeAtMs).filter((at) => at > nowMs);
      return waiting.length > 0 ? Math.min(...waiting) : undefined;
    },
  };
}
