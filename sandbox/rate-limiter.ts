import type { RateLimitProfile } from './sandbox.ts';

export type Tier = 1 | 2 | 3 | 4 | 'posting' | 'special';

export type RateLimiter = ReturnType<typeof createRateLimiter>;

// https://docs.slack.dev/apis/web-api/rate-limits: calls a minute; bursts are not disclosed.
const PER_MINUTE: Record<Tier, number> = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600, posting: 60 };
const BURST: Record<'docs' | 'strict', (tier: Tier) => number> = {
  docs: (tier) => (tier === 'posting' ? 5 : Math.ceil(PER_MINUTE[tier] / 4)),
  strict: (tier) => (tier === 'posting' ? 1 : Math.max(1, Math.ceil(PER_MINUTE[tier] / 20))),
};

type Bucket = { tokens: number; at: number };

/** Token buckets on real time: an app under load lives in real time, whatever the sandbox clock says. */
export function createRateLimiter(initial: RateLimitProfile, realNow: () => number) {
  let profile = initial;
  const buckets = new Map<string, Bucket>();
  return {
    setProfile(next: RateLimitProfile) {
      profile = next;
      buckets.clear();
    },
    get profile() {
      return profile;
    },
    /** Seconds to wait, or undefined when the call may pass. */
    take(key: string, tier: Tier): number | undefined {
      if (profile === 'off') return undefined;
      const perMs = PER_MINUTE[tier] / 60_000;
      const burst = BURST[profile](tier);
      const now = realNow();
      const bucket = buckets.get(key) ?? { tokens: burst, at: now };
      bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) * perMs);
      bucket.at = now;
      buckets.set(key, bucket);
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return undefined;
      }
      return Math.max(1, Math.ceil((1 - bucket.tokens) / perMs / 1000));
    },
  };
}
