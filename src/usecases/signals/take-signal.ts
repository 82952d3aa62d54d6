import { durationWords, type SignalOutcome, spanWords } from '../../blocks/signals/signal-outcome.ts';
import { logChange } from '../../db/defects/events.ts';
import { findByFingerprint } from '../../db/grouping/matching.ts';
import { listAreas, type Program } from '../../db/programs/programs.ts';
import { insertPush } from '../../db/reliability/metric-pushes.ts';
import { findReportBySourceKey } from '../../db/reports/reports.ts';
import { findOpenOccurrence, resolveOccurrences, wasOverAfter } from '../../db/signals/signal-occurrences.ts';
import type { SignalSource } from '../../db/signals/signal-sources.ts';
import { areaCalled } from '../../domain/programs/areas.ts';
import { factsOf } from '../../domain/reports/facts.ts';
import { MOST_PATHS_A_DAY } from '../../domain/signals/runs.ts';
import type { Figures } from '../../domain/signals/senders/pushed-figures.ts';
import type { Signal } from '../../domain/signals/signal.ts';
import { areaWordOf, rulesOf } from '../../domain/signals/source-rules.ts';
import { THE_BOT } from '../../domain/vocabulary.ts';
import type { Db } from '../doing.ts';
import { findRule } from '../grouping/find-rule.ts';
import { type IncomingReport, joinByRule, joinDefect, openDefect } from '../reports/record-report.ts';
import { asTheNext, type BurstBatch, type Told } from './burst-batch.ts';
import type { EarlyEnds } from './early-ends.ts';
import type { LeftOutBatch } from './left-out.ts';
import { reviseReport, type SignalArea } from './revise-report.ts';
import type { RunBatch, RunsSignal } from './run-batch.ts';
import { takeRelease } from './take-release.ts';

/** The work on some deliveries: what it is for, when, and what is known of the bursts, ends and runs that they are about. */
export type SignalWork = {
  tx: Db;
  now: Date;
  bursts: BurstBatch;
  ends: EarlyEnds;
  runs: RunBatch;
  leftOut: LeftOutBatch;
};

/**
 * Lets one signal happen inside the caller's transaction, and says what it became. Told again, it changes nothing. The
 * caller flushes the bursts in the end.
 */
export async function takeSignal(
  work: SignalWork,
  program: Program,
  source: SignalSource,
  signal: Signal,
): Promise<SignalOutcome> {
  if (signal.kind === 'report') {
    const told = { program, source, signal };
    return takeReport(work, (await isOverSince(work, told)) ? asTheNext(told) : told);
  }
  const { tx, now } = work;
  switch (signal.kind) {
    case 'revision':
      return takeRevision(work, program, source, signal);
    case 'resolution':
      return resolve(work, program, source, signal);
    case 'release':
      return takeRelease(tx, { program, source }, signal, now);
    case 'figures':
      return takeFigures(tx, source, signal.figures, now);
    case 'runs':
      return countRuns(work, program, source, signal);
    case 'ignored':
      work.leftOut.note(program, source, signal.event, signal.why ?? 'It tells of no failure.', signal.count ?? 1);
      return { became: 'ignored', event: signal.event, ...(signal.why ? { why: signal.why } : {}) };
  }
}

/** What came later of an occurrence that is open here; of none that is, it is what there is to report. */
async function takeRevision(
  work: SignalWork,
  program: Program,
  source: SignalSource,
  { of, report }: Extract<Signal, { kind: 'revision' }>,
): Promise<SignalOutcome> {
  await work.bursts.flush();
  const open = await findOpenOccurrence(work.tx, source.id, of);
  const told = { program, source, signal: report };
  if (!open && report.isReopenedByHand) {
    const isOver = work.ends.of(told) !== null || (await wasOverAfter(work.tx, source.id, `${of}*`, report.seenAt));
    if (isOver) return leaveOut(work, told, 'It was opened again, and nothing has failed since it was over.');
  }
  if (!open) return takeReport(work, told);
  return reviseReport(work, told, open.reportId, await areaOf(work, told));
}

function leaveOut(work: SignalWork, { program, source, signal }: Told, why: string): SignalOutcome {
  work.leftOut.note(program, source, signal.event, why, 1);
  return { became: 'ignored', event: signal.event, why };
}

function countRuns(work: SignalWork, program: Program, source: SignalSource, signal: RunsSignal): SignalOutcome {
  if (work.runs.count({ sourceId: source.id, signal })) return { became: 'ran', ran: signal.ran };
  const event = 'runs';
  const why = `More than ${MOST_PATHS_A_DAY} things ran on one day.`;
  work.leftOut.note(program, source, event, why, 1);
  return { became: 'ignored', event, why };
}

async function takeFigures(tx: Db, source: SignalSource, figures: Figures, now: Date): Promise<SignalOutcome> {
  const kept = await insertPush(tx, { ...figures, sourceId: source.id, areaId: source.areaId, receivedAt: now });
  if ('overlaps' in kept) {
    return {
      became: 'ignored',
      event: `figures that share a part of their time with those of ${spanWords(kept.overlaps)}`,
    };
  }
  const { startsAt, endsAt, total } = figures;
  return { became: 'measured', startsAt, endsAt, total, replaced: kept.replaced };
}

