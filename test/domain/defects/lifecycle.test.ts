import { describe, expect, it } from 'vitest';
import { canTransition, planTransition, type TransitionKind } from '../../../src/domain/defects/lifecycle.ts';
import { Refusal } from '../../../src/domain/errors/refusal.ts';
import { DEFECT_STATES, type DefectState } from '../../../src/domain/vocabulary.ts';
import { TRANSITION_KINDS } from './transition-kinds.ts';

const everyGate = { ownerId: 'UANA', dueOn: '2026-12-01', criteriaCount: 1, keepingNote: 'a contract test' };

/** What each state may become, written out: the rest is refused. */
const ALLOWED: Record<string, readonly TransitionKind[]> = {
  nothing: ['reported', 'split'],
  new: ['accepted', 'risk_accepted', 'dismissed', 'merged'],
  accepted: ['risk_accepted', 'dismissed', 'claimed', 'reduced', 'merged', 'taken_back'],
  claimed: ['proven', 'failed', 'reduced', 'merged', 'taken_back'],
  proven: ['regressed'],
  risk_accepted: ['reopened', 'taken_back'],
  dismissed: ['reopened', 'taken_back'],
  merged: ['unmerged'],
};

describe('the life of a defect', () => {
  it.each(['nothing', ...DEFECT_STATES])('from %s goes only where the spec lets it', (name) => {
    const state = name === 'nothing' ? null : (name as DefectState);
    const allowed = TRANSITION_KINDS.filter((kind) => canTransition(state, kind));
    expect(allowed.toSorted()).toEqual([...(ALLOWED[name] ?? [])].sort());
    for (const kind of TRANSITION_KINDS) {
      const plan = () => planTransition({ number: 42, state }, kind, everyGate);
      if (allowed.includes(kind)) expect(plan()).toMatchObject({ kind, from: state });
      else expect(plan).toThrow(Refusal);
    }
  });

  it.each([
    [{ ...everyGate, ownerId: null }, 'owner'],
    [{ ...everyGate, dueOn: null }, 'due'],
    [{ ...everyGate, dueOn: '' }, 'due'],
  ])('accepts nothing without an owner and a due date', (gates, field) => {
    expect(() => planTransition({ number: 42, state: 'new' }, 'accepted', gates)).toThrow(
      expect.objectContaining({ field }),
    );
  });

  it.each([
    [{ ...everyGate, criteriaCount: 0 }, 'criteria'],
    [{ ...everyGate, keepingNote: '  \n ' }, 'keeping'],
    [{}, 'criteria'],
  ])('claims nothing without a criterion and a note of what keeps it fixed', (gates, field) => {
    expect(() => planTransition({ number: 42, state: 'accepted' }, 'claimed', gates)).toThrow(
      expect.objectContaining({ field }),
    );
  });

  it('says in words why something cannot be', () => {
    expect(() => planTransition({ number: 42, state: 'proven' }, 'accepted', everyGate)).toThrow(
      'D-42 is proven fixed, so it cannot be accepted.',
    );
  });

  it('an undone merge goes back to where the defect stood', () => {
    const merged = { number: 42, state: 'merged' as const };
    expect(planTransition(merged, 'unmerged', {}, 'claimed').to).toBe('claimed');
    expect(planTransition(merged, 'unmerged').to).toBe('new');
  });
});
