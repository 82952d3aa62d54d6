import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canTransition, planTransition } from '../../../src/domain/defects/lifecycle.ts';
import { openCount } from '../../../src/domain/digest/burndown.ts';
import {
  burndownChart,
  burndownWeeks,
  harmChart,
  OTHER_AREAS,
  reliabilityChart,
  survivalChart,
} from '../../../src/domain/digest/charts.ts';
import type { AreaReliability } from '../../../src/domain/reliability/reliability.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';
import type { DefectState } from '../../../src/domain/vocabulary.ts';
import { TRANSITION_KINDS } from '../defects/transition-kinds.ts';
import { burndownOf } from './burndown-of.ts';

const NOW = new Date('2026-11-20T14:00:00Z');
const weeksAgo = (weeks: number) => new Date(NOW.getTime() - weeks * 7 * DAY_MS);
const on = (at: Date) => at.toISOString().slice(0, 10);

const histories = fc.array(
  fc.record({
    defectId: fc.integer({ min: 0, max: 4 }),
    kind: fc.constantFrom(...TRANSITION_KINDS),
    hours: fc.integer({ min: 1, max: 50 }),
  }),
  { maxLength: 60 },
);

describe('the chart of the burn-down', () => {
  it('stands at the end of every week as the log itself does', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const states = new Map<number, DefectState>();
        let at = weeksAgo(14);
        const log = steps.flatMap(({ defectId, kind, hours }, id) => {
          const from = states.get(defectId) ?? null;
          at = new Date(at.getTime() + hours * 3_600_000);
          if (!canTransition(from, kind)) return [];
          const gates = { ownerId: 'UANA', dueOn: '2026-12-01', criteriaCount: 1, keepingNote: 'x' };
          const transition = planTransition({ number: 1, state: from }, kind, gates);
          states.set(defectId, transition.to);
          return [{ ...transition, id, defectId, at }];
        });
        const windows = Array.from({ length: 12 }, (_, i) => ({ after: weeksAgo(12 - i), upTo: weeksAgo(11 - i) }));
        const each = windows.map((window) => burndownOf(log, window));
        const now = each.at(-1)?.now ?? { toDo: 0, claimed: 0 };
        const weeks = burndownWeeks(
          now,
          windows.map(({ after, upTo }) => ({
            endsOn: on(upTo),
            counts: log
              .filter((one) => one.at > after && one.at <= upTo)
              .map(({ kind, from, to }) => ({ kind, from, to, count: 1 })),
          })),
        );
        expect(weeks).toEqual(
          each.map((burndown, i) => ({
            endsOn: on(windows[i]?.upTo ?? NOW),
            ...burndown.now,
            proven: burndown.lines.proven.count,
          })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('is left out in the first two weeks, and where there was never anything', () => {
    const week = { endsOn: '2026-11-20', toDo: 3, claimed: 1, proven: 0 };
    expect(burndownChart([week, week])).toBeUndefined();
    expect(burndownChart(Array(12).fill({ ...week, toDo: 0, claimed: 0 }))).toBeUndefined();
    const chart = burndownChart([week, week, week]);
    expect(chart?.kind === 'burndown' && chart.weeks.map(openCount)).toEqual([4, 4, 4]);
  });
});

describe('the chart of harm', () => {
  const ends = ['2026-11-06', '2026-11-13', '2026-11-20'];
  it('shows the worst areas and joins the others, so that nothing is lost', () => {
    const areas = Array.from({ length: 9 }, (_, i) => ({ area: `area ${i}`, harm: [1, 2, i] }));
    const chart = harmChart(ends, areas);
    if (chart?.kind !== 'harm') throw new Error('no chart');
    expect(chart.areas.map(({ area }) => area)).toEqual(['area 8', 'area 7', 'area 6', 'area 5', OTHER_AREAS]);
    const total = (list: readonly { harm: readonly number[] }[]) =>
      ends.map((_, i) => list.reduce((sum, { harm }) => sum + (harm[i] ?? 0), 0));
    expect(total(chart.areas)).toEqual(total(areas));
  });

  it('is left out where nobody is hurt or the weeks are too few', () => {
    expect(harmChart(ends, [{ area: 'billing', harm: [0, 0, 0] }])).toBeUndefined();
    expect(harmChart(ends.slice(1), [{ area: 'billing', harm: [1, 2] }])).toBeUndefined();
  });
});

describe('the chart of reliability', () => {
  const anArea = (area: string, failed: readonly (number | null)[], target: number | null = 0.99): AreaReliability => ({
    area,
    objective: target === null ? null : { target, periodDays: 28, thresholdSeconds: null },
    weeks: failed.map((bad, i) => ({
      endsAt: weeksAgo(failed.length - 1 - i),
      reading: bad === null ? null : { uptime: null, requests: { bad, total: 1000 }, p99: null, slow: null },
    })),
    period: null,
    trouble: null,
  });

  it('never makes a zero of what the metrics did not say, and leaves out areas with under three weeks of it', () => {
    const chart = reliabilityChart(
      [
        anArea('billing', [null, 4, 0, 8]),
        anArea('deployment', [null, null, 1, 1]),
        anArea('quiet', [0, 0, 0, 0], null),
      ],
      [],
      on,
    );
    expect(chart).toMatchObject({
      weekEndsOn: ['2026-10-30', '2026-11-06', '2026-11-13', '2026-11-20'],
      areas: [
        { area: 'billing', measure: 'requests', failed: [null, 0.004, 0, 0.008] },
        { area: 'quiet', allowed: null },
      ],
    });
    expect(reliabilityChart([anArea('deployment', [null, 1, 1])], [], on)).toBeUndefined();
    expect(reliabilityChart([], [], on)).toBeUndefined();
  });

  it('marks the releases of its weeks where they went out', () => {
    const chart = reliabilityChart(
      [anArea('billing', [1, 1, 1, 1])],
      [
        { version: 'v1', releasedAt: weeksAgo(4) },
        { version: 'v2', releasedAt: weeksAgo(1.5) },
      ],
      on,
    );
    expect(chart?.kind === 'reliability' && chart.releases).toEqual([{ version: 'v2', at: 1.5 }]);
  });
});

describe('the chart of how fixes hold', () => {
  const fix = (age: number, broke: number | null = null) => ({
    area: 'billing',
    deployedAt: new Date(NOW.getTime() - age * DAY_MS),
    brokeAt: broke === null ? null : new Date(NOW.getTime() - (age - broke) * DAY_MS),
  });

  it('steps down where a fix broke and keeps those that are not older yet', () => {
    const chart = survivalChart([fix(60), fix(50, 10), fix(40), fix(30), fix(5)], NOW);
    expect(chart).toMatchObject({ fixes: 5, broken: 1, lastDay: 60, holding: [60, 40, 30, 5] });
    expect(chart?.kind === 'survival' && chart.steps).toEqual([
      { day: 10, share: 0.75, low: expect.any(Number), high: expect.any(Number) },
    ]);
  });

  it('is left out for a handful of fixes or of days', () => {
    expect(survivalChart([fix(60), fix(50), fix(40), fix(30)], NOW)).toBeUndefined();
    expect(survivalChart([fix(6), fix(5), fix(4), fix(3), fix(2)], NOW)).toBeUndefined();
  });
});
