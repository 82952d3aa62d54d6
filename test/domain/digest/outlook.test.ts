import { describe, expect, it } from 'vitest';
import type { MeasuredImpact } from '../../../src/domain/defects/severity-drift.ts';
import { assembleOutlook, nextGoal, type OutlookFacts } from '../../../src/domain/digest/outlook.ts';
import type { Severity } from '../../../src/domain/vocabulary.ts';

const NOW = new Date('2026-11-27T14:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

function facts(over: Partial<OutlookFacts> = {}): OutlookFacts {
  return {
    openNow: 0,
    flows: [],
    fixes: [],
    impacts: [],
    now: NOW,
    timeZone: 'Europe/Berlin',
    seed: 1,
    ...over,
  };
}

function impact(number: number, severity: Severity, reports: number): MeasuredImpact {
  return { key: `D-${number}`, severity, reports, affected: reports, supportTickets: 0 };
}

describe('the outlook of a digest', () => {
  it('says nothing where nothing can be said', () => {
    expect(assembleOutlook(facts())).toEqual({ forecast: undefined, survival: undefined, drifts: [] });
  });

  it('forecasts the same date for the same week, and only with enough weeks behind it', () => {
    const flows = Array.from({ length: 12 }, () => ({ arrived: 1, closed: 4, relapsed: 0 }));
    const falling = facts({ openNow: 40, flows, seed: 20_420 });
    const { forecast } = assembleOutlook(falling);
    expect(forecast).toMatch(/^80 % sure to be under 30 open by \d+ (Dec|Jan|Feb)\.$/);
    expect(assembleOutlook(falling).forecast).toBe(forecast);
    expect(assembleOutlook(facts({ openNow: 40, flows: flows.slice(0, 3) })).forecast).toBeUndefined();
    expect(assembleOutlook(facts({ openNow: 3, flows })).forecast).toBeUndefined();
  });

  it.each([
    [4, 5],
    [7, 5],
    [12, 5],
    [31, 20],
    [44, 30],
    [200, 150],
  ])('of %i open aims at under %i', (open, goal) => {
    expect(nextGoal(open)).toBe(goal);
  });

  it('tells how fixes hold from five on, and in which areas they broke', () => {
    const fixes = Array.from({ length: 6 }, (_, i) => ({
      area: 'billing',
      deployedAt: daysAgo(80),
      brokeAt: i < 2 ? daysAgo(75) : null,
    }));
    expect(assembleOutlook(facts({ fixes: fixes.slice(0, 4) })).survival).toBeUndefined();
    expect(assembleOutlook(facts({ fixes })).survival).toMatch(
      /^4 of 6 fixes still hold\. About 66 % last 30 days \(\d+ to \d+ %\), .*Broken by area: billing 2 of 6\.$/,
    );
  });

  it('names two labels at most, an understated one before an overstated one', () => {
    const impacts = [
      ...[1, 2, 3].map((number) => impact(number, 'S1', 40)),
      ...[4, 5, 6].map((number) => impact(number, 'S4', 4)),
      impact(7, 'S4', 60),
      impact(8, 'S1', 4),
      impact(9, 'S3', 50),
    ];
    const { drifts } = assembleOutlook(facts({ impacts }));
    expect(drifts).toEqual([
      'D-7 is S4 but does as much harm as a typical S1. Raise it?',
      'D-9 is S3 but does as much harm as a typical S1. Raise it?',
    ]);
  });
});
