import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommittedDefect, reviewOf } from '../../../src/domain/triage/tranche.ts';
import { DEFECT_STATES } from '../../../src/domain/vocabulary.ts';

const committed: fc.Arbitrary<CommittedDefect> = fc.record({
  number: fc.nat(),
  title: fc.constant('x'),
  state: fc.constantFrom(...DEFECT_STATES),
  harmThen: fc.double({ min: 0, max: 1000, noNaN: true }),
  harmNow: fc.double({ min: 0, max: 1000, noNaN: true }),
  cameBack: fc.boolean(),
});

describe('the review of a tranche', () => {
  it('puts every committed defect into exactly one group', () => {
    fc.assert(
      fc.property(fc.array(committed), (defects) => {
        const review = reviewOf(defects);
        const groups = [review.proven, review.failed, review.proving, review.moved, review.setAside].flat();
        expect(new Set(groups)).toEqual(new Set(defects));
        expect(groups).toHaveLength(review.committed);
      }),
    );
  });

  it('never removes more harm than was committed', () => {
    fc.assert(
      fc.property(fc.array(committed), (defects) => {
        const { harmRemoved, harmCommitted } = reviewOf(defects);
        expect(harmRemoved).toBeLessThanOrEqual(harmCommitted + 1e-6);
      }),
    );
  });

  it('does not count as removed what merely cooled down or was risk accepted', () => {
    const defect = { number: 1, title: 'x', harmThen: 10, harmNow: 0, cameBack: false };
    const states = ['accepted', 'risk_accepted', 'merged', 'claimed'] as const;
    expect(reviewOf(states.map((state) => ({ ...defect, state }))).harmRemoved).toBe(0);
    expect(reviewOf([{ ...defect, state: 'proven' }]).harmRemoved).toBe(10);
  });

  it('counts as faded the harm that open defects lost without a proof, and never what they gained', () => {
    const defect = { number: 1, title: 'x', harmThen: 10, harmNow: 4, cameBack: false };
    const states = ['accepted', 'claimed', 'proven', 'risk_accepted'] as const;
    expect(reviewOf(states.map((state) => ({ ...defect, state }))).harmFaded).toBe(12);
    expect(reviewOf([{ ...defect, state: 'accepted', harmNow: 30 }]).harmFaded).toBe(0);
  });
});
