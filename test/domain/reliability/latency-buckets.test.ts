import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketsOf, quantileOf, slowOf } from '../../../src/domain/reliability/latency-buckets.ts';

const at = new Date('2026-11-20T14:00:00Z');
const series = (counts: Record<string, number>) =>
  Object.entries(counts).map(([le, value]) => ({ labels: { le }, points: [{ at, value }] }));

describe('the buckets of a histogram', () => {
  it('give the quantile that Prometheus gives, and the bounds that it lies between', () => {
    const buckets = bucketsOf(series({ '0.1': 900, '0.25': 980, '0.5': 995, '+Inf': 1000 }), 1) ?? [];
    expect(quantileOf(buckets, 0.99)).toMatchObject({ above: 0.25, upTo: 0.5 });
    expect(quantileOf(buckets, 0.99)?.seconds).toBeCloseTo(0.25 + (0.25 * 10) / 15, 12);
    expect(quantileOf(buckets, 0.5)).toMatchObject({ above: 0, upTo: 0.1 });
    expect(quantileOf(buckets, 0.999)).toEqual({ seconds: 0.5, above: 0.5, upTo: Number.POSITIVE_INFINITY });
  });

  it('are cumulative even where extrapolation says otherwise, and in seconds whatever their unit', () => {
    expect(bucketsOf(series({ '250': 10, '100': 10.2, '+Inf': 9.9, NaN: 3 }), 0.001)).toEqual([
      { upTo: 0.1, count: 10.2 },
      { upTo: 0.25, count: 10.2 },
      { upTo: Number.POSITIVE_INFINITY, count: 10.2 },
    ]);
  });

  it('say nothing without traffic, without an infinite one, or where there is only that', () => {
    expect(quantileOf(bucketsOf(series({ '0.1': 0, '+Inf': 0 }), 1) ?? [], 0.99)).toBeNull();
    expect(bucketsOf(series({ '0.1': 3, '0.5': 4 }), 1)).toBeNull();
    expect(bucketsOf(series({ '+Inf': 4 }), 1)).toBeNull();
    expect(bucketsOf(series({ '': 4, '+Inf': Number.NaN }), 1)).toBeNull();
  });

  it('part the slow at the greatest bound that is not beyond the threshold', () => {
    const buckets = bucketsOf(series({ '0.1': 900, '0.25': 980, '0.5': 995, '+Inf': 1000 }), 1) ?? [];
    expect(slowOf(buckets, 0.5)).toEqual({ bad: 5, total: 1000, bound: 0.5 });
    expect(slowOf(buckets, 0.3)).toEqual({ bad: 20, total: 1000, bound: 0.25 });
    expect(slowOf(buckets, 0.05)).toBeNull();
  });

  it('hold every quantile between its bounds, and a greater one no lower', () => {
    const counts = fc.array(fc.nat({ max: 1e6 }), { minLength: 2, maxLength: 12 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(counts, share, share, (added, one, other) => {
        let sum = 0;
        const buckets = added.map((count, i) => {
          sum += count;
          return { upTo: i === added.length - 1 ? Number.POSITIVE_INFINITY : (i + 1) / 10, count: sum };
        });
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map((q) => quantileOf(buckets, q));
        if (sum === 0) return expect(low).toBeNull();
        for (const found of [low, high]) {
          expect(found?.seconds).toBeGreaterThanOrEqual(found?.above ?? Number.NaN);
          expect(found?.seconds).toBeLessThanOrEqual(found?.upTo ?? Number.NaN);
        }
        expect(high?.seconds).toBeGreaterThanOrEqual((low?.seconds ?? Number.NaN) - 1e-12);
      }),
    );
  });
});
