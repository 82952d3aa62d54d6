import type { Defect } from '../../db/defects/defects.ts';
import type { Program } from '../../db/programs/programs.ts';
import type { Report } from '../../db/reports/reports.ts';
import {
  listAccountsOf,
  listKnownOccurrences,
  listReportsOfBursts,
  listStartsOf,
  lockDefects,
  type OccurrenceName,
  writeBursts,
} from '../../db/signals/signal-bursts.ts';
import { insertOccurrences, type NewOccurrence } from '../../db/signals/signal-occurrences.ts';
import type { SignalSource } from '../../db/signals/signal-sources.ts';
import type { ReportSignal } from '../../domain/signals/signal.ts';
import type { Db } from '../doing.ts';
import { followMerges } from '../reports/record-report.ts';
import { weighReport } from '../reports/weigh-report.ts';
import { BURST_MS, growDefect, growReport, isOfBurst, reportOfBurst } from './join-burst.ts';
import { loadNames } from './name-batch.ts';

/** What a source tells of a program. */
export type Told = { program: Program; source: SignalSource; signal: ReportSignal };

/** The same as the occurrence that it is where the one before is over. */
export function asTheNext(told: Told): Told {
  const { ifOver, ...signal } = told.signal;
  if (!ifOver) return told;
  const { key, names, seenAt } = ifOver;
  return { ...told, signal: { ...signal, key, names, seenAt } };
}

export type JoinedBurst = { defect: Defect; occurrences: number };

/** The bursts that many signals are about, read at once and written at once. */
export type BurstBatch = {
  /** Whether this occurrence was told before, by the same event or another one of it. */
  isKnown: (told: Told) => boolean;
  /**
   * Counts an occurrence into the report that its source has just made of the same failure. Null where there is no such
   * report, and where a fix was deployed in between: what comes after it is news.
   */
  join: (told: Told, resolvedAt: Date | null, now: Date) => Promise<JoinedBurst | null>;
  /** Takes in a report that was made of an occurrence, and its defect as it then stands. */
  add: (told: Told, resolvedAt: Date | null, made: { report: Report; defect: Defect }) => void;
  /** Writes what was counted. Call it before anything else reads or writes what bursts are about, and in the end. */
  flush: () => Promise<void>;
};

/**
 * Reads the bursts that all of these may belong to, inside the caller's transaction; the defects that they may change are
 * locked until it ends.
 */
