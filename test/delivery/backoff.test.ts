import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs, retryAfterMs } from '../../src/delivery/backoff.ts';

const most = () => 0.999_999;

it.each([
  [0, 500, 1_000],
  [1, 1_000, 2_000],
  [5, 16_000, 32_000],
  [8, 128_000, 256_000],
  [9, 150_000, 300_000],
  [5_000, 150_000, 300_000],
])('after %i failures it waits between %i and %i milliseconds', (failed, least, longest) => {
  expect(backoffMs(failed, () => 0)).toBe(least);
  expect(backoffMs(failed, most)).toBe(longest);
});

it('never waits less after one more failure, with the same luck', () => {
  fc.assert(
    fc.property(fc.nat({ max: 400 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (failed, luck) => {
      expect(backoffMs(failed + 1, () => luck)).toBeGreaterThanOrEqual(backoffMs(failed, () => luck));
    }),
  );
});

it('never comes back before Retry-After, and at most a quarter later', () => {
  expect(retryAfterMs(30, () => 0)).toBe(30_000);
  expect(retryAfterMs(30, most)).toBe(37_500);
});
