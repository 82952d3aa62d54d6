import { updateDefect } from '../db/defects/defects.ts';
import { logChange } from '../db/defects/events.ts';
import type { Db } from '../db/engine/client.ts';
import { type GroupingRule, listGroupingRules } from '../db/grouping/grouping-rules.ts';
import { type IndexedReport, indexReports } from '../db/grouping/matching.ts';
import { hushed } from '../db/messages/hushed.ts';
import { type Program, updateProgram } from '../db/programs/programs.ts';
import { listReportedKeys } from '../db/reports/reports.ts';
import type { ImportedReport } from '../domain/import/imported-report.ts';
import type { Happening, Reported, Resolved } from '../domain/import/plan-history.ts';
import { factsOf } from '../domain/reports/facts.ts';
import { THE_BOT } from '../domain/vocabulary.ts';
import { findRule } from '../usecases/grouping/find-rule.ts';
import { type IncomingReport, joinByRule, joinDefect, openDefects } from '../usecases/reports/record-report.ts';
import { type Judgement, judgeUpTo } from './judge-imported.ts';
import { IMPORTED, type Settled, settleImported } from './settle-imported.ts';
import { settleSingleReports } from './settle-single-reports.ts';

/** What an import knows from one batch to the next. After an error it is of no more use. */
export type ImportRun = {
  program: Program;
  areaIdOf: (report: ImportedReport) => number;
  /** Who answers for a fix that the tracker says was made. */
  ownerOf: (sourceId: string) => string;
  /** Who in Slack works on a row, where that is known. */
  personOf: (report: ImportedReport) => string | undefined;
  /** The bot lives through the history: what it says is sent, and its own ritual judges the fixes. */
  isLive: boolean;
  /** By source id. */
  rows: Map<string, { defectId: number; wasHere: boolean; byRule?: true; ownerId?: string }>;
  judgements: Judgement[];
};

export type ImportTally = { opened: number; joined: number; alreadyHere: number } & Record<Settled, number>;

export function newTally(): ImportTally {
  return {
    opened: 0,
    joined: 0,
    alreadyHere: 0,
    claimed: 0,
    merged: 0,
    risk_accepted: 0,
    dismissed: 0,
    kept: 0,
    refused: 0,
  };
}

/**
 * Lives through one batch of a history, whose happenings are in the order of time, in one transaction. Rows that are here
 * already stay as they are; what became of them since is taken over unless a person has decided about their defect.
 */
export async function importHappenings(db: Db, run: ImportRun, happenings: readonly Happening[]): Promise<ImportTally> {
  const [first, last] = [happenings.at(0), happenings.at(-1)];
  const tally = newTally();
  if (!first || !last) return tally;
  await db.transaction(async (told) => {
    const tx = run.isLive ? told : hushed(told, ({ runAt }) => runAt > last.at);
    if (first.at < run.program.createdAt) {
      run.program = await updateProgram(tx, run.program.id, { createdAt: first.at });
    }
    const unindexed: IndexedReport[] = [];
    const index: typeof indexReports = async (_, reports) => void unindexed.push(...reports);
    await recogniseRows(tx, run, happenings);
    tally.alreadyHere = happenings.filter((one) => one.kind === 'report' && run.rows.has(one.report.sourceId)).length;
    const opening = newRows(run, happenings);
    const ruled = await ruledRows(tx, run, opening);
    tally.opened = await openAll(
      tx,
      run,
      opening.filter(({ report }) => !ruled.has(report.sourceId)),
      index,
    );
    const lone = run.isLive ? [] : singleReports(run, happenings);
    for (const settled of await settleSingleReports(tx, run, lone)) tally[settled] += 1;
    const isSettled = new Set<Happening>(lone);
    for (const happening of happenings) {
      if (isSettled.has(happening)) continue;
      if (!run.isLive) await judgeUpTo(tx, run.program, run.judgements, happening.at);
      if (happening.kind === 'resolution') tally[await settleImported(tx, run, happening)] += 1;
      else if (await joinRow(tx, run, happening, ruled, index)) tally.joined += 1;
    }
    // Last, since it holds what every report of the program is counted in.
    await indexReports(tx, unindexed);
  });
  return tally;
}

