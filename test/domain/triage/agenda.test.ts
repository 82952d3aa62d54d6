import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgendaDefect, assembleAgenda, isEscalated } from '../../../src/domain/triage/agenda.ts';

const TODAY = '2026-11-23';

function aDefect(number: number, over: Partial<AgendaDefect> = {}): AgendaDefect {
  return {
    number,
    state: 'new',
    severity: 'S3',
    rankLevel: 100 - number,
    regressedAt: null,
    firstSeenAt: new Date('2026-11-01T00:00:00Z'),
    ownerId: null,
    dueOn: null,
    reportCount: 1,
    reporterCount: 1,
    isAsked: false,
    isFresh: false,
    agendaWaits: 0,
    ...over,
  };
}

const accepted = (number: number, over: Partial<AgendaDefect> = {}) =>
  aDefect(number, { state: 'accepted', ownerId: 'UANA', dueOn: '2026-12-01', ...over });

function agendaOf(defects: AgendaDefect[], limit = 10) {
  return assembleAgenda({ todayOn: TODAY, defects }, { limit });
}

const left = (streak: number) => ({ decision: null, streak, openedAt: new Date('2026-11-16T09:00:00Z') });
const failed = (at = new Date('2026-11-18T00:00:00Z')) => ({ kind: 'failed' as const, why: 'The fix failed.', at });