export async function loadBursts(tx: Db, all: readonly Told[]): Promise<BurstBatch> {
  const known = new Set((await listKnownOccurrences(tx, all.map(occurrenceOf))).map(nameOf));
  const fresh = all.filter((told) => !known.has(nameOf(occurrenceOf(told))));
  const named = await loadNames(tx, fresh);
  const reports = new Map<string, Report[]>();
  for (const report of await listReportsOfBursts(tx, spansOf(fresh))) remember(report);
  const found = [...reports.values()].flat();
  const accounts = new Set(
    (
      await listAccountsOf(
        tx,
        found.map(({ id }) => id),
        [...new Set(fresh.flatMap(({ signal }) => signal.account ?? []))],
      )
    ).map(({ reportId, account }) => `${reportId} ${account}`),
  );
  const starts = new Set(
    (
      await listStartsOf(
        tx,
        found.map(({ id }) => id),
        fresh.map(({ signal }) => signal.seenAt),
      )
    ).map(({ reportId, startedAt }) => `${reportId} ${startedAt.getTime()}`),
  );
  const defects = new Map<number, Defect>();
  for (const defect of await lockDefects(tx, [...new Set(found.map(({ defectId }) => defectId))]))
    if (defect.mergedIntoId === null) defects.set(defect.id, defect);
  const occurrences: NewOccurrence[] = [];
  const grownReports = new Map<number, Report>();
  const grownDefects = new Set<number>();

  function remember(report: Report): void {
    const name = burstName(report.programId, Number(report.sourceKey.split(':')[0]), report.fingerprint ?? '');
    const others = (reports.get(name) ?? []).filter(({ id }) => id !== report.id);
    reports.set(name, [...others, report]);
  }

  function note(told: Told, reportId: number, resolvedAt: Date | null): void {
    const { account, seenAt: startedAt } = told.signal;
    const name = occurrenceOf(told);
    known.add(nameOf(name));
    if (account !== null) accounts.add(`${reportId} ${account}`);
    starts.add(`${reportId} ${startedAt.getTime()}`);
    named.note(told, reportId);
    const names = told.signal.names ?? null;
    occurrences.push({ ...name, reportId, account, startedAt, resolvedAt, names });
  }

  async function targetOf(program: Program, defectId: number): Promise<Defect> {
    const held = defects.get(defectId);
    if (held) return held;
    const target = await followMerges(tx, program, defectId);
    const current = defects.get(target.id) ?? target;
    defects.set(target.id, current);
    return current;
  }

  const flush = async (): Promise<void> => {
    const counted = [...grownDefects].flatMap((id) => defects.get(id) ?? []);
    await writeBursts(tx, [...grownReports.values()], counted);
    await insertOccurrences(tx, occurrences);
    await named.flush();
    grownReports.clear();
    grownDefects.clear();
    occurrences.length = 0;
  };

  return {
    isKnown: (told) => known.has(nameOf(occurrenceOf(told))) || named.recognise(told),
    join: async (told, resolvedAt, now) => {
      const { program, source, signal } = told;
      const report = reportOfBurst(reports.get(burstName(program.id, source.id, signal.fingerprint)) ?? [], signal);
      if (!report) return null;
      const defect = await targetOf(program, report.defectId);
      if (!isOfBurst(report, defect, signal)) return null;
      const isNew = {
        account: signal.account !== null && !accounts.has(`${report.id} ${signal.account}`),
        start: !starts.has(`${report.id} ${signal.seenAt.getTime()}`),
      };
      const grown = growReport(report, signal, source.severity, isNew);
      const counted = growDefect(defect, { before: report, grown, seenAt: signal.seenAt }, program.halfLifeDays, now);
      remember(grown);
      grownReports.set(grown.id, grown);
      defects.set(counted.id, counted);
      grownDefects.add(counted.id);
      note(told, grown.id, resolvedAt);
      named.tell(grown.id, signal.facts);
      if (counted.state !== 'claimed' && counted.state !== 'proven')
        return { defect: counted, occurrences: grown.occurrences };
      // Whether the fix has failed is read from what is stored.
      await flush();
      const weighed = await weighReport(tx, program, counted, grown, now);
      defects.set(weighed.id, weighed);
      return { defect: weighed, occurrences: grown.occurrences };
    },
    add: (told, resolvedAt, { report, defect }) => {
      remember(report);
      defects.set(defect.id, defect);
      note(told, report.id, resolvedAt);
    },
    flush,
  };
}

function occurrenceOf({ source, signal }: Told): OccurrenceName {
  return { sourceId: source.id, key: signal.key };
}

function nameOf({ sourceId, key }: OccurrenceName): string {
  return `${sourceId} ${key}`;
}

function burstName(programId: number, sourceId: number, fingerprint: string): string {
  return `${programId} ${sourceId} ${fingerprint}`;
}

/** For each failure that is told of, the span in which its reports could stand. */
function spansOf(told: readonly Told[]) {
  const spans = new Map<string, { programId: number; sourceId: number; fingerprint: string; from: Date; to: Date }>();
  for (const { program, source, signal } of told) {
    const { fingerprint, seenAt } = signal;
    const name = burstName(program.id, source.id, fingerprint);
    const known = spans.get(name);
    const [from, to] = [new Date(seenAt.getTime() - BURST_MS), new Date(seenAt.getTime() + BURST_MS)];
    spans.set(name, {
      programId: program.id,
      sourceId: source.id,
      fingerprint,
      from: known && known.from < from ? known.from : from,
      to: known && known.to > to ? known.to : to,
    });
  }
  return [...spans.values()];
}
