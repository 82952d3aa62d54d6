import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/domain/errors/refusal.ts';
import { metricBoundWords, metricValueWords, parseMetricBound } from '../../../src/domain/proof/metric-bound.ts';
import { DAILY_METRICS } from '../../../src/domain/reliability/metric-days.ts';

const AREAS = [
  { id: 1, name: 'deployment' },
  { id: 2, name: 'billing' },
  { id: 3, name: 'Launch integration' },
];
const parse = (text: string) => parseMetricBound(text, AREAS, 1);

describe('a bound on a metric', () => {
  it.each([
    ['error rate of billing under 0.5 % for 7 days', 'error_ratio', 2, 0.005, 7],
    ['Error rate < 0,5% for 14 days', 'error_ratio', 1, 0.005, 14],
    ['errors in launch integration below 1 percent', 'error_ratio', 3, 0.01, 7],
    ['p99 of billing under 800 ms for 3 days.', 'p99_seconds', 2, 0.8, 3],
    ['p99 latency stays under 1.2s', 'p99_seconds', 1, 1.2, 7],
    ['share of slow requests under 2 %', 'slow_share', 1, 0.02, 7],
    ['downtime of billing under 0.1 % for 30 days', 'downtime', 2, 0.001, 30],
  ])('%s is read', (text, metric, areaId, bound, forDays) => {
    expect(parse(text)).toMatchObject({ kind: 'metric', metric, areaId, forDays });
    expect(parse(text)?.bound).toBeCloseTo(bound, 12);
  });

  it('on uptime is one on the downtime that is left', () => {
    expect(parse('uptime of billing over 99.9 % for 7 days')).toMatchObject({ metric: 'downtime', areaId: 2 });
    expect(parse('uptime of billing over 99.9 %')?.bound).toBeCloseTo(0.001, 12);
  });

  it('is none where nothing was typed', () => {
    expect(parse(' \u00a0 ')).toBeNull();
  });

  it.each([
    'quick enough',
    'error rate',
    'error rate under 0.5',
    'error rate under 500 ms',
    'p99 under 5 %',
    'p99 under 800',
    'error rate of sales under 1 %',
    'error rate under 0 %',
    'error rate under 100 %',
    'error rate under 1 % for 0 days',
    'error rate under 1 % for 99 days',
    'error rate over 1 %',
    'uptime under 99 %',
    'error rate under 1e-3 %',
    'error rate under -1 %',
    `error rate ${'of of '.repeat(5_000)}under 1 %`,
    `${'a '.repeat(5_000)}`,
    '<!channel> under 1 %',
  ])('%s is refused at its field', (text) => {
    const started = performance.now();
    expect(() => parse(text)).toThrow(Refusal);
    expect(performance.now() - started).toBeLessThan(200);
  });

  it('reads what it says of itself', () => {
    const bounds = fc.record({
      kind: fc.constant('metric' as const),
      metric: fc.constantFrom(...DAILY_METRICS),
      areaId: fc.constant(2),
      area: fc.constant('billing'),
      bound: fc.integer({ min: 1, max: 999 }).map((thousandths) => thousandths / 1000),
      forDays: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(bounds, (bound) => {
        const again = parse(metricBoundWords(bound));
        expect(again).toMatchObject({ metric: bound.metric, areaId: 2, forDays: bound.forDays });
        expect(again?.bound).toBeCloseTo(bound.bound, 9);
      }),
    );
  });

  it('says what the last bucket of a histogram cannot', () => {
    expect(metricValueWords('p99_seconds', Number.POSITIVE_INFINITY)).toBe('above every bound');
  });
});