/** Looks up which of the rows, and of those that they refer to, an earlier run has brought. */
async function recogniseRows(tx: Db, run: ImportRun, happenings: readonly Happening[]): Promise<void> {
  const named = happenings.flatMap((one) =>
    one.kind === 'report' ? [one.report.sourceId, one.joins] : [one.sourceId, one.duplicateOf],
  );
  const unknown = [...new Set(named)].filter((id) => id !== undefined && !run.rows.has(id)) as string[];
  for (const [sourceId, defectId] of await listReportedKeys(tx, run.program.id, 'import', unknown)) {
    run.rows.set(sourceId, { defectId, wasHere: true });
  }
}

/** Those whose defect this import has opened and nobody else has to do with. */
function singleReports(run: ImportRun, happenings: readonly Happening[]): Resolved[] {
  return happenings.flatMap((one) =>
    one.kind === 'resolution' && one.isLone && run.rows.get(one.sourceId)?.wasHere === false ? [one] : [],
  );
}

type NewRow = { report: ImportedReport; incoming: IncomingReport };

/** Those that repeat no other row and are not here yet. */
function newRows(run: ImportRun, happenings: readonly Happening[]): NewRow[] {
  return happenings.flatMap((one) =>
    one.kind === 'report' && one.joins === undefined && !run.rows.has(one.report.sourceId)
      ? [{ report: one.report, incoming: incomingOf(run, one.report) }]
      : [],
  );
}

type Ruled = Map<string, { rule: GroupingRule; incoming: IncomingReport }>;

/** Those that join the defect of a rule. */
async function ruledRows(tx: Db, run: ImportRun, opening: readonly NewRow[]): Promise<Ruled> {
  const ruled: Ruled = new Map();
  const rules = await listGroupingRules(tx, run.program.id, 'on');
  if (rules.length === 0) return ruled;
  for (const { report, incoming } of opening) {
    const rule = await findRule(tx, run.program, incoming, rules);
    if (rule) ruled.set(report.sourceId, { rule, incoming });
  }
  return ruled;
}

async function openAll(
  tx: Db,
  run: ImportRun,
  opening: readonly NewRow[],
  index: typeof indexReports,
): Promise<number> {
  const opened = await openDefects(
    tx,
    run.program,
    opening.map(({ incoming }) => incoming),
    index,
  );
  for (const [i, { report }] of opening.entries()) {
    const defect = opened[i];
    if (!defect) continue;
    const ownerId = run.personOf(report);
    run.rows.set(report.sourceId, { defectId: defect.id, wasHere: false, ...(ownerId ? { ownerId } : {}) });
    if (!ownerId) continue;
    await updateDefect(tx, defect.id, { ownerId });
    const because = {
      actor: THE_BOT,
      at: report.reportedAt,
      why: IMPORTED.assigned,
      data: { from: null, to: ownerId },
    };
    await logChange(tx, defect, 'assigned', because);
  }
  return opening.length;
}

/** Joins a row to the defect of an earlier one or of a rule; false where it is here already. */
async function joinRow(
  tx: Db,
  run: ImportRun,
  { report, joins }: Reported,
  ruled: Ruled,
  index: typeof indexReports,
): Promise<boolean> {
  if (run.rows.has(report.sourceId)) return false;
  const byRule = ruled.get(report.sourceId);
  if (byRule) {
    const { id } = await joinByRule(tx, run.program, byRule.rule, byRule.incoming, index);
    run.rows.set(report.sourceId, { defectId: id, wasHere: false, byRule: true });
    return true;
  }
  if (joins === undefined) return false;
  const root = run.rows.get(joins);
  if (!root) throw new Error(`Row ${report.sourceId} joins ${joins}, which has not been imported.`);
  const { id } = await joinDefect(tx, run.program, root.defectId, incomingOf(run, report), index);
  run.rows.set(report.sourceId, { defectId: id, wasHere: false });
  return true;
}

function incomingOf(run: ImportRun, report: ImportedReport): IncomingReport {
  return {
    title: report.title,
    description: report.description,
    areaId: run.areaIdOf(report),
    // Most trackers' default, and the middle of what an open severity may be.
    severity: report.severity ?? 'S3',
    affected: report.affected,
    supportTickets: report.supportTickets,
    environment: report.environment ?? null,
    link: report.link ?? null,
    seenAt: report.reportedAt,
    filedAt: report.reportedAt,
    // Nobody named counts as one person, so that no two of them make a defect recurring.
    reporterId: report.reporter ?? 'unknown',
    source: 'import',
    sourceKey: report.sourceId,
    occurrences: report.occurrences ?? 1,
    facts: factsOf([
      ['Assigned to', report.assignee],
      ['Kind', report.issueType],
      ['Seen', report.occurrences && report.occurrences > 1 ? `${report.occurrences} times` : null],
    ]),
  };
}
