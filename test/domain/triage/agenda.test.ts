import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHeatThenRegressedThenAge } from '../../../src/domain/defects/rank.ts';
import { type AgendaDefect, assembleAgenda, isEscalated } from '../../../src/domain/triage/agenda.ts';

const TODAY = '2026-11-23';

function aDefect(number: number, over: Partial<AgendaDefect> = {}): AgendaDefect {
  return {
    number,
    state: 'new',
    severity: 'S3',
    heatLevel: 100 - number,
    regressedAt: null,
    firstSeenAt: new Date('2026-11-01T00:00:00Z'),
    ownerId: null,
    dueOn: null,
    reportCount: 1,
    reporterCount: 1,
    isAsked: false,
    ...over,
  };
}

const accepted = (number: number, over: Partial<AgendaDefect> = {}) =>
  aDefect(number, { state: 'accepted', ownerId: 'UANA', dueOn: '2026-12-01', ...over });

function agendaOf(defects: AgendaDefect[], limit = 10) {
  return assembleAgenda({ todayOn: TODAY, defects }, { limit });
}

describe('the agenda of triage', () => {
  it('keeps the fixed order of its groups, whatever the heat', () => {
    const left = { decision: null, streak: 0 };
    // Numbers rise with the group, and so the coldest group comes first.
    const hot = Array.from({ length: 10 }, (_, i) => accepted(200 + i, { heatLevel: 900 }));
    const coldestFirst = [
      accepted(1, { heatLevel: 1, comeback: { kind: 'failed', why: '3 reports.' } }),
      accepted(2, { heatLevel: 2, overBudget: 'It burnt 31 % of the budget of billing.' }),
      aDefect(3, { heatLevel: 3 }),
      accepted(4, { heatLevel: 4, creep: 'Creeping up.' }),
      accepted(5, { heatLevel: 5, dueOn: '2026-11-20' }),
      aDefect(6, { heatLevel: 999, lastTime: left }),
      accepted(7, { heatLevel: 7, state: 'claimed', stalled: 'The window ended.' }),
      aDefect(8, { heatLevel: 8, lastTime: left }),
    ];
    const { items } = agendaOf([...hot, ...coldestFirst]);
    expect(items.map(({ defect, reason }) => [defect.number, reason.kind])).toEqual([
      [1, 'failed'],
      [2, 'over_budget'],
      [3, 'new'],
      [4, 'creeping'],
      [5, 'overdue'],
      [6, 'unowned'],
      [7, 'stalled'],
      [8, 'carry_over'],
    ]);
  });

  it('puts the hottest of a group first, with regressions among the failed fixes', () => {
    const { items } = agendaOf([
      accepted(1, { heatLevel: 3, comeback: { kind: 'failed', why: '' } }),
      accepted(2, { heatLevel: 5, comeback: { kind: 'regressed', why: '' }, regressedAt: new Date(0) }),
      accepted(3, { heatLevel: 4, comeback: { kind: 'failed', why: '' } }),
    ]);
    expect(items.map(({ defect }) => defect.number)).toEqual([2, 3, 1]);
  });

  it('names a defect once, under its first reason', () => {
    const { items } = agendaOf([
      accepted(1, { comeback: { kind: 'failed', why: '' }, dueOn: '2026-11-01', creep: 'Creeping up.' }),
    ]);
    expect(items.map(({ reason }) => reason.kind)).toEqual(['failed']);
  });

  it('stops at the limit and counts the rest', () => {
    const { items, leftOut } = agendaOf(
      Array.from({ length: 14 }, (_, i) => aDefect(i + 1)),
      10,
    );
    expect([items.length, leftOut]).toEqual([10, 4]);
  });

  it('leaves alone what is owned, in time and quiet', () => {
    expect(agendaOf([accepted(1), accepted(2, { state: 'claimed' }), accepted(3, { dueOn: TODAY })])).toEqual({
      items: [],
      leftOut: 0,
    });
  });

  it.each([
    ['overdue since Friday', accepted(1, { dueOn: '2026-11-20' }), { kind: 'overdue', days: 3 }],
    ['overdue since yesterday', accepted(1, { dueOn: '2026-11-22' }), { kind: 'overdue', days: 1 }],
    ['seen three times', aDefect(1, { reportCount: 3 }), { kind: 'new', recurring: true }],
    ['seen once', aDefect(1), { kind: 'new', recurring: false }],
  ] as const)('says why: %s', (_, defect, reason) => {
    expect(agendaOf([defect]).items[0]?.reason).toEqual(reason);
  });

  it.each([
    ['left undecided for the first time', { decision: null, streak: 0 }, 1],
    ['left undecided again', { decision: null, streak: 2 }, 3],
    ['put off', { decision: 'defer', streak: 1 }, 2],
    ['asked about', { decision: 'need_info', streak: 2 }, 0],
    ['split', { decision: 'split', streak: 2 }, 0],
  ] as const)('counts the threads in a row of a defect that was %s', (_, lastTime, streak) => {
    expect(agendaOf([aDefect(1, { lastTime })]).items[0]?.streak).toBe(streak);
  });

  it('goes to the lead after three in a row', () => {
    expect([2, 3, 4].map(isEscalated)).toEqual([false, true, true]);
  });

  it.each([
    ['a recurring defect', aDefect(1, { reportCount: 3 }), 'accept'],
    ['a bad one, seen once', aDefect(1, { severity: 'S1' }), 'accept'],
    ['a mild one, seen once', aDefect(1, { severity: 'S4' }), 'need_info'],
    ['a mild one, open through two threads', aDefect(1, { lastTime: { decision: null, streak: 1 } }), 'accept_risk'],
    ['one on the burn-down list', accepted(1, { dueOn: '2026-11-01' }), 'recommit'],
  ] as const)('suggests an action for %s', (_, defect, suggestion) => {
    expect(agendaOf([defect]).items[0]?.suggestion).toBe(suggestion);
  });

  const anyDefect: fc.Arbitrary<Omit<AgendaDefect, 'number'>> = fc.record({
    state: fc.constantFrom('new', 'accepted', 'claimed'),
    severity: fc.constantFrom('S1', 'S2', 'S3', 'S4'),
    heatLevel: fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constant(Number.NEGATIVE_INFINITY)),
    regressedAt: fc.option(fc.constant(new Date(0))),
    firstSeenAt: fc.integer({ min: 0, max: 1e12 }).map((ms) => new Date(ms)),
    ownerId: fc.option(fc.constant('UANA')),
    dueOn: fc.option(fc.constantFrom('2026-11-01', '2026-12-31')),
    reportCount: fc.nat(50),
    reporterCount: fc.nat(50),
    comeback: fc.option(fc.constant({ kind: 'failed' as const, why: '' }), { nil: undefined }),
    creep: fc.option(fc.constant('Creeping up.'), { nil: undefined }),
    lastTime: fc.option(fc.record({ decision: fc.constantFrom(null, 'defer' as const), streak: fc.nat(9) }), {
      nil: undefined,
    }),
    isAsked: fc.boolean(),
  });

  it('loses no defect that has a reason, repeats none, and keeps the rank inside each group', () => {
    fc.assert(
      fc.property(fc.array(anyDefect, { maxLength: 40 }), fc.nat(45), (facts, limit) => {
        const defects = facts.map((one, i) => ({ ...one, number: i + 1 }));
        const all = agendaOf(defects, defects.length);
        const some = agendaOf(defects, limit);
        expect(some.items).toEqual(all.items.slice(0, limit));
        expect(some.items.length + some.leftOut).toBe(all.items.length);
        expect(new Set(all.items.map(({ defect }) => defect.number)).size).toBe(all.items.length);
        for (const [i, item] of all.items.entries()) {
          const next = all.items[i + 1];
          if (next && next.reason.kind === item.reason.kind) {
            expect(byHeatThenRegressedThenAge(item.defect, next.defect)).toBeLessThan(0);
          }
        }
      }),
    );
  });
});
