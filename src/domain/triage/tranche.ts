import type { DefectState } from '../vocabulary.ts';

/** A defect that a tranche committed to: its harm a week when the tranche began and now, and what became of it. */
export type CommittedDefect = {
  number: number;
  title: string;
  state: DefectState;
  harmThen: number;
  harmNow: number;
  /** A fix of it failed or regressed within the tranche. */
  cameBack: boolean;
};

export type TrancheReview = {
  committed: number;
  proven: CommittedDefect[];
  /** Its fix did not hold, and it is still to do. */
  failed: CommittedDefect[];
  /** Claimed and still being proven. */
  proving: CommittedDefect[];
  /** Still to do, with no fix that failed. */
  moved: CommittedDefect[];
  /** Left the list without a fix: merged, risk accepted, dismissed. */
  setAside: CommittedDefect[];
  /** Harm a week that the proven defects, and all committed ones, did when the tranche began. */
  harmRemoved: number;
  harmCommitted: number;
  /** Harm a week that the others lost without a proof, because fewer reports came or they grew old. */
  harmFaded: number;
};

/**
 * What really improved in a tranche. Each committed defect is in one group. Harm removed is what the proven defects did
 * when the tranche began, so that what merely cooled down does not count.
 */
export function reviewOf(defects: readonly CommittedDefect[]): TrancheReview {
  const inState = (...states: DefectState[]) => defects.filter(({ state }) => states.includes(state));
  const harmOf = (list: readonly CommittedDefect[]) => list.reduce((sum, { harmThen }) => sum + harmThen, 0);
  const proven = inState('proven');
  const toDo = inState('new', 'accepted');
  return {
    committed: defects.length,
    proven,
    failed: toDo.filter(({ cameBack }) => cameBack),
    proving: inState('claimed'),
    moved: toDo.filter(({ cameBack }) => !cameBack),
    setAside: inState('merged', 'risk_accepted', 'dismissed'),
    harmRemoved: harmOf(proven),
    harmCommitted: harmOf(defects),
    harmFaded: inState('new', 'accepted', 'claimed').reduce(
      (sum, { harmThen, harmNow }) => sum + Math.max(0, harmThen - harmNow),
      0,
    ),
  };
}
