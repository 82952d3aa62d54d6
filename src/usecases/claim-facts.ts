import type { StoredCriterion } from '../db/criteria.ts';
import type { Defect } from '../db/defects.ts';
import type { Report } from '../db/reports.ts';
import type { CriterionFacts } from '../domain/criterion-evidence.ts';
import type { Claim } from '../domain/proof.ts';

/** What a stored criterion says about itself. The link is what the owner named as keeping the defect fixed. */
export function criterionFacts({ criterion, metAt, metBy }: StoredCriterion, link: string | null): CriterionFacts {
  return criterion.kind === 'second_person'
    ? { criterion, confirmedBy: metBy, confirmedAt: metAt }
    : { criterion, link };
}

/** A claim as the proof judges it, from what is stored. */
export function claimFacts(
  defect: Defect,
  fix: { deployedAt: Date; environments: readonly string[] | null },
  reports: readonly Report[],
  criteria: readonly StoredCriterion[],
): Claim<Report> {
  return {
    severity: defect.severity,
    fix,
    failedFixes: defect.failedFixes,
    reports,
    criteria: criteria.map((stored) => criterionFacts(stored, defect.keepingNote)),
  };
}
