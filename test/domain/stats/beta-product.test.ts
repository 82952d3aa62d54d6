import { describe, expect, it } from 'vitest';
import { medianInterval, shareInterval, survivalInterval } from '../../../src/domain/stats/beta-product.ts';
import { betaQuantile } from '../../../src/domain/stats/kernel.ts';

const over = (...times: number[]) => times.map((time) => ({ time, happened: true }));
const watched = (...times: number[]) => times.map((time) => ({ time, happened: false }));

describe('the interval of what survives', () => {
  it('lies within the exact one of Clopper and Pearson where nothing is censored, and is no point', () => {
    const { low, high } = survivalInterval(over(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 3);
    // Seven of ten: the exact bounds are quantiles of Beta(7, 4) and Beta(8, 3).
    expect(low).toBeGreaterThan(betaQuantile(0.025, 7, 4));
    expect(high).toBeLessThan(betaQuantile(0.975, 8, 3));
    expect(low).toBeLessThan(0.45);
    expect(high).toBeGreaterThan(0.88);
  });

  it('says something before the first event, and more the more were watched', () => {
    const few = survivalInterval(watched(50, 50, 50, 50, 50), 30);
    const many = survivalInterval(watched(...Array.from({ length: 50 }, () => 50)), 30);
    expect(few.high).toBe(1);
    expect(few.low).toBeCloseTo(0.05 ** (1 / 5), 6);
    expect(many.low).toBeCloseTo(0.05 ** (1 / 50), 6);
  });

  it('reaches from nothing where nothing is left, and is the whole range where nobody was watched', () => {
    expect(survivalInterval(over(1, 2), 5).low).toBe(0);
    expect(survivalInterval([], 5)).toEqual({ low: 0, high: 1 });
  });

  it('counts ties as one moment', () => {
    const tied = survivalInterval([...over(5, 5, 5, 5), ...watched(9, 9, 9, 9, 9, 9)], 7);
    const apart = survivalInterval([...over(2, 3, 4, 5), ...watched(9, 9, 9, 9, 9, 9)], 7);
    expect(tied.low).toBeCloseTo(apart.low, 2);
    expect(tied.high).toBeCloseTo(apart.high, 2);
  });

  it('of a mere share goes from 0 and to 1 where none or all happened', () => {
    expect(shareInterval(0, 10)).toMatchObject({ low: 0 });
    expect(shareInterval(10, 10)).toMatchObject({ high: 1 });
    const { low, high } = shareInterval(3, 10);
    expect(low).toBeGreaterThan(0.06);
    expect(high).toBeLessThan(0.66);
  });

  it('of the median holds it, and has no end where half are not over yet', () => {
    const { from, to } = medianInterval(over(...Array.from({ length: 40 }, (_, i) => i + 1)));
    expect(from).toBeGreaterThan(10);
    expect(from).toBeLessThanOrEqual(20);
    expect(to).toBeGreaterThanOrEqual(20);
    expect(to).toBeLessThan(30);
    expect(medianInterval([...over(1), ...watched(5, 5, 5, 5)])).toMatchObject({ to: null });
  });
});
