import type { Defect } from '../../db/defects/defects.ts';
import { type DefectEvent, listEvents } from '../../db/defects/events.ts';
import { listReports, listReportsById, type Report } from '../../db/reports/reports.ts';
import type { Criterion } from '../../domain/proof/criteria.ts';
import { evaluateProof, type Proof } from '../../domain/proof/proof.ts';
import type { Severity } from '../../domain/vocabulary.ts';
import type { Db, Program } from '../doing.ts';
import { checkIn, criterionFacts } from './claim-facts.ts';
import { listMetricDays } from './list-metric-days.ts';
import { listPaths } from './list-paths.ts';

/**
 * How the fix that was claimed last stood at a past instant, from the log alone: as the bot judged it then. What was filed,
 * moved, relabelled, promised or confirmed later is left out; of what had run until then also what was told later is known.
 * Null where no fix had been claimed.
 */
export async function proofAsOf(db: Db, program: Program, defect: Defect, at: Date): Promise<Proof<Report> | null> {
  const events = await listEvents(db, defect.id);
  const known = events.filter((event) => event.at <= at);
  const later = events.filter((event) => event.at > at);
  const claim = known.findLast(({ kind }) => kind === 'claimed');
  if (!claim) return null;
  const since = known.filter(({ id }) => id > claim.id);
  const fix = fixIn(
    claim,
    since.findLast(({ kind }) => kind === 'deployment_witnessed'),
  );
  if (!fix) return null;
  const criteria = [...since].reverse().find(({ kind }) => kind === 'criteria_changed') ?? claim;
  const relabelled = later.find(({ kind }) => kind === 'severity_changed');
  const facts = [];
  for (const [id, criterion] of ((criteria.data?.criteria ?? []) as Criterion[]).entries()) {
    const confirmed = since.findLast(
      ({ kind, actorId, id: eventId }) =>
        kind === 'confirmed' &&
        criterion.kind === 'second_person' &&
        actorId === criterion.userId &&
        eventId > criteria.id,
    );
    const span = { since: fix.deployedAt, now: at };
    const days = criterion.kind === 'metric' ? await listMetricDays(db, program, criterion, span) : [];
    const stored = { id, defectId: defect.id, criterion, createdAt: criteria.at, evidence: null };
    const met = { metAt: confirmed?.at ?? null, metBy: confirmed?.actorId ?? null };
    facts.push(criterionFacts({ ...stored, ...met }, fix.keepingNote, new Map([[id, days]])));
  }
  const reports = await reportsAt(db, program, defect, later, at);
  const judged = {
    severity: (relabelled?.data?.from ?? defect.severity) as Severity,
    fix,
    failedFixes: failedBefore(known, claim.id),
    reports,
    criteria: facts,
    check: checkIn(known, at),
    paths: await listPaths(db, defect, fix, reports, at),
  };
  return evaluateProof(judged, at, program.timeZone);
}

/** As it was claimed; when it went out may have been witnessed later. */
function fixIn({ at, data: said }: DefectEvent, witnessed: DefectEvent | undefined) {
  const data = { ...said, ...witnessed?.data };
  if (typeof data.deployedAt !== 'string') return null;
  return {
    deployedAt: new Date(data.deployedAt),
    environments: (data.environments ?? null) as string[] | null,
    reachedAllAt: typeof data.reachedAllAt === 'string' ? new Date(data.reachedAllAt) : null,
    claimedAt: at,
    resumedAt: typeof data.resumedAt === 'string' ? new Date(data.resumedAt) : null,
    witness: (data.witness ?? null) as string | null,
    keepingNote: (data.keepingNote ?? null) as string | null,
  };
}

/** A fix that had failed and was then found to have ended a part counts as failed no more. */
function failedBefore(known: readonly DefectEvent[], claimId: number): number {
  const before = known.filter(({ id }) => id < claimId);
  const failed = before.filter(({ kind }) => kind === 'failed').length;
  return failed - before.filter(({ kind, fromState }) => kind === 'reduced' && fromState === 'accepted').length;
}

/** The reports that had been filed by then and were part of the defect: what came later goes, what went later is back. */
async function reportsAt(
  db: Db,
  program: Program,
  defect: Defect,
  later: readonly DefectEvent[],
  at: Date,
): Promise<Report[]> {
  const here = new Set((await listReports(db, defect.id)).map(({ id }) => id));
  for (const { kind, data } of later.toReversed()) {
    const ids = (data?.reportIds ?? []) as number[];
    const went = kind === 'merged' || (kind === 'report_moved' && data?.toId !== undefined);
    const came = kind === 'unmerged' || (kind === 'report_moved' && data?.toId === undefined);
    if (went) for (const id of ids) here.add(id);
    if (came) for (const id of ids) here.delete(id);
  }
  const found = await listReportsById(db, program.id, [...here]);
  return found.filter(({ filedAt }) => filedAt <= at);
}
