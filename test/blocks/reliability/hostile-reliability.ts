import fc from 'fast-check';
import { assembleReliability, type ReliabilityReport } from '../../../src/domain/reliability/reliability-report.ts';
import { typed } from '../hostile.ts';

const nullable = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const traffic = fc
  .record({ bad: fc.oneof(fc.constant(0), fc.nat(1e9)), good: fc.oneof(fc.constant(0), fc.nat(1e9)) })
  .map(({ bad, good }) => ({ bad, total: bad + good }));
const seconds = fc.constantFrom(0, 0.0042, 0.1, 0.25, 1, 10, 3600);
const quantile = fc.constantFrom(
  { seconds: 0.248, above: 0.1, upTo: 0.25 },
  { seconds: 0.004, above: 0, upTo: 0.005 },
  { seconds: 10, above: 10, upTo: Number.POSITIVE_INFINITY },
);
const reading = fc.record({
  uptime: nullable(fc.double({ min: 0, max: 1, noNaN: true })),
  requests: nullable(traffic),
  p99: nullable(quantile),
  slow: nullable(traffic),
});
const weeks = fc.array(nullable(reading), { maxLength: 12 }).map((readings) =>
  readings.map((one, i) => ({
    endsAt: new Date(Date.UTC(2026, 10, 20, 14) + (i + 1 - readings.length) * 7 * 86_400_000),
    reading: one,
  })),
);
const area = fc.record({
  area: typed,
  objective: nullable(
    fc.record({
      target: fc.constantFrom(0.5, 0.99, 0.999, 0.99999, 1),
      periodDays: fc.constantFrom(7, 28, 30, 90),
      thresholdSeconds: nullable(seconds),
    }),
  ),
  weeks,
  period: nullable(traffic),
  trouble: nullable(typed),
});

/** Areas that were read, half read or not at all, under names that people type. */
export const reliability: fc.Arbitrary<ReliabilityReport | undefined> = fc
  .tuple(fc.array(area, { maxLength: 6 }), fc.array(typed, { maxLength: 2 }))
  .map(([areas, names]) => assembleReliability(areas, names));
