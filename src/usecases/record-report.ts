import type { Db } from '../db/client.ts';
import { type Defect, insertDefect, lockDefect, updateDefect } from '../db/defects.ts';
import { logBirth, logChange } from '../db/events.ts';
import { indexReport } from '../db/matching.ts';
import { claimNumber, type Program } from '../db/programs.ts';
import { hasReportFrom, insertReport, type Report } from '../db/reports.ts';
import { addToHeatLevel, reportWeight } from '../domain/rank.ts';
import type { ReportDraft } from '../domain/report-draft.ts';
import { type Actor, defectKey, type ReportSource } from '../domain/vocabulary.ts';
import { weighReport } from './weigh-report.ts';

/** A report with where it came from; source and key together make a repeat of the same delivery harmless. */
export type IncomingReport = ReportDraft & {
  reporterId: string;
  source: ReportSource;
  sourceKey: string;
  filedAt: Date;
  vendor?: string | null;
  fingerprint?: string | null;
};

/** Opens a new defect with this report as its first. Runs inside the caller's transaction. */
export async function openDefect(tx: Db, program: Program, incoming: IncomingReport): Promise<Defect> {
  const defect = await insertDefect(tx, {
    programId: program.id,
    number: await claimNumber(tx, program.id),
    title: incoming.title,
    areaId: incoming.areaId,
    severity: incoming.severity,
    state: 'new',
    heatLevel: Number.NEGATIVE_INFINITY,
    firstSeenAt: incoming.seenAt,
    lastSeenAt: incoming.seenAt,
    createdAt: incoming.filedAt,
  });
  await logBirth(tx, defect, 'reported', {
    actor: actorOf(incoming),
    at: incoming.filedAt,
    why: 'First report.',
  });
  return addReport(tx, program, defect, incoming);
}

/** Joins this report to a defect that is there already. A closed by decision stays closed; the report counts all the same. */
export async function joinDefect(
  tx: Db,
  program: Program,
  defectId: number,
  incoming: IncomingReport,
): Promise<Defect> {
  const defect = await followMerges(tx, program, defectId);
  const joined = await addReport(tx, program, defect, incoming);
  await logChange(tx, joined, 'report_joined', {
    actor: actorOf(incoming),
    at: incoming.filedAt,
    why: `Report ${joined.reportCount} of ${defectKey(joined.number)}.`,
  });
  return joined;
}

/** Locks the defect that a number of merges has led to. */
export async function followMerges(tx: Db, program: Program, defectId: number): Promise<Defect> {
  const defect = await lockDefect(tx, program.id, defectId);
  if (!defect) throw new Error(`Defect ${defectId} is not in program ${program.id}.`);
  return defect.mergedIntoId === null ? defect : followMerges(tx, program, defect.mergedIntoId);
}

async function addReport(tx: Db, program: Program, defect: Defect, incoming: IncomingReport): Promise<Defect> {
  const weight = reportWeight(incoming);
  const known = await hasReportFrom(tx, defect.id, incoming.reporterId);
  const report = await insertReport(tx, {
    programId: program.id,
    defectId: defect.id,
    title: incoming.title,
    description: incoming.description,
    areaId: incoming.areaId,
    severity: incoming.severity,
    affected: incoming.affected,
    supportTickets: incoming.supportTickets,
    environment: incoming.environment,
    link: incoming.link,
    seenAt: incoming.seenAt,
    filedAt: incoming.filedAt,
    reporterId: incoming.reporterId,
    source: incoming.source,
    sourceKey: incoming.sourceKey,
    vendor: incoming.vendor ?? null,
    fingerprint: incoming.fingerprint ?? null,
    weight,
  });
  if (!report) throw new AlreadyReported();
  await indexReport(tx, report);
  const counted = await updateDefect(tx, defect.id, countedIn(defect, report, known, program.halfLifeDays));
  return weighReport(tx, program, counted, report, incoming.filedAt);
}

function countedIn(defect: Defect, report: Report, reporterKnown: boolean, halfLifeDays: number): Partial<Defect> {
  return {
    heatLevel: addToHeatLevel(defect.heatLevel, report, halfLifeDays),
    reportCount: defect.reportCount + 1,
    reporterCount: defect.reporterCount + (reporterKnown ? 0 : 1),
    affectedTotal: defect.affectedTotal + report.affected,
    ticketTotal: defect.ticketTotal + report.supportTickets,
    firstSeenAt: report.seenAt < defect.firstSeenAt ? report.seenAt : defect.firstSeenAt,
    lastSeenAt: report.seenAt > defect.lastSeenAt ? report.seenAt : defect.lastSeenAt,
  };
}

/** The same delivery once more. The transaction is rolled back and the first one's result answers. */
export class AlreadyReported extends Error {
  constructor() {
    super('This report is already here.');
    this.name = 'AlreadyReported';
  }
}

function actorOf(incoming: IncomingReport): Actor {
  return incoming.source === 'slack' ? { kind: 'person', userId: incoming.reporterId } : { kind: 'bot' };
}