/** Whether what is said to fail again was over here after it was last seen. */
async function isOverSince({ tx, bursts, ends }: SignalWork, told: Told): Promise<boolean> {
  const { ifOver, seenAt } = told.signal;
  if (!ifOver) return false;
  await bursts.flush();
  return ends.of(told) !== null || wasOverAfter(tx, told.source.id, `${ifOver.of}*`, seenAt);
}

async function takeReport(work: SignalWork, told: Told): Promise<SignalOutcome> {
  const { tx, now, bursts, ends } = work;
  const { program, signal } = told;
  if (bursts.isKnown(told)) return { became: 'repeated', what: signal.title };
  const endedAt = ends.of(told);
  const burst = await bursts.join(told, endedAt, now);
  if (burst) {
    if (endedAt) await logEnd(work, told, burst.defect.id, [signal.seenAt], endedAt);
    return { became: 'burst', number: burst.defect.number, occurrences: burst.occurrences };
  }
  await bursts.flush();
  const incoming = await incomingOf(work, told);
  const rule = await findRule(tx, program, incoming);
  // A rule is what a person has decided, so it comes before what the text says.
  const known = rule ? rule.defectId : await findByFingerprint(tx, program.id, signal.fingerprint);
  const defect = rule
    ? await joinByRule(tx, program, rule, incoming)
    : known === null
      ? await openDefect(tx, program, incoming)
      : await joinDefect(tx, program, known, incoming);
  const report = await findReportBySourceKey(tx, program.id, 'signal', incoming.sourceKey);
  if (!report) throw new Error('The report that was just recorded is not there.');
  bursts.add(told, endedAt, { report, defect });
  if (endedAt) await logEnd(work, told, defect.id, [signal.seenAt], endedAt);
  return known === null
    ? { became: 'filed', number: defect.number, title: defect.title }
    : { became: 'joined', number: defect.number, reports: defect.reportCount };
}

async function incomingOf(work: SignalWork, told: Told): Promise<IncomingReport> {
  const { source, signal } = told;
  const { areaId, fact } = await areaOf(work, told);
  return {
    title: signal.title,
    description: signal.description,
    areaId,
    severity: signal.severity ?? source.severity,
    affected: signal.affected,
    supportTickets: 0,
    environment: signal.environment,
    link: signal.link,
    seenAt: signal.seenAt,
    reporterId: source.name,
    source: 'signal',
    sourceKey: `${source.id}:${signal.key}`,
    filedAt: work.now,
    starts: 1,
    facts: [...fact, ...signal.facts],
    vendor: signal.vendor,
    fingerprint: signal.fingerprint,
  };
}

/**
 * Where a report belongs: by what the source says that the sender's words mean, else by the area that the sender names,
 * else by any label that is one of an area's. An area that
 * nobody knows is shown, and said in settings.
 */
async function areaOf(work: SignalWork, { program, source, signal }: Told): Promise<SignalArea> {
  const { areaNamed, labels } = signal;
  const areas = await listAreas(work.tx, program.id);
  const said = [...(areaNamed ? [areaNamed] : []), ...(labels ?? [])];
  const own = areaWordOf(said, rulesOf(source.kind, source.rules));
  const named = [...(own ? [own.area] : []), ...said]
    .map((one) => areaCalled(areas, one))
    .find((area) => area !== undefined);
  if (named || !areaNamed) return { areaId: named?.id ?? source.areaId, isNamed: named !== undefined, fact: [] };
  const usual = areas.find(({ id }) => id === source.areaId)?.name ?? 'the area of the source';
  const why = `No area is called so, and it went to ${usual}. Add the word to the labels of an area.`;
  work.leftOut.note(program, source, `area “${areaNamed}”`, why, 1);
  return { areaId: source.areaId, isNamed: false, fact: factsOf([['Area, as sent', areaNamed]]) };
}

async function resolve(
  work: SignalWork,
  program: Program,
  source: SignalSource,
  { key, at }: Extract<Signal, { kind: 'resolution' }>,
): Promise<SignalOutcome> {
  const { tx, now, bursts, ends } = work;
  await bursts.flush();
  const ended = await resolveOccurrences(tx, source.id, key, at);
  // An end of several may still miss one of them that is told late.
  if (ended.length === 0 || key.endsWith('*')) await ends.keep(source.id, key, at, now);
  if (ended.length === 0) return { became: 'ignored', event: 'the end of something that is not open here' };
  for (const defectId of new Set(ended.map((one) => one.defectId))) {
    const began = ended.filter((one) => one.defectId === defectId).map(({ startedAt }) => startedAt);
    await logEnd(work, { program, source }, defectId, began, at);
  }
  return { became: 'resolved', occurrences: ended.length };
}

async function logEnd(
  { tx, now }: SignalWork,
  { program, source }: Pick<Told, 'program' | 'source'>,
  defectId: number,
  began: readonly Date[],
  endedAt: Date,
): Promise<void> {
  const lastedMs = endedAt.getTime() - Math.min(...began.map((at) => at.getTime()));
  await logChange(tx, { id: defectId, programId: program.id }, 'signal_resolved', {
    actor: THE_BOT,
    at: now,
    why: `${source.name} says that it is over, after ${durationWords(lastedMs)}.`,
    data: { sourceId: source.id, occurrences: began.length, lastedMs },
  });
}
