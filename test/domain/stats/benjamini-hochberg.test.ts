import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { adjustedPValues } from '../../../src/domain/stats/benjamini-hochberg.ts';
import { mulberry32 } from '../../../src/domain/stats/random.ts';

// R: p.adjust(p, method = "BH")
test('the values come back adjusted and in the order given', () => {
  const adjusted = adjustedPValues([0.042, 0.001, 0.06, 0.008, 0.039, 0.041]);
  const wanted = [0.0504, 0.006, 0.06, 0.024, 0.0504, 0.0504];
  adjusted.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i] ?? 0, 10);
  });
  expect(adjustedPValues([])).toEqual([]);
});

test('adjusting never lowers a value, never exceeds 1 and keeps the order', () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(pValues, (values) => {
      const adjusted = adjustedPValues(values);
      values.forEach((p, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p * (1 - 1e-12));
        expect(adjusted[i]).toBeLessThanOrEqual(1);
        values.forEach((other, j) => {
          if (p < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
        });
      });
    }),
  );
});

test('of 60 defects of which 15 really changed, at most about 10 % of the calls are false', () => {
  const random = mulberry32(2);
  const runs = 400;
  let shares = 0;
  for (let run = 0; run < runs; run++) {
    const values = Array.from({ length: 60 }, (_, i) => (i < 15 ? random() ** 8 : random()));
    const called = adjustedPValues(values).flatMap((q, i) => (q <= 0.1 ? [i] : []));
    shares += called.filter((i) => i >= 15).length / Math.max(1, called.length);
  }
  expect(shares / runs).toBeLessThan(0.1);
});
