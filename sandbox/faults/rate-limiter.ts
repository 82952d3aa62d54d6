import type { RateLimitProfile } from '../options.ts';
import { limits } from '../rules/limits.ts';
import type { Tier } from '../rules/method-facts.ts';

export type RateLimiter = ReturnType<typeof createRateLimiter>;

export type LimitedTier = Tier | 'posting' | 'webhook' | 'workspace' | 'commercial';

const PER_MINUTE: Record<LimitedTier, number> = {
  1: limits.rateTier1.value,
  2: limits.rateTier2.value,
  3: limits.rateTier3.value,
  4: limits.rateTier4.value,
  special: limits.rateSpecial.value,
  posting: limits.ratePosting.value * 60,
  webhook: limits.rateWebhook.value * 60,
  workspace: limits.ratePostingWorkspace.value,
  commercial: limits.rateHistoryCommercial.value.perMinute,
};

const isMessages = (tier: LimitedTier) => tier === 'posting' || tier === 'webhook';

// Slack does not say how long a burst may be.
const BURST: Record<'docs' | 'strict', (tier: LimitedTier) => number> = {
  docs: (tier) => (isMessages(tier) ? 5 : Math.ceil(PER_MINUTE[tier] / 4)),
  strict: (tier) => (isMessages(tier) ? 1 : Math.ceil(PER_MINUTE[tier] / 20)),
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
    take(key: string, tier: LimitedTier): number | undefined {
      if (profile === 'off') return undefined;
      const perMs = PER_MINUTE[tier] / limits.rateWindowMs.value;
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
