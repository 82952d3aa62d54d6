import { describe, expect, it } from 'vitest';
import { dayValue, heldSince, type MetricDay } from '../../../src/domain/reliability/metric-days.ts';
import { DAY_MS, later } from '../../builders.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const MIDNIGHT = new Date('2026-11-22T23:00:00Z');

/** Days up to yesterday, the last value being yesterday's. */
const days = (...values: MetricDay['value'][]): MetricDay[] =>
  values.map((value, i) => {
    const endsAt = later(MIDNIGHT, (i + 1 - values.length) * DAY_MS);
    return { startsAt: later(endsAt, -DAY_MS), endsAt, value };
  });
const span = { since: later(NOW, -60 * DAY_MS), now: NOW };
const wanted = { bound: 0.005, days: 3 };

describe('a metric that should stay under a bound', () => {
  it('held after so many whole days in a row', () => {
    expect(heldSince(days(0.02, 0.001, 0.004, 0.002), wanted, span)).toEqual({
      held: true,
      goodDays: 3,
      worst: 0.02,
      lastAt: MIDNIGHT,
    });
    expect(heldSince(days(0.001, 0.004, 0.002), wanted, span)).toMatchObject({ held: true, worst: 0.004 });
    expect(heldSince(days(0.004, 0.002), wanted, span)).toMatchObject({ held: false, goodDays: 2 });
  });

  it('did not where one day reached it, or was not told of', () => {
    expect(heldSince(days(0.001, 0.001, 0.005, 0.001), wanted, span)).toMatchObject({ held: false, goodDays: 1 });
    expect(heldSince(days(0.001, 0.001, null, 0.001), wanted, span)).toMatchObject({ held: false, goodDays: 1 });
    expect(heldSince(days(0.001, 0.001, 0.001, null), wanted, span)).toMatchObject({
      held: false,
      goodDays: 0,
      lastAt: later(MIDNIGHT, -DAY_MS),
    });
    expect(heldSince([], wanted, span)).toEqual({ held: false, goodDays: 0, worst: null, lastAt: null });
  });

  it('is not proven by days on which nobody came, and not broken by them either', () => {
    expect(heldSince(days(0.001, 0.001, undefined, undefined, 0.001), wanted, span)).toMatchObject({ held: true });
    expect(heldSince(days(undefined, undefined, undefined), wanted, span)).toMatchObject({ held: false, goodDays: 0 });
  });

  it('is looked at from the first whole day after the fix', () => {
    const all = days(0.001, 0.001, 0.001, 0.001);
    expect(heldSince(all, wanted, { since: later(MIDNIGHT, -3.5 * DAY_MS), now: NOW })).toMatchObject({ goodDays: 3 });
    expect(heldSince(all, wanted, { since: later(MIDNIGHT, -2.5 * DAY_MS), now: NOW })).toMatchObject({ held: false });
  });

  it('is a share of the day, the top of the bucket, or the time that it was down', () => {
    const reading = {
      uptime: 0.99,
      requests: { bad: 5, total: 1000 },
      p99: { seconds: 0.3, above: 0.25, upTo: 0.5 },
      slow: { bad: 0, total: 0 },
    };
    expect(dayValue(reading, 'error_ratio')).toBe(0.005);
    expect(dayValue(reading, 'p99_seconds')).toBe(0.5);
    expect(dayValue(reading, 'downtime')).toBeCloseTo(0.01, 12);
    expect(dayValue(reading, 'slow_share')).toBeUndefined();
    expect(dayValue({ ...reading, requests: null }, 'error_ratio')).toBeNull();
    expect(dayValue(null, 'downtime')).toBeNull();
  });
});
