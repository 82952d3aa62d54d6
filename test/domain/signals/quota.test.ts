import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullBucket, refill, secondsUntilLeft } from '../../../src/domain/signals/quota.ts';

describe('a quota of so much a minute', () => {
  it('lets through at most twice as much in any minute, and as much in the long run', () => {
    const gaps = fc.array(fc.nat(2_000), { minLength: 50, maxLength: 400 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), gaps, (aMinute, all) => {
        let bucket = fullBucket(aMinute, 0);
        let nowMs = 0;
        const letThrough: number[] = [];
        for (const gap of all) {
          nowMs += gap;
          bucket = refill(bucket, aMinute, nowMs);
          if (secondsUntilLeft(bucket, aMinute) > 0) continue;
          bucket = { ...bucket, left: bucket.left - 1 };
          letThrough.push(nowMs);
        }
        for (const from of letThrough) {
          const within = letThrough.filter((at) => at >= from && at < from + 60_000).length;
          expect(within).toBeLessThanOrEqual(2 * aMinute);
        }
        expect(letThrough.length).toBeLessThanOrEqual(aMinute + (nowMs / 60_000) * aMinute + 1e-6);
      }),
    );
  });

  it('is there again after exactly as long as it says, also where more was spent than there was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6_000 }), fc.integer({ min: 0, max: 20_000 }), (aMinute, overspent) => {
        const spent = { left: -overspent, atMs: 0 };
        const seconds = secondsUntilLeft(spent, aMinute);
        expect(seconds).toBeGreaterThan(0);
        // A millisecond more, for what fractions lose.
        expect(secondsUntilLeft(refill(spent, aMinute, seconds * 1_000 + 1), aMinute)).toBe(0);
        const before = refill(spent, aMinute, (seconds - 1) * 1_000 - 1);
        expect(secondsUntilLeft(before, aMinute)).toBeGreaterThan(0);
      }),
    );
  });

  it('takes no harm from a clock that stands still', () => {
    const bucket = { left: 0, atMs: 1_000 };
    expect(refill(bucket, 60, 1_000)).toEqual(bucket);
  });
});
