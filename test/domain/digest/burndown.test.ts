import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canTransition, TRANSITIONS, type TransitionKind } from '../../../src/domain/defects/lifecycle.ts';
import { identityGaps, openCount } from '../../../src/domain/digest/burndown.ts';
import { WEEK_MS } from '../../../src/domain/time/durations.ts';
import type { DefectState } from '../../../src/domain/vocabulary.ts';
import { TRANSITION_KINDS } from '../defects/transition-kinds.ts';
import { burndownOf, type LoggedTransition } from './burndown-of.ts';

const START = Date.UTC(2026, 8, 7);

/** Any sequence of transitions that the life of a defect allows, over up to 20 defects and 12 weeks. */
const histories = fc
  .array(
    fc.record({
      defect: fc.integer({ min: 1, max: 20 }),
      kind: fc.integer({ min: 0, max: TRANSITION_KINDS.length - 1 }),
      target: fc.integer({ min: 0, max: 2 }),
      at: fc.integer({ min: 0, max: 12 * WEEK_MS }),
    }),
    { maxLength: 200 },
  )
  .map((steps) => {
    const states = new Map<number, DefectState>();
    const log: LoggedTransition[] = [];
    for (const { defect, kind: index, target, at } of steps.toSorted((a, b) => a.at - b.at)) {
      const kind = TRANSITION_KINDS[index] as TransitionKind;
      const from = states.get(defect) ?? null;
      if (!canTransition(from, kind)) continue;
      const targets: readonly DefectState[] = TRANSITIONS[kind].to;
      const to = targets[target % targets.length] as DefectState;
      states.set(defect, to);
      log.push({ id: log.length + 1, defectId: defect, kind, from, to, at: new Date(START + at) });
    }
    return log;
  });

const windows = fc
  .tuple(fc.integer({ min: -1, max: 12 * WEEK_MS }), fc.integer({ min: 0, max: 12 * WEEK_MS }))
  .map(([a, length]) => ({ after: new Date(START + a), upTo: new Date(START + a + length) }));

describe('the burn-down', () => {
  it('adds up for every sequence of transitions and every window', () => {
    fc.assert(
      fc.property(histories, windows, (log, window) => {
        expect(identityGaps(burndownOf(log, window))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('of one week ends where the next begins', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 11 }), (log, week) => {
        const at = (weeks: number) => new Date(START + weeks * WEEK_MS);
        const before = burndownOf(log, { after: at(week - 1), upTo: at(week) });
        const after = burndownOf(log, { after: at(week), upTo: at(week + 1) });
        expect(after.then).toEqual(before.now);
      }),
    );
  });

  it('of an old week stays the same whatever happens later', () => {
    fc.assert(
      fc.property(histories, windows, (log, window) => {
        const known = log.filter(({ at }) => at <= window.upTo);
        expect(burndownOf(log, window)).toEqual(burndownOf(known, window));
      }),
    );
  });

  it('keeps a claimed fix on the list until it is proven, and takes it back when it fails', () => {
    const at = (day: number) => new Date(START + day * 86_400_000);
    const life = (id: number, kind: TransitionKind, from: DefectState | null, to: DefectState, day: number) => ({
      id,
      defectId: 1,
      kind,
      from,
      to,
      at: at(day),
    });
    const log = [
      life(1, 'reported', null, 'new', 1),
      life(2, 'accepted', 'new', 'accepted', 2),
      life(3, 'claimed', 'accepted', 'claimed', 3),
      life(4, 'failed', 'claimed', 'accepted', 4),
    ];
    const claimed = burndownOf(log, { after: at(0), upTo: at(3) });
    expect(claimed.now).toEqual({ toDo: 0, claimed: 1 });
    expect(openCount(claimed.now)).toBe(1);
    const failed = burndownOf(log, { after: at(3), upTo: at(5) });
    expect(failed.lines.failed).toEqual({ count: 1, toDo: 1, claimed: -1 });
    expect(openCount(failed.now)).toBe(1);
  });

  it('says what does not add up instead of hiding it', () => {
    const honest = burndownOf([], { after: new Date(START), upTo: new Date(START + 1) });
    expect(identityGaps({ ...honest, now: { toDo: 1, claimed: 0 } })).toEqual([
      'toDo: 0 then and the flows give 0, but 1 are there now',
    ]);
  });
});
