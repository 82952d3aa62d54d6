import { and, count, eq, gt, inArray, isNull, lte, ne, sql } from 'drizzle-orm';
import type { ComebackKind } from '../../domain/vocabulary.ts';
import { comebackKinds } from '../defects/comeback-kinds.ts';
import { type Db, rows } from '../engine/client.ts';
import { criteria, defectEvents, defects, reports } from '../schema/defects.ts';

export type Comeback = {
  defectId: number;
  kind: ComebackKind;
  /** What was said of it then. */
  words: string;
  at: Date;
  fixedAt: Date | null;
  /** Reports that count against the fix, and the last of them. */
  reportsSince: number;
  lastAt: Date | null;
};

/** Accepted defects that came back, and how, since triage last decided about them. Counted as `countsAgainstFix` says. */
export async function listComebacks(db: Db, programId: number): Promise<Comeback[]> {
  const found = await rows<{
    defectId: string;
    kind: Comeback['kind'];
    words: string;
    at: Date | string;
    fixedAt: Date | string | null;
    reportsSince: number;
    lastAt: Date | string | null;
  }>(
    db,
    sql`select distinct on (event.defect_id) event.defect_id as "defectId", event.kind, event.why as "words", event.at,
               defect.deployed_at as "fixedAt", since.reports as "reportsSince", since.last_at as "lastAt"
        from ${defectEvents} event
        join ${defects} defect on defect.id = event.defect_id
        cross join lateral (
          select count(*)::int as reports, max(report.seen_at) as last_at from ${reports} report
          where report.defect_id = defect.id and report.vendor is null
            and report.seen_at > coalesce(greatest(defect.deployed_at, defect.reached_all_at, defect.proving_resumed_at), event.at)
            and (report.environment is null or coalesce(cardinality(defect.fixed_environments), 0) = 0
              or lower(trim(report.environment)) in (select lower(trim(reached)) from unnest(defect.fixed_environments) reached))
        ) since
        where event.program_id = ${programId} and event.kind in ${comebackKinds} and defect.state = 'accepted'
          and event.at > coalesce(defect.last_triaged_at, '-infinity'::timestamptz)
        order by event.defect_id, event.at desc, event.id desc`,
  );
  return found.map((row) => ({
    ...row,
    defectId: Number(row.defectId),
    at: new Date(row.at),
    fixedAt: row.fixedAt === null ? null : new Date(row.fixedAt),
    lastAt: row.lastAt === null ? null : new Date(row.lastAt),
  }));
}

export type Promised = {
  defectId: number;
  kind: 'deferred' | 'taken_back' | 'info_asked' | 'info_given';
  words: string;
  at: Date;
};

/** What was last said about each open defect of those that wait: put off, asked about, or answered. */
export async function listPromises(db: Db, programId: number): Promise<Promised[]> {
  const found = await rows<Omit<Promised, 'defectId' | 'at'> & { defectId: string; at: Date | string }>(
    db,
    sql`select distinct on (event.defect_id) event.defect_id as "defectId", event.kind, event.why as "words", event.at
        from ${defectEvents} event
        join ${defects} defect on defect.id = event.defect_id
        where event.program_id = ${programId} and defect.state in ('new', 'accepted', 'claimed')
          and event.kind in ('deferred', 'taken_back', 'info_asked', 'info_given')
          and event.at > coalesce(defect.last_triaged_at, '-infinity'::timestamptz)
        order by event.defect_id, event.id desc`,
  );
  return found.map((row) => ({ ...row, defectId: Number(row.defectId), at: new Date(row.at) }));
}

/** What was due in a thread and did not fit waits once more; what did fit waits no longer. */
export async function countWaits(
  tx: Db,
  { fitted, waiting }: { fitted: readonly number[]; waiting: readonly number[] },
): Promise<void> {
  if (fitted.length > 0) {
    await tx
      .update(defects)
      .set({ agendaWaits: 0 })
      .where(and(inArray(defects.id, [...fitted]), gt(defects.agendaWaits, 0)));
  }
  if (waiting.length > 0) {
    await tx
      .update(defects)
      .set({ agendaWaits: sql`${defects.agendaWaits} + 1` })
      .where(inArray(defects.id, [...waiting]));
  }
}

/** When each of these defects was observed in a window, and when that was told. */
export async function listSeenSince(
  db: Db,
  defectIds: readonly number[],
  { after, upTo }: { after: Date; upTo: Date },
): Promise<Map<number, { seenAt: Date; filedAt: Date }[]>> {
  const found = await db
    .select({ defectId: reports.defectId, seenAt: reports.seenAt, filedAt: reports.filedAt })
    .from(reports)
    .where(and(inArray(reports.defectId, [...defectIds]), gt(reports.seenAt, after), lte(reports.seenAt, upTo)));
  return Map.groupBy(found, ({ defectId }) => defectId);
}

/** How many criteria beyond silence each claimed defect still waits for. */
export async function countOpenCriteria(db: Db, programId: number): Promise<Map<number, number>> {
  const found = await db
    .select({ defectId: criteria.defectId, count: count() })
    .from(criteria)
    .innerJoin(defects, eq(defects.id, criteria.defectId))
    .where(
      and(
        eq(defects.programId, programId),
        inArray(defects.state, ['claimed']),
        isNull(criteria.metAt),
        ne(sql`${criteria.criterion}->>'kind'`, 'max_reports'),
      ),
    )
    .groupBy(criteria.defectId);
  return new Map(found.map((row) => [row.defectId, Number(row.count)]));
}
