import type { Defect } from '../../db/defects/defects.ts';
import type { Db } from '../../db/engine/client.ts';
import { listCriteria } from '../../db/proof/criteria.ts';
import { listReports } from '../../db/reports/reports.ts';
import { hasOtherEvidence } from '../../domain/proof/criterion-evidence.ts';
import { planProof } from '../../domain/proof/proof.ts';
import type { Fix } from '../../domain/proof/regression-guard.ts';
import { claimFacts } from './claim-facts.ts';

/**
 * How long a fix must stay silent, from the defect's own rate before it; twice that from the second failed fix on.
 * `days` is null where silence cannot prove the fix. `endsAt` is null as well unless another criterion is to bear the
 * proof, which then has the longest window.
 */
export async function sizeWindow(
  tx: Db,
  defect: Defect,
  fix: Fix,
): Promise<{ days: number | null; endsAt: Date | null }> {
  const reports = await listReports(tx, defect.id);
  const criteria = await listCriteria(tx, defect.id);
  const claim = claimFacts(defect, fix, reports, criteria);
  const { window, endsAt } = planProof(claim);
  if (window.provable) return { days: window.days, endsAt };
  return { days: null, endsAt: hasOtherEvidence(claim.criteria) ? endsAt : null };
}
