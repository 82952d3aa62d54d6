import { expect, test } from 'vitest';
import { cChart, exactLimits, uChart } from '../../../src/domain/stats/control-chart.ts';
import { mulberry32, samplePoisson } from '../../../src/domain/stats/random.ts';

const WAFERS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13];

test('the NIST wafers: centre 16, limits 4 and 28, only the 24th is out', () => {
  const chart = cChart(WAFERS);
  expect(chart?.centre).toBe(16);
  expect(chart?.points[0]?.limits).toEqual({ low: 4, high: 28 });
  expect(chart?.points.flatMap((point, i) => (point.signal ? [[i + 1, point.signal]] : []))).toEqual([[24, 'above']]);
});

test('unequal exposures have their own limits', () => {
  const counts = [12, 8, 15, 9, 6, 5];
  const exposures = [1.2, 1, 1.5, 1.1, 0.9, 0.5];
  const chart = uChart(counts.map((count, i) => ({ count, exposure: exposures[i] ?? 0 })));
  expect(chart?.centre).toBeCloseTo(8.870968, 6);
  const highs = chart?.points.map((point) => Number(point.sigmaLimits.high.toFixed(4)));
  expect(highs).toEqual([17.0277, 17.8062, 16.1666, 17.3904, 18.2895, 21.5073]);
});

test('at a mean of 4 the exact limits are 0 and 11, and 12 is the first signal', () => {
  expect(exactLimits(4)).toEqual({ low: 0, high: 11 });
  const chart = cChart([4, 4, 4, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 11]);
  expect(chart?.points.every((point) => point.signal === undefined)).toBe(true);
  const louder = cChart([4, 4, 4, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 13]);
  expect(louder?.points.at(-1)?.signal).toBe('above');
});

test('nothing to chart gives no chart, and periods without exposure are left out', () => {
  expect(cChart([])).toBeUndefined();
  expect(cChart([5])).toBeUndefined();
  expect(cChart([0, 0, 0])).toBeUndefined();
  expect(
    uChart([
      { count: 3, exposure: 0 },
      { count: 3, exposure: 1 },
    ]),
  ).toBeUndefined();
});

test('a quiet process signals in well under 1 % of simulated weeks, at low counts too', () => {
  const random = mulberry32(9);
  for (const mean of [1, 3, 20]) {
    let [signals, weeks] = [0, 0];
    for (let run = 0; run < 300; run++) {
      const chart = cChart(Array.from({ length: 25 }, () => samplePoisson(random, mean)));
      signals += chart?.points.filter((point) => point.signal).length ?? 0;
      weeks += 25;
    }
    expect(signals / weeks).toBeLessThan(0.006);
  }
});
