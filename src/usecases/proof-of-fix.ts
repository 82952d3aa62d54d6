import type { Db } from '../db/client.ts';
import { listCriteria, type StoredCriterion } from '../db/criteria.ts';
import type { Defect } from '../db/defects.ts';
import type { Program } from '../db/programs.ts';
import { listReports, type Report } from '../db/reports.ts';
import { evaluateProof, type Proof } from '../domain/proof.ts';
import { claimFacts } from './claim-facts.ts';

export type StoredProof = Proof<Report> & { criteria: StoredCriterion[]; deployedAt: Date };

/** How the latest fix of a defect stands at an instant; null where no fix was claimed. */
export async function proofOfFix(db: Db, program: Program, defect: Defect, now: Date): Promise<StoredProof | null> {
  const { deployedAt, fixedEnvironments } = defect;
  if (!deployedAt) return null;
  const reports = await listReports(db, defect.id);
  const criteria = await listCriteria(db, defect.id);
  const claim = claimFacts(defect, { deployedAt, environments: fixedEnvironments }, reports, criteria);
  return { ...evaluateProof(claim, now, program.timeZone), criteria, deployedAt };
}
