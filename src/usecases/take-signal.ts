import { durationWords, type SignalOutcome, spanWords } from '../blocks/signal-outcome.ts';
import { logChange } from '../db/events.ts';
import { findByFingerprint } from '../db/matching.ts';
import { insertPush } from '../db/metric-pushes.ts';
import { listAreas, type Program } from '../db/programs.ts';
import { insertRelease } from '../db/releases.ts';
import { findReportBySourceKey } from '../db/reports.ts';
import { hasOccurrence, insertOccurrence, resolveOccurrences } from '../db/signal-occurrences.ts';
import type { SignalSource } from '../db/signal-sources.ts';
import type { Figures } from '../domain/signals/pushed-figures.ts';
import type { ReportSignal, Signal } from '../domain/signals/signal.ts';
import { THE_BOT } from '../domain/vocabulary.ts';
import type { Db } from './doing.ts';
import { findRule } from './find-rule.ts';
import { joinBurst } from './join-burst.ts';
import { type IncomingReport, joinByRule, joinDefect, openDefect } from './record-report.ts';

/** Lets one signal happen inside the caller's transaction, and says what it became. Told again, it changes nothing. */
export async function takeSignal(
  tx: Db,
  program: Program,
  source: SignalSource,
  signal: Signal,
  now: Date,
): Promise<SignalOutcome> {
  switch (signal.kind) {
    case 'report':
      return takeReport(tx, program, source, signal, now);
    case 'resolution':
      return resolve(tx, program, source, signal, now);
    case 'release': {
      const { version, environment, link, at } = signal;
      const isNew = await insertRelease(tx, { programId: program.id, version, environment, link, releasedAt: at });
      return isNew ? { became: 'released', version } : { became: 'repeated', what: `Release ${version}` };
    }
    case 'figures':
      return takeFigures(tx, source, signal.figures, now);
    case 'ignored':
      return { became: 'ignored', event: signal.event };
  }
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

async function takeReport(
  tx: Db,
  program: Program,
  source: SignalSource,
  signal: ReportSignal,
  now: Date,
): Promise<SignalOutcome> {
  if (await hasOccurrence(tx, source.id, signal.key)) return { became: 'repeated', what: signal.title };
  const burst = await joinBurst(tx, program, source, signal, now);
  if (burst) return { became: 'burst', number: burst.defect.number, occurrences: burst.occurrences };
  const areaId = await areaOf(tx, program, source, signal);
  const sourceKey = `${source.id}:${signal.key}`;
  const incoming: IncomingReport = {
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
    sourceKey,
    filedAt: now,
    vendor: signal.vendor,
    fingerprint: signal.fingerprint,
  };
  const rule = await findRule(tx, program, incoming);
  // A rule is what a person has decided, so it comes before what the text says.
  const known = rule ? rule.defectId : await findByFingerprint(tx, program.id, signal.fingerprint);
  const defect = rule
    ? await joinByRule(tx, program, rule, incoming)
    : known === null
      ? await openDefect(tx, program, incoming)
      : await joinDefect(tx, program, known, incoming);
  const report = await findReportBySourceKey(tx, program.id, 'signal', sourceKey);
  if (!report) throw new Error('The report that was just recorded is not there.');
  const { key, account, seenAt: startedAt } = signal;
  await insertOccurrence(tx, { sourceId: source.id, key, reportId: report.id, account, startedAt });
  return known === null
    ? { became: 'filed', number: defect.number, title: defect.title }
    : { became: 'joined', number: defect.number, reports: defect.reportCount };
}

async function areaOf(tx: Db, program: Program, source: SignalSource, { areaNamed }: ReportSignal): Promise<number> {
  if (!areaNamed) return source.areaId;
  const name = areaNamed.toLowerCase();
  const named = (await listAreas(tx, program.id)).find((area) => area.name.toLowerCase() === name);
  return named?.id ?? source.areaId;
}

async function resolve(
  tx: Db,
  program: Program,
  source: SignalSource,
  { key, at }: Extract<Signal, { kind: 'resolution' }>,
  now: Date,
): Promise<SignalOutcome> {
  const ended = await resolveOccurrences(tx, source.id, key, at);
  if (ended.length === 0) return { became: 'ignored', event: 'the end of something that is not open here' };
  for (const defectId of new Set(ended.map((one) => one.defectId))) {
    const began = ended.filter((one) => one.defectId === defectId).map(({ startedAt }) => startedAt.getTime());
    const lastedMs = at.getTime() - Math.min(...began);
    await logChange(tx, { id: defectId, programId: program.id }, 'signal_resolved', {
      actor: THE_BOT,
      at: now,
      why: `${source.name} says that it is over, after ${durationWords(lastedMs)}.`,
      data: { sourceId: source.id, occurrences: began.length, lastedMs },
    });
  }
  return { became: 'resolved', occurrences: ended.length };
}
