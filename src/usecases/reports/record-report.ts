import { type Defect, insertDefect, insertDefects, lockDefect, updateDefect } from '../../db/defects/defects.ts';
import { type Because, logBirth, logBirths, logChange } from '../../db/defects/events.ts';
import type { Db } from '../../db/engine/client.ts';
import { countJoinedByRule, type GroupingRule } from '../../db/grouping/grouping-rules.ts';
import { indexReports } from '../../db/grouping/matching.ts';
import { claimNumber, claimNumbers, mustBe, type Program } from '../../db/programs/programs.ts';
import { hasReportFrom, insertReport, insertReports, type Report } from '../../db/reports/reports.ts';
import { addToHeatLevel, reportWeight } from '../../domain/defects/rank.ts';
import { quietHalvings, silenceAfter, silentSince } from '../../domain/defects/silence.ts';
import type { Fact } from '../../domain/reports/facts.ts';
import type { ReportDraft } from '../../domain/reports/report-draft.ts';
import { type Actor, defectKey, type ReportSource } from '../../domain/vocabulary.ts';
import { measureQuiet } from '../defects/refresh-ranks.ts';
import { weighReport } from './weigh-report.ts';

/** A report with where it came from; source and key together make a repeat of the same delivery harmless. */
export type IncomingReport = ReportDraft & {
  reporterId: string;
  source: ReportSource;
  sourceKey: string;
  filedAt: Date;
  vendor?: string | null;
  fingerprint?: string | null;
  /** Of a machine: at how many instants what it saw began. */
  starts?: number;
  /** How often it was seen, where that is counted elsewhere. */
  occurrences?: number;
  facts?: readonly Fact[];
};

/** Opens a new defect with this report as its first. Runs inside the caller's transaction. */
export async function openDefect(tx: Db, program: Program, incoming: IncomingReport): Promise<Defect> {
  const defect = await insertDefect(tx, bornOf(program, incoming, await claimNumber(tx, program.id)));
  await logBirth(tx, defect, 'reported', firstReport(incoming));
  return addReport(tx, program, defect, incoming, indexReports);
}

/**
 * Opens a defect for each of these reports with a handful of statements for them all, in the order given. Runs inside the
 * caller's transaction; a report that is here already stops it.
 */
export async function openDefects(
  tx: Db,
  program: Program,
  incoming: readonly IncomingReport[],
  index = indexReports,
): Promise<Defect[]> {
  if (incoming.length === 0) return [];
  const first = await claimNumbers(tx, program.id, incoming.length);
  const inserted = await insertDefects(
    tx,
    incoming.map((one, i) => {
      const born = { ...NO_REPORTS, firstSeenAt: one.seenAt, lastSeenAt: one.seenAt };
      return {
        ...bornOf(program, one, first + i),
        ...countedIn(born, { ...one, weight: reportWeight(one) }, false, program.halfLifeDays),
        quietHalvings: quietHalvings(silenceAfter([one], one.filedAt)),
      };
    }),
  );
  const opened = inserted.sort((a, b) => a.number - b.number);
  const births = incoming.map((one, i) => ({ defect: mustBe(opened[i]), incoming: one }));
  await logBirths(
    tx,
    births.map(({ defect, incoming: one }) => ({ defect, because: firstReport(one) })),
    'reported',
  );
  const reports = await insertReports(
    tx,
    births.map(({ defect, incoming: one }) => reportRow(program, defect, one)),
  );
  if (reports.length < incoming.length) throw new AlreadyReported();
  await index(tx, reports);
  return opened;
}

/** Joins this report to a defect that is there already. A closed by decision stays closed; the report counts all the same. */
export async function joinDefect(
  tx: Db,
  program: Program,
  defectId: number,
  incoming: IncomingReport,
  index = indexReports,
  rule?: GroupingRule,
): Promise<Defect> {
  const defect = await followMerges(tx, program, defectId);
  const joined = await addReport(tx, program, defect, incoming, index);
  const by = rule ? ` It joined by the rule “${rule.words}”.` : '';
  await logChange(tx, joined, 'report_joined', {
    actor: actorOf(incoming),
    at: incoming.filedAt,
    why: `Report ${joined.reportCount} of ${defectKey(joined.number)}.${by}`,
    ...(rule ? { data: { ruleId: rule.id } } : {}),
  });
  return joined;
}

/** Joins this report to the defect of a rule. */
export async function joinByRule(
  tx: Db,
  program: Program,
  rule: GroupingRule,
  incoming: IncomingReport,
  index = indexReports,
): Promise<Defect> {
  const joined = await joinDefect(tx, program, rule.defectId, incoming, index, rule);
  await countJoinedByRule(tx, rule.id);
  return joined;
}

/** Locks the defect that a number of merges has led to. */
export async function followMerges(tx: Db, program: Program, defectId: number): Promise<Defect> {
  const defect = await lockDefect(tx, program.id, defectId);
  if (!defect) throw new Error(`Defect ${defectId} is not in program ${program.id}.`);
  return defect.mergedIntoId === null ? defect : followMerges(tx, program, defect.mergedIntoId);
}

async function addReport(
  tx: Db,
  program: Program,
  defect: Defect,
  incoming: IncomingReport,
  index: typeof indexReports,
): Promise<Defect> {
  const known = await hasReportFrom(tx, defect.id, incoming.reporterId);
  const report = await insertReport(tx, reportRow(program, defect, incoming));
  if (!report) throw new AlreadyReported();
  await index(tx, [report]);
  const counts = countedIn(defect, report, known, program.halfLifeDays);
  const isSilent = counts.lastSeenAt <= silentSince(incoming.filedAt);
  const counted = await updateDefect(tx, defect.id, {
    ...counts,
    quietHalvings: isSilent ? await measureQuiet(tx, defect.id, incoming.filedAt) : 0,
  });
  return weighReport(tx, program, counted, report, incoming.filedAt);
}

const NO_REPORTS = {
  heatLevel: Number.NEGATIVE_INFINITY,
  reportCount: 0,
  reporterCount: 0,
  affectedTotal: 0,
  ticketTotal: 0,
} as const;

function bornOf(program: Program, incoming: IncomingReport, number: number) {
  return {
    programId: program.id,
    number,
    title: incoming.title,
    areaId: incoming.areaId,
    severity: incoming.severity,
    state: 'new' as const,
    ...NO_REPORTS,
    firstSeenAt: incoming.seenAt,
    lastSeenAt: incoming.seenAt,
    createdAt: incoming.filedAt,
  };
}

function firstReport(incoming: IncomingReport): Because {
  return { actor: actorOf(incoming), at: incoming.filedAt, why: 'First report.' };
}

function reportRow(program: Program, defect: Defect, incoming: IncomingReport) {
  return {
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
    occurrences: incoming.occurrences ?? 1,
    starts: incoming.starts ?? null,
    facts: incoming.facts ?? [],
    weight: reportWeight(incoming),
  };
}

type Counts = Pick<Defect, keyof typeof NO_REPORTS | 'firstSeenAt' | 'lastSeenAt'>;

function countedIn(
  defect: Counts,
  report: Pick<Report, 'weight' | 'seenAt' | 'affected' | 'supportTickets'>,
  reporterKnown: boolean,
  halfLifeDays: number,
): Counts {
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
