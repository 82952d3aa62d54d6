import type { Defect } from '../../db/defects/defects.ts';
import type { DefectEvent } from '../../db/defects/events.ts';
import type { StoredCriterion } from '../../db/proof/criteria.ts';
import type { Report } from '../../db/reports/reports.ts';
import type { CriterionFacts } from '../../domain/proof/criterion-evidence.ts';
import type { Claim } from '../../domain/proof/proof.ts';
import type { Fix } from '../../domain/proof/regression-guard.ts';
import type { ReporterCheck } from '../../domain/proof/reporter-check.ts';
import type { Path } from '../../domain/proof/usual-days.ts';
import type { MetricDay } from '../../domain/reliability/metric-days.ts';

/** What the metrics said each day since a fix, by the id of the criterion that asks. */
export type DaysOfCriteria = ReadonlyMap<number, readonly MetricDay[]>;
const NO_DAYS: DaysOfCriteria = new Map();

/** What a stored criterion says about itself. A link may stand in the criterion, or in what keeps the defect fixed. */
export function criterionFacts(
  { id, criterion, metAt, metBy }: StoredCriterion,
  keepingNote: string | null,
  days: DaysOfCriteria = NO_DAYS,
): CriterionFacts {
  if (criterion.kind === 'metric') return { criterion, days: days.get(id) ?? [] };
  if (criterion.kind === 'second_person') return { criterion, confirmedBy: metBy, confirmedAt: metAt };
  if (criterion.kind !== 'link') return { criterion };
  return { criterion, link: addressIn(keepingNote) ?? addressIn(criterion.what) };
}

function addressIn(text: string | null): string | null {
  return /https?:\/\/[^\s<>|]+/.exec(text ?? '')?.[0] ?? null;
}

/** A claim as the proof judges it, from what is stored. */
export function claimFacts(
  defect: Defect,
  fix: Fix,
  reports: readonly Report[],
  criteria: readonly StoredCriterion[],
  { days, check = null, paths }: { days?: DaysOfCriteria; check?: ReporterCheck | null; paths?: readonly Path[] } = {},
): Claim<Report> {
  return {
    severity: defect.severity,
    fix,
    failedFixes: defect.failedFixes,
    reports,
    criteria: criteria.map((stored) => criterionFacts(stored, defect.keepingNote, days)),
    check,
    ...(paths ? { paths } : {}),
  };
}

/** Whom the last claim in a log has asked whether they still see it, and who has answered; null before they were asked. */
export function checkIn(events: readonly DefectEvent[], now: Date): ReporterCheck | null {
  const claim = events.findLast(({ kind }) => kind === 'claimed');
  const asked = (claim?.data?.askedIds ?? []) as string[];
  const askedAt = claim?.data?.askedAt;
  if (!claim || asked.length === 0 || typeof askedAt !== 'string' || new Date(askedAt) > now) return null;
  const said = events.filter(({ kind, id }) => kind === 'seen_since_fix' && id > claim.id);
  return { asked, answered: asked.filter((userId) => said.some(({ actorId }) => actorId === userId)) };
}
