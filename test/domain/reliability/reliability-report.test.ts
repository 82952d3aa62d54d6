import { describe, expect, it } from 'vitest';
import type { AreaReliability, ReliabilityReading } from '../../../src/domain/reliability/reliability.ts';
import { type AreaStanding, assembleReliability } from '../../../src/domain/reliability/reliability-report.ts';
import { anArea, NO_READING, weeksOfErrors } from '../../reliability-world.ts';

function standingOf(over: Partial<AreaReliability>): AreaStanding {
  const [area] = assembleReliability([anArea(over)])?.areas ?? [];
  if (!area) throw new Error('expected the area');
  return area;
}

const ENDS_AT = new Date('2026-11-20T14:00:00Z');
const twelve = (reading: (i: number) => Partial<ReliabilityReading> | null) =>
  weeksOfErrors(
    ENDS_AT,
    Array.from({ length: 12 }, () => 0.0004),
  ).map((week, i) => {
    const said = reading(i);
    return { ...week, reading: said && { ...NO_READING, ...said } };
  });
const quantile = (seconds: number, above: number, upTo: number) => ({ seconds, above, upTo });

describe('the reliability of the areas', () => {
  it('says nothing at all where no area is measured', () => {
    expect(assembleReliability([])).toBeUndefined();
    expect(assembleReliability([anArea({ weeks: twelve(() => null), period: null })])).toBeUndefined();
  });

  it('has the area with the least budget first, then those without one, then those that could not be read', () => {
    const areas = [
      anArea({ area: 'unread', trouble: 'No data from Prometheus since Tue 14:00.' }),
      anArea({ area: 'free', objective: null }),
      anArea({ area: 'fine' }),
      anArea({ area: 'broke', period: { bad: 9000, total: 4_000_000 } }),
      anArea({ area: 'out', weeks: twelve(() => null), period: null }),
    ];
    const report = assembleReliability(areas, ['fine', 'out', 'broke', 'free', 'unread', 'new']);
    expect(report?.areas.map(({ area }) => area)).toEqual(['broke', 'fine', 'free', 'unread']);
    expect(report?.unmeasured).toEqual(['out', 'new']);
  });

  it('never turns what was not read into a zero', () => {
    const unread = standingOf({
      weeks: twelve((i) => (i === 11 ? { uptime: 1 } : { requests: { bad: 4, total: 1e4 } })),
    });
    expect(unread.errors).toBe('not read');
    expect(unread.slow).toBeNull();
    expect(unread.p99).toBeNull();
    expect(unread.downtime).toMatchObject({ now: 0, before: null });
    expect(unread.failureWeeks.map(({ share }) => share)).toEqual([...Array.from({ length: 11 }, () => 0.0004), null]);
    const idle = standingOf({ weeks: twelve(() => ({ requests: { bad: 0, total: 0 } })) });
    expect(idle.errors).toBe('no traffic');
    expect(idle.failureWeeks.map(({ share }) => share)).toEqual(Array.from({ length: 12 }, () => null));
  });

  it('compares latency by the share of slow requests, and a quantile only between buckets', () => {
    const weeks = (now: ReliabilityReading['p99']) =>
      twelve((i) => ({
        slow: { bad: i === 11 ? 90_000 : 10_000 + 300 * (i % 3), total: 1e6 },
        p99: i === 11 ? now : quantile(0.248, 0.1, 0.25),
      }));
    const same = standingOf({ weeks: weeks(quantile(0.11, 0.1, 0.25)) });
    expect(same.slow).toMatchObject({ grade: 'worse', now: 0.09, thresholdSeconds: 0.3 });
    expect(same.p99?.isSameBucket).toBe(true);
    expect(standingOf({ weeks: weeks(quantile(0.26, 0.25, 0.5)) }).p99?.isSameBucket).toBe(false);
    expect(standingOf({ weeks: weeks(null) }).p99).toBeNull();
    const open = quantile(10, 10, Number.POSITIVE_INFINITY);
    expect(standingOf({ weeks: twelve(() => ({ p99: open })) }).p99?.isSameBucket).toBe(true);
  });

  it('names a change among many areas only where it stands out from what chance brings', () => {
    const wiggle = [4, 5, 4, 3, 5, 4, 4, 5, 3, 4, 5].map((n) => n / 10_000);
    const moved = (ratio: number) => anArea({ area: String(ratio), weeks: weeksOfErrors(ENDS_AT, [...wiggle, ratio]) });
    const errorsOf = (areas: readonly AreaReliability[], name: number) =>
      assembleReliability(areas)?.areas.find(({ area }) => area === String(name))?.errors;
    const calm = Array.from({ length: 9 }, (_, i) => moved((400 + i) / 1_000_000));
    expect(errorsOf([moved(0.0009)], 0.0009)).toMatchObject({ grade: 'worse' });
    expect(errorsOf([moved(0.0009), ...calm], 0.0009)).toMatchObject({ grade: 'no clear change' });
    expect(errorsOf([moved(0.004), ...calm], 0.004)).toMatchObject({ grade: 'worse' });
  });

  it('calls one short outage after quiet weeks what it is: too little to tell', () => {
    const minutes = (down: number) => ({ uptime: 1 - down / 10_080 });
    const blip = standingOf({ weeks: twelve((i) => minutes(i === 11 ? 3 : 0)) });
    expect(blip.downtime).toMatchObject({ grade: 'no clear change', before: 0 });
    expect(standingOf({ weeks: twelve((i) => minutes(i === 11 ? 240 : i % 2)) }).downtime).toMatchObject({
      grade: 'worse',
    });
  });
});
