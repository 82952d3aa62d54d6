import fc from 'fast-check';
import { expect, test } from 'vitest';
import { niceTicks } from '../../page/blocks/series-chart.tsx';

test('an axis has few round ticks that hold every value', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e9, max: 0, noNaN: true }),
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      (low, high) => {
        const ticks = niceTicks(low, high);
        const slack = (high - low) * 1e-9;
        expect(ticks[0]).toBeLessThanOrEqual(low + slack);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(high - slack);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
      },
    ),
  );
});

test('a chart of nothing but zeros still has an axis', () => {
  expect(niceTicks(0, 0).length).toBeGreaterThanOrEqual(2);
});
