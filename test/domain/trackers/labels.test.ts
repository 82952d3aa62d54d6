import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmBand, labelsFor, planLabels } from '../../../src/domain/trackers/labels.ts';

const S2 = ['burndown:S2', 'burndown:harm-low'];

describe('the labels of a ticket', () => {
  it.each([
    ['are added once', S2, { there: ['bug'], own: [], before: null }, { add: S2, remove: [], own: S2 }],
    ['rest while nothing is new', S2, { there: [], own: S2, before: S2 }, null],
    [
      'replace their own',
      ['burndown:S1', S2[1]],
      { there: [...S2, 'bug'], own: S2, before: S2 },
      { add: ['burndown:S1'], remove: ['burndown:S2'] },
    ],
    [
      'never take away what somebody else has put there',
      ['burndown:S1', S2[1]],
      { there: S2, own: [S2[1]], before: S2 },
      { add: ['burndown:S1'], remove: [] },
    ],
    [
      'do not come back where somebody took them away',
      ['burndown:S2', 'burndown:harm-high'],
      { there: [], own: S2, before: S2 },
      { add: ['burndown:harm-high'], remove: [] },
    ],
    [
      'are there whatever their case',
      S2,
      { there: ['Burndown:s2'], own: [], before: null },
      { add: ['burndown:harm-low'], own: ['burndown:harm-low'] },
    ],
  ] as const)('%s', (_, wanted, ticket, plan) => {
    const read = planLabels(
      wanted as string[],
      { ...ticket, there: [...ticket.there], own: [...ticket.own] as string[] } as never,
    );
    if (plan === null) expect(read).toBeNull();
    else expect(read).toMatchObject(plan);
  });

  it('name a band of harm that is left only well below its limit', () => {
    expect([0, 0.99, 1, 9.99, 10, 500].map((points) => harmBand(points))).toEqual([
      'low',
      'low',
      'middle',
      'middle',
      'high',
      'high',
    ]);
    expect([harmBand(8, 'high'), harmBand(7.4, 'high'), harmBand(0.8, 'high'), harmBand(0.7, 'middle')]).toEqual([
      'high',
      'middle',
      'middle',
      'low',
    ]);
  });

  it('change at most twice while the harm of a defect fades from any height', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 500, noNaN: true }), (height) => {
        let [labels, changes]: [string[] | null, number] = [null, 0];
        for (let day = 0; day < 400; day += 1) {
          // It wavers by a tenth from day to day.
          const points = height * 2 ** (-day / 28) * (1 + ((day + 1) % 2) / 10);
          const next = labelsFor({ severity: 'S2', harmPerWeek: points }, labels);
          if (labels && next[1] !== labels[1]) changes += 1;
          labels = next;
        }
        expect(changes).toBeLessThanOrEqual(2);
      }),
    );
  });
});
