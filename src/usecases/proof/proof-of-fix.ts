import type { Defect } from '../../db/defects/defects.ts';
import { listEvents } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { listCriteria, type StoredCriterion } from '../../db/proof/criteria.ts';
import { listReports, type Report } from '../../db/reports/reports.ts';
import { evaluateProof, type Proof } from '../../domain/proof/proof.ts';
import type { MetricDay } from '../../domain/reliability/metric-days.ts';
import { checkIn, claimFacts, type DaysOfCriteria } from './claim-facts.ts';
import { fixOfDefect } from './fix-of-defect.ts';
import { listMetricDays } from './list-metric-days.ts';
import { listPaths } from './list-paths.ts';

export type StoredProof = Proof<Report> & { criteria: StoredCriterion[]; deployedAt: Date };

/** How the latest fix of a defect stands at an instant; null where no fix was claimed. */
export async function proofOfFix(db: Db, program: Program, defect: Defect, now: Date): Promise<StoredProof | null> {
  const fix = fixOfDefect(defect);
  if (!fix) return null;
  const reports = await listReports(db, defect.id);
  const criteria = await listCriteria(db, defect.id);
  const days = await listDays(db, program, criteria, fix.deployedAt, now);
  const check = checkIn(await listEvents(db, defect.id), now);
  const paths = await listPaths(db, defect, fix, reports, now);
  const claim = claimFacts(defect, fix, reports, criteria, { days, check, paths });
  return { ...evaluateProof(claim, now, program.timeZone), criteria, deployedAt: fix.deployedAt };
}

async function listDays(
  db: Db,
  program: Program,
  criteria: readonly StoredCriterion[],
  since: Date,
  now: Date,
): Promise<DaysOfCriteria> {
  const days = new Map<number, MetricDay[]>();
  for (const { id, criterion } of criteria) {
    if (criterion.kind === 'metric') days.set(id, await listMetricDays(db, program, criterion, { since, now }));
  }
  return days;
}