describe('the agenda of triage', () => {
  it('keeps the order of its groups, whatever the harm', () => {
    const { items } = agendaOf([
      accepted(7, { rankLevel: 999, state: 'claimed', stalled: 'The window ended.' }),
      aDefect(6, { rankLevel: 6, lastTime: left(0) }),
      accepted(5, { rankLevel: 7, creep: 'Creeping up.' }),
      aDefect(4, { rankLevel: 8 }),
      accepted(3, { rankLevel: 1, overBudget: 'It used 31 % of the budget of billing.' }),
      accepted(2, { rankLevel: 2, comeback: failed() }),
      aDefect(1, { rankLevel: 0, promised: { kind: 'deferred', words: 'The vendor answers on Friday' } }),
    ]);
    expect(items.map(({ defect, reason }) => [defect.number, reason.kind])).toEqual([
      [1, 'deferred'],
      [2, 'failed'],
      [3, 'over_budget'],
      [4, 'new'],
      [5, 'creeping'],
      [6, 'carry_over'],
      [7, 'stalled'],
    ]);
  });

  it('begins with what was promised: deferred to it, answered, left open twice', () => {
    const hot = Array.from({ length: 10 }, (_, i) => aDefect(10 + i, { rankLevel: 900 - i }));
    const { items } = agendaOf([
      ...hot,
      accepted(1, { rankLevel: 3, promised: { kind: 'deferred', words: 'Later' } }),
      aDefect(2, { rankLevel: 2, promised: { kind: 'answered', words: 'europe-west1' } }),
      aDefect(3, { rankLevel: 1, lastTime: left(1) }),
      aDefect(4, { rankLevel: 0, lastTime: left(0) }),
    ]);
    expect(items.slice(0, 4).map(({ defect }) => defect.number)).toEqual([1, 2, 3, 10]);
  });

  it('gives way to others once what was left open three times is with the lead', () => {
    const { items } = agendaOf([aDefect(1, { rankLevel: 1, lastTime: left(2) }), aDefect(2, { rankLevel: 2 })]);
    expect(items.map(({ defect }) => defect.number)).toEqual([2, 1]);
  });

  it('tells a failed fix first only while no thread has seen it', () => {
    const openedAt = new Date('2026-11-16T09:00:00Z');
    const seen = { decision: null, streak: 0, openedAt };
    const before = failed(new Date('2026-11-12T00:00:00Z'));
    const after = failed(new Date('2026-11-18T00:00:00Z'));
    const { items } = agendaOf([
      aDefect(1, { rankLevel: 5 }),
      accepted(2, { rankLevel: 4, comeback: before, lastTime: seen }),
      accepted(3, { rankLevel: 3, comeback: after, lastTime: seen }),
    ]);
    expect(items.map(({ defect }) => defect.number)).toEqual([3, 1, 2]);
  });

  it('puts the most harmful of a group first, with regressions among the failed fixes', () => {
    const { items } = agendaOf([
      accepted(1, { rankLevel: 3, comeback: failed() }),
      accepted(2, { rankLevel: 5, comeback: { ...failed(), kind: 'regressed' }, regressedAt: new Date(0) }),
      accepted(3, { rankLevel: 4, comeback: failed() }),
    ]);
    expect(items.map(({ defect }) => defect.number)).toEqual([2, 3, 1]);
  });

  it('names a defect once, under its first reason', () => {
    const { items, overdue } = agendaOf([
      accepted(1, { comeback: failed(), dueOn: '2026-11-01', creep: 'Creeping up.' }),
    ]);
    expect(items.map(({ reason }) => reason.kind)).toEqual(['failed']);
    expect(overdue).toEqual([]);
  });

  it('stops at the limit and tells what waits', () => {
    const { items, waiting } = agendaOf(
      Array.from({ length: 14 }, (_, i) => aDefect(i + 1)),
      10,
    );
    expect([items.length, waiting.map(({ number }) => number)]).toEqual([10, [11, 12, 13, 14]]);
  });

  it('brings all that is overdue with an owner as one item, which counts as one', () => {
    const late = Array.from({ length: 8 }, (_, i) => accepted(20 + i, { dueOn: '2026-11-20' }));
    const { items, overdue, waiting } = agendaOf(
      [...Array.from({ length: 10 }, (_, i) => aDefect(i + 1)), ...late],
      10,
    );
    expect([items.length, overdue.length, waiting.map(({ number }) => number)]).toEqual([9, 8, [10]]);
  });

  it('asks who takes what is overdue and has no owner', () => {
    const { items, overdue } = agendaOf([accepted(1, { dueOn: '2026-11-20', ownerId: null })]);
    expect([items.map(({ reason }) => reason.kind), overdue]).toEqual([['unowned'], []]);
  });

  it('lets what waited and does harm go before what is new, and what does little move up slowly', () => {
    const defects = [
      aDefect(1, { rankLevel: 9 }),
      aDefect(2, { rankLevel: 8, agendaWaits: 1 }),
      aDefect(3, { rankLevel: 7, agendaWaits: 2 }),
      aDefect(4, { rankLevel: 3 }),
      aDefect(5, { rankLevel: 2, agendaWaits: 3 }),
      aDefect(6, { rankLevel: 1 }),
      aDefect(7, { rankLevel: 0 }),
    ];
    expect(agendaOf(defects).items.map(({ defect }) => defect.number)).toEqual([3, 2, 1, 5, 4, 6, 7]);
  });

  it('leaves alone what is owned, in time and quiet', () => {
    expect(agendaOf([accepted(1), accepted(2, { state: 'claimed' }), accepted(3, { dueOn: TODAY })])).toEqual({
      items: [],
      overdue: [],
      waiting: [],
    });
  });

  it.each([
    [
      'seen three times',
      aDefect(1, { reportCount: 3, isFresh: true }),
      { kind: 'new', recurring: true, isFresh: true },
    ],
    ['seen once', aDefect(1), { kind: 'new', recurring: false, isFresh: false }],
  ] as const)('says why: %s', (_, defect, reason) => {
    expect(agendaOf([defect]).items[0]?.reason).toEqual(reason);
  });

  it.each([
    ['left undecided for the first time', left(0), 1],
    ['left undecided again', left(2), 3],
    ['put off', { ...left(1), decision: 'defer' }, 2],
    ['asked about', { ...left(2), decision: 'need_info' }, 0],
    ['split', { ...left(2), decision: 'split' }, 0],
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
    ['a mild one, open through two threads', aDefect(1, { lastTime: left(1) }), 'accept_risk'],
    ['one on the burn-down list', accepted(1, { creep: 'Creeping up.' }), 'recommit'],
  ] as const)('suggests an action for %s', (_, defect, suggestion) => {
    expect(agendaOf([defect]).items[0]?.suggestion).toBe(suggestion);
  });

  const anyDefect: fc.Arbitrary<Omit<AgendaDefect, 'number'>> = fc.record({
    state: fc.constantFrom('new', 'accepted', 'claimed'),
    severity: fc.constantFrom('S1', 'S2', 'S3', 'S4'),
    rankLevel: fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constant(Number.NEGATIVE_INFINITY)),
    regressedAt: fc.option(fc.constant(new Date(0))),
    firstSeenAt: fc.integer({ min: 0, max: 1e12 }).map((ms) => new Date(ms)),
    ownerId: fc.option(fc.constant('UANA')),
    dueOn: fc.option(fc.constantFrom('2026-11-01', '2026-12-31')),
    reportCount: fc.nat(50),
    reporterCount: fc.nat(50),
    comeback: fc.option(fc.constant(failed()), { nil: undefined }),
    creep: fc.option(fc.constant('Creeping up.'), { nil: undefined }),
    lastTime: fc.option(
      fc.record({
        decision: fc.constantFrom(null, 'defer' as const),
        streak: fc.nat(9),
        openedAt: fc.constantFrom(new Date(0), new Date('2026-11-20T00:00:00Z')),
      }),
      {
        nil: undefined,
      },
    ),
    isAsked: fc.boolean(),
    isFresh: fc.boolean(),
    agendaWaits: fc.nat(5),
  });

  it('loses no defect that has a reason, repeats none, and never has more items than its limit', () => {
    fc.assert(
      fc.property(fc.array(anyDefect, { maxLength: 40 }), fc.nat(45), (facts, limit) => {
        const defects = facts.map((one, i) => ({ ...one, number: i + 1 }));
        const all = agendaOf(defects, defects.length + 1);
        const { items, overdue, waiting } = agendaOf(defects, limit);
        expect(items.length + Math.min(1, overdue.length)).toBeLessThanOrEqual(limit);
        expect(items.length + waiting.length).toBe(all.items.length);
        const told = [...items.map(({ defect }) => defect), ...overdue].map(({ number }) => number);
        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });
});
