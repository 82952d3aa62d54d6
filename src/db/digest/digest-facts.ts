import { and, asc, desc, eq, gt, inArray, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import type { FixOutcome } from '../../domain/digest/digest.ts';
import type { DefectTickets } from '../../domain/digest/support-burden.ts';
import { type Escape, type FixKind, OPEN_STATES } from '../../domain/vocabulary.ts';
import { claimStood } from '../defects/events.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defectEvents, defects, reports } from '../schema/defects.ts';
import { trancheDefects, tranches } from '../schema/rituals.ts';
import { areas, people } from '../schema/workspaces.ts';
import type { ReleaseMoment } from '../signals/releases.ts';

type Window = { after: Date; upTo: Date };

const openStates = sql`(${sql.join(
  OPEN_STATES.map((state) => sql`${state}`),
  sql`, `,
)})`;

/**
 * The support tickets that each defect's reports stand for, this week and in the week before it; those that cost most
 * this week first.
 */
export async function listTicketCosts(
  db: Db,
  programId: number,
  { before, after, upTo }: Window & { before: Date },
): Promise<DefectTickets[]> {
  const isNow = sql`${reports.seenAt} > ${instant(after)}`;
  const sumOf = (which: SQL) =>
    sql<number>`coalesce(sum(${reports.supportTickets}) filter (where ${which}), 0)::float8`;
  const tickets = sumOf(isNow);
  return db
    .select({ number: defects.number, area: areas.name, tickets, ticketsBefore: sumOf(sql`not ${isNow}`) })
    .from(reports)
    .innerJoin(defects, eq(defects.id, reports.defectId))
    .innerJoin(areas, eq(areas.id, defects.areaId))
    .where(
      and(
        eq(reports.programId, programId),
        gt(reports.seenAt, before),
        lte(reports.seenAt, upTo),
        gt(reports.supportTickets, 0),
      ),
    )
    .groupBy(defects.id, areas.id)
    .orderBy(desc(tickets), asc(defects.number));
}

export type Reported = { number: number; title: string; heatLevel: number; reports: number; heatAdded: number };

/** Open defects that were reported in the window, with the heat its reports still give at the end; most heat first. */
export async function listReportedIn(
  db: Db,
  programId: number,
  { after, upTo }: Window,
  halfLifeDays: number,
  limit: number,
): Promise<Reported[]> {
  const age = sql`extract(epoch from ${instant(upTo)} - seen_at) / 86400`;
  return rows<Reported>(
    db,
    sql`select defect.number, defect.title, defect.heat_level as "heatLevel", seen.reports, seen.heat as "heatAdded"
        from (
          select defect_id, count(*)::int as reports,
            sum(weight * power(2, -(${age}) / ${halfLifeDays}::float8))::float8 as heat
          from ${reports}
          where program_id = ${programId} and seen_at > ${instant(after)} and seen_at <= ${instant(upTo)}
          group by defect_id
        ) seen join ${defects} defect on defect.id = seen.defect_id
        where defect.state in ${openStates} order by seen.heat desc, defect.number limit ${limit}`,
  );
}

/** What became of a fix, when it had gone out and where, and when and where the defect was seen again. */
export type StoredOutcome = Omit<FixOutcome, 'release'> & { wentOut: ReleaseMoment | null; back: ReleaseMoment | null };

/** Proofs, failures and regressions of the window, oldest first. */
export async function listFixOutcomes(db: Db, programId: number, { after, upTo }: Window): Promise<StoredOutcome[]> {
  const back = sql`(select jsonb_build_object('at', seen_at, 'in', environment) from ${reports} as report
    where report.defect_id = ${defects.id}
      and ${defectEvents.data}->'reportIds' @> to_jsonb(report.id) order by seen_at, id limit 1)`;
  const found = await db
    .select({
      kind: defectEvents.kind,
      number: defects.number,
      title: defects.title,
      why: defectEvents.why,
      deployedAt: sql<string | null>`${defectEvents.data}->>'deployedAt'`,
      environments: defects.fixedEnvironments,
      back: sql<{ at: string; in: string | null } | null>`${back}`,
    })
    .from(defectEvents)
    .innerJoin(defects, eq(defects.id, defectEvents.defectId))
    .where(
      and(
        eq(defectEvents.programId, programId),
        inArray(defectEvents.kind, ['proven', 'failed', 'regressed']),
        gt(defectEvents.at, after),
        lte(defectEvents.at, upTo),
      ),
    )
    .orderBy(asc(defectEvents.at), asc(defectEvents.id));
  return found.map(({ deployedAt, environments, back: seenAgain, ...outcome }) => ({
    ...(outcome as Omit<FixOutcome, 'release'>),
    wentOut: deployedAt === null ? null : { at: new Date(deployedAt), environments },
    back: seenAgain && { at: new Date(seenAgain.at), environments: seenAgain.in === null ? null : [seenAgain.in] },
  }));
}

export type StoredRelabel = {
  number: number;
  kind: 'severity_changed' | 'area_changed';
  data: Record<string, unknown> | null;
  by: string | null;
  byName: string | null;
  at: Date;
  why: string;
};

export async function listRelabels(db: Db, programId: number, { after, upTo }: Window): Promise<StoredRelabel[]> {
  const found = await db
    .select({
      number: defects.number,
      kind: defectEvents.kind,
      data: defectEvents.data,
      by: defectEvents.actorId,
      byName: sql<
        string | null
      >`(select max(${people.name}) from ${people} where ${people.userId} = ${defectEvents.actorId})`,
      at: defectEvents.at,
      why: defectEvents.why,
    })
    .from(defectEvents)
    .innerJoin(defects, eq(defects.id, defectEvents.defectId))
    .where(
      and(
        eq(defectEvents.programId, programId),
        inArray(defectEvents.kind, ['severity_changed', 'area_changed']),
        gt(defectEvents.at, after),
        lte(defectEvents.at, upTo),
      ),
    )
    .orderBy(asc(defectEvents.at), asc(defectEvents.id));
  return found as StoredRelabel[];
}

/** The level of every open defect: the Pareto sentence needs them all. */
export async function listOpenLevels(db: Db, programId: number): Promise<{ number: number; heatLevel: number }[]> {
  return db
    .select({ number: defects.number, heatLevel: defects.heatLevel })
    .from(defects)
    .where(and(eq(defects.programId, programId), inArray(defects.state, [...OPEN_STATES])));
}

/** Why nothing caught the defects accepted since an instant, the most frequent reason first. */
export async function countEscapes(db: Db, programId: number, { after, upTo }: Window) {
  const found = await db
    .select({ escape: defects.escape, count: sql<number>`count(*)::int` })
    .from(defects)
    .where(
      and(
        eq(defects.programId, programId),
        isNotNull(defects.escape),
        gt(defects.acceptedAt, after),
        lte(defects.acceptedAt, upTo),
      ),
    )
    .groupBy(defects.escape)
    .orderBy(desc(sql`count(*)`), asc(defects.escape));
  return found as { escape: Escape; count: number }[];
}

/** Fixes claimed in the window by their kind, and how many of them failed or regressed since. */
export async function countFixKinds(
  db: Db,
  programId: number,
  { after, upTo }: Window,
): Promise<{ kind: FixKind; claimed: number; cameBack: number }[]> {
  return rows(
    db,
    sql`select fix.kind, count(*)::int as claimed, (count(*) filter (where fix.came_back))::int as "cameBack" from (
          select claim.data->>'fixKind' as kind, exists (
            select 1 from ${defectEvents} back
            where back.defect_id = claim.defect_id and back.id > claim.id and back.kind in ('failed', 'regressed')
              and back.at <= ${instant(upTo)}
              and not exists (
                select 1 from ${defectEvents} again
                where again.defect_id = claim.defect_id and again.kind = 'claimed'
                  and again.id > claim.id and again.id < back.id)
          ) as came_back
          from ${defectEvents} claim
          where claim.program_id = ${programId} and claim.kind = 'claimed'
            and claim.at > ${instant(after)} and claim.at <= ${instant(upTo)} and claim.data->>'fixKind' is not null
            and ${claimStood}
        ) fix group by fix.kind order by count(*) desc, fix.kind`,
  );
}

/** The running tranche with how much of it is proven. */
export async function findTrancheProgress(db: Db, programId: number) {
  const [row] = await db
    .select({
      number: tranches.number,
      endsAt: tranches.endsAt,
      committed: sql<number>`count(${trancheDefects.defectId})::int`,
      proven: sql<number>`(count(*) filter (where ${defects.state} = 'proven'))::int`,
    })
    .from(tranches)
    .leftJoin(trancheDefects, eq(trancheDefects.trancheId, tranches.id))
    .leftJoin(defects, eq(defects.id, trancheDefects.defectId))
    .where(eq(tranches.programId, programId))
    .groupBy(tranches.id)
    .orderBy(desc(tranches.number))
    .limit(1);
  return row ?? null;
}

export async function listAreaNames(db: Db, programId: number): Promise<Map<number, string>> {
  const found = await db.select({ id: areas.id, name: areas.name }).from(areas).where(eq(areas.programId, programId));
  return new Map(found.map(({ id, name }) => [id, name]));
}
