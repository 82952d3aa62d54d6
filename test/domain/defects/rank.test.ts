import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addToHeatLevel,
  byRankThenRegressedThenAge,
  harmOfReport,
  harmPerWeek,
  heatAt,
  heatLevel,
  reportWeight,
} from '../../../src/domain/defects/rank.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';
import { SEVERITIES } from '../../../src/domain/vocabulary.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);

const someReports = fc.array(
  fc.record({
    weight: fc.double({ min: 1, max: 500, noNaN: true }),
    seenAt: fc.double({ min: 0, max: 900, noNaN: true }).map(daysAgo),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('heat', () => {
  it.each([
    [{ severity: 'S1', affected: 0, supportTickets: 0 }, 8],
    [{ severity: 'S4', affected: 0, supportTickets: 3 }, 4],
    [{ severity: 'S2', affected: 99, supportTickets: 0 }, 4 * (1 + Math.log(100))],
  ] as const)('weighs %j as the spec says', (impact, weight) => {
    expect(reportWeight(impact)).toBeCloseTo(weight, 12);
  });

  it('a worse severity, more accounts or more tickets never weigh less', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e4), (affected, supportTickets) => {
        const weights = SEVERITIES.map((severity) => reportWeight({ severity, affected, supportTickets }));
        expect(weights).toEqual(weights.toSorted((a, b) => b - a));
        const more = reportWeight({ severity: 'S3', affected: affected + 1, supportTickets: supportTickets + 1 });
        expect(more).toBeGreaterThan(weights[2] ?? 0);
      }),
    );
  });

  it('is the decayed sum of the weights at every instant', () => {
    fc.assert(
      fc.property(
        someReports,
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 0, max: 400 }),
        (reports, halfLife, later) => {
          const at = new Date(NOW.getTime() + later * DAY_MS);
          const direct = reports.reduce(
            (sum, { weight, seenAt }) => sum + weight * 2 ** (-(at.getTime() - seenAt.getTime()) / DAY_MS / halfLife),
            0,
          );
          const stored = heatAt(heatLevel(reports, halfLife), at, halfLife);
          expect(Math.abs(stored - direct)).toBeLessThanOrEqual(direct * 1e-9);
        },
      ),
    );
  });

  it('does not depend on the order in which reports come', () => {
    fc.assert(
      fc.property(someReports, (reports) => {
        expect(heatLevel(reports.toReversed(), 28)).toBeCloseTo(heatLevel(reports, 28), 9);
      }),
    );
  });

  it('orders two defects the same way today and in a year', () => {
    fc.assert(
      fc.property(someReports, someReports, (a, b) => {
        const [levelA, levelB] = [heatLevel(a, 28), heatLevel(b, 28)];
        fc.pre(Math.abs(levelA - levelB) > 1e-9);
        for (const days of [0, 30, 365]) {
          const at = new Date(NOW.getTime() + days * DAY_MS);
          expect(heatAt(levelA, at, 28) > heatAt(levelB, at, 28)).toBe(levelA > levelB);
        }
      }),
    );
  });

  it('halves in a half-life', () => {
    const level = heatLevel([{ weight: 16, seenAt: NOW }], 28);
    expect(heatAt(level, NOW, 28)).toBeCloseTo(16, 9);
    expect(heatAt(level, new Date(NOW.getTime() + 28 * DAY_MS), 28)).toBeCloseTo(8, 9);
  });

  it('adds up from its reports: the shares that why shows make the harm a week', () => {
    fc.assert(
      fc.property(someReports, (reports) => {
        const total = harmPerWeek(heatAt(heatLevel(reports, 28), NOW, 28), 28);
        const shares = reports.reduce((sum, report) => sum + harmOfReport(report, NOW, 28), 0);
        expect(Math.abs(shares - total)).toBeLessThanOrEqual(total * 1e-9);
      }),
    );
  });

  it('of a defect without reports is none, and the first report sets it', () => {
    expect(heatLevel([], 28)).toBe(Number.NEGATIVE_INFINITY);
    expect(heatAt(Number.NEGATIVE_INFINITY, NOW, 28)).toBe(0);
    const first = addToHeatLevel(Number.NEGATIVE_INFINITY, { weight: 5, seenAt: NOW }, 28);
    expect(heatAt(first, NOW, 28)).toBeCloseTo(5, 9);
  });
});

describe('the rank', () => {
  const defect = (over: Partial<Parameters<typeof byRankThenRegressedThenAge>[0]>) => ({
    rankLevel: 1,
    regressedAt: null,
    firstSeenAt: daysAgo(10),
    number: 1,
    ...over,
  });

  it('is by level, then regressed before new, then the older, then the lower number', () => {
    const hottest = defect({ rankLevel: 2, number: 9 });
    const regressed = defect({ regressedAt: daysAgo(1), number: 8 });
    const older = defect({ firstSeenAt: daysAgo(20), number: 7 });
    const lower = defect({ number: 1 });
    const higher = defect({ number: 2 });
    const cold = defect({ rankLevel: Number.NEGATIVE_INFINITY, number: 3 });
    const colder = defect({ rankLevel: Number.NEGATIVE_INFINITY, number: 4 });
    const shuffled = [cold, higher, older, colder, hottest, lower, regressed];
    expect(shuffled.toSorted(byRankThenRegressedThenAge).map(({ number }) => number)).toEqual([9, 8, 7, 1, 2, 3, 4]);
  });
});
