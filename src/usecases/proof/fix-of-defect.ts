import type { Defect } from '../../db/defects/defects.ts';
import type { Fix } from '../../domain/proof/regression-guard.ts';

/** The fix of a defect that was claimed last; null where none was. */
export function fixOfDefect(defect: Defect): Fix | null {
  const { deployedAt, reachedAllAt, provingResumedAt, claimedAt, deploymentWitness, fixedEnvironments } = defect;
  if (!deployedAt) return null;
  return {
    ...{ deployedAt, reachedAllAt, claimedAt },
    resumedAt: provingResumedAt,
    witness: deploymentWitness,
    environments: fixedEnvironments,
  };
}
