import { and, asc, desc, eq, gt, inArray, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import { HEAT_EPOCH } from '../../domain/defects/rank.ts';
import type { TransitionCount } from '../../domain/digest/burndown.ts';
import type { FixOutcome, WeekOfReports } from '../../domain/digest/digest.ts';
import type { DefectTickets } from '../../domain/digest/support-burden.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import { COMEBACK_KINDS, type Escape, type FixKind } from '../../domain/vocabulary.ts';
import { comebackKinds } from '../defects/comeback-kinds.ts';
import { claimStood, notUndoneMerge } from '../defects/events.ts';
import { isOpen, openStates } from '../defects/open-states.ts';
import { inRankOrder } from '../defects/rank-order.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { fixKindOfClaim } from '../fixes/ledger-facts.ts';
import { mustBe } from '../programs/programs.ts';
import { defectEvents, defects, reports } from '../schema/defects.ts';
import { trancheDefects, tranches } from '../schema/rituals.ts';
import { areas, people } from '../schema/workspaces.ts';
import type { ReleaseMoment } from '../signals/releases.ts';

type Window = { after: Date; upTo: Date };

/** Halvings after which a heat is nothing, and beyond which the server refuses to compute it. */
const COLDEST = -1_000;

/**
 * The support tickets that each defect's reports stand for, this week and in the week before it, each as it was known
 * when it ended; those that cost most this week first.
 */
export async function listTicketCosts(
  db: Db,
  programId: number,
  { before, after, upTo }: Window & { before: Date },
): Promise<DefectTickets[]> {
  const isNow = sql`${reports.seenAt} > ${instant(after)}`;
  const wasKnown = sql`not ${isNow} and ${reports.filedAt} <= ${instant(after)}`;
  const sumOf = (which: SQL) =>
    sql<number>`coalesce(sum(${reports.supportTickets}) filter (where ${which}), 0)::float8`;
  const tickets = sumOf(isNow);
  return db
    .select({ number: defects.number, area: areas.name, tickets, ticketsBefore: sumOf(wasKnown) })
    .from(reports)
    .innerJoin(defects, eq(defects.id, reports.defectId))
    .innerJoin(areas, eq(areas.id, defects.areaId))
    .where(
      and(
        eq(reports.programId, programId),
        gt(reports.seenAt, before),
        lte(reports.seenAt, upTo),
        lte(reports.filedAt, upTo),
        gt(reports.supportTickets, 0),
      ),
    )
    .groupBy(defects.id, areas.id)
    .orderBy(desc(tickets), asc(defects.number));
}

export type Reported = { number: number; title: string; heatLevel: number; reports: number; heatAdded: number };

/**
 * Open defects of which something was told since the window began, with the heat that it still gives at the end; most heat
 * first. What was seen before and told late is among it, so that the rest is what was known when the window began.
 */
export async function listReportedIn(
  db: Db,
  programId: number,
  { after, upTo }: Window,
  halfLifeDays: number,
  limit: number,
): Promise<Reported[]> {
  // Ordered before it is joined, so that only as many defects are looked up as are asked for.
  return rows<Reported>(
    db,
    sql`select defect.number, defect.title, defect.heat_level as "heatLevel", seen.reports, seen.heat as "heatAdded"
        from (
          select defect_id, count(*)::int as reports,
            sum(weight * exp(extract(epoch from seen_at - ${instant(upTo)})::float8 * ${Math.LN2 / 86_400 / halfLifeDays}::float8)) as heat
          from ${reports}
          where program_id = ${programId} and filed_at > ${instant(after)} and seen_at <= ${instant(upTo)}
          group by defect_id order by heat desc
        ) seen join lateral (
          select number, title, heat_level from ${defects} where id = seen.defect_id and state in ${openStates}
        ) defect on true
        order by seen.heat desc, defect.number limit ${limit}`,
  );
}

/** What became of a fix, when it had gone out and where, and when and where the defect was seen again. */
export type StoredOutcome = Omit<FixOutcome, 'release'> & {
  eventId: number;
  defectId: number;
  wentOut: ReleaseMoment | null;
  back: ReleaseMoment | null;
};

/** Proofs, failures and regressions of the window, oldest first. */
export async function listFixOutcomes(db: Db, programId: number, { after, upTo }: Window): Promise<StoredOutcome[]> {
  const back = sql`(select jsonb_build_object('at', seen_at, 'in', environment) from ${reports} as report
    where report.defect_id = ${defects.id}
      and ${defectEvents.data}->'reportIds' @> to_jsonb(report.id) order by seen_at, id limit 1)`;
  const found = await db
    .select({
      eventId: defectEvents.id,
      defectId: defects.id,
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
        inArray(defectEvents.kind, ['proven', ...COMEBACK_KINDS]),
        gt(defectEvents.at, after),
        lte(defectEvents.at, upTo),
      ),
    )
    .orderBy(asc(defectEvents.at), asc(defectEvents.id));
  return found.map(({ deployedAt, environments, back: seenAgain, ...outcome }) => ({
    ...(outcome as Omit<StoredOutcome, 'wentOut' | 'back'>),
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

export type OpenList = {
  count: number;
  claimed: number;
  unowned: number;
  /** Of all of them together, at the instant. */
  heat: number;
  /** What has happened since the instant. */
  since: TransitionCount[];
};

/** The open defects as they stand, and what led there since an instant: of one moment, so that the two add up. */
export async function sumOpen(db: Db, programId: number, at: Date, halfLifeDays: number): Promise<OpenList> {
  const since = (at.getTime() - HEAT_EPOCH.getTime()) / DAY_MS / halfLifeDays;
  const halvings = sql`heat_level - ${since}::float8`;
  const [row] = await rows<OpenList>(
    db,
    sql`select count(*)::int as count, (count(*) filter (where state = 'claimed'))::int as claimed,
          (count(*) filter (where owner_id is null))::int as unowned,
          coalesce(sum(case when ${halvings} > ${COLDEST} then power(2, ${halvings}) end), 0)::float8 as heat,
          coalesce((select jsonb_agg(transition) from (
            select kind, from_state as "from", to_state as "to", count(*)::int as count from ${defectEvents}
            where program_id = ${programId} and to_state is not null and at > ${instant(at)} and ${notUndoneMerge}
            group by 1, 2, 3) transition), '[]'::jsonb) as since
        from ${defects} where program_id = ${programId} and state in ${openStates}`,
  );
  return mustBe(row);
}

/** The open defects that do the most harm, whatever their rank. */
export async function listHottest(
  db: Db,
  programId: number,
  limit: number,
): Promise<{ number: number; heatLevel: number }[]> {
  return rows(
    db,
    sql`select number, heat_level as "heatLevel" from ${defects} where program_id = ${programId} and state in ${openStates}
        order by heat_level desc nulls last, first_seen_at, number limit ${limit}`,
  );
}

/** Open defects by rank, with what tells whether somebody has to do something about them. */
export async function listNeedy(db: Db, programId: number, limit: number) {
  const { id, number, title, state, ownerId, dueOn, windowEndsAt } = defects;
  return db
    .select({ id, number, title, state, ownerId, dueOn, windowEndsAt })
    .from(defects)
    .where(and(eq(defects.programId, programId), isOpen))
    .orderBy(...inRankOrder)
    .limit(limit);
}

/** The reports seen in the window, and the support tickets they stand for. */
export async function countReportsIn(db: Db, programId: number, { after, upTo }: Window): Promise<WeekOfReports> {
  const [row] = await db
    .select({
      reports: sql<number>`count(*)::int`,
      tickets: sql<number>`coalesce(sum(${reports.supportTickets}), 0)::float8`,
    })
    .from(reports)
    .where(and(eq(reports.programId, programId), gt(reports.seenAt, after), lte(reports.seenAt, upTo)));
  return mustBe(row);
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

/** Fixes claimed in the window by their kind, as it was said with the claim or later, and how many of them failed or regressed since. */
export async function countFixKinds(
  db: Db,
  programId: number,
  { after, upTo }: Window,
): Promise<{ kind: FixKind; claimed: number; cameBack: number }[]> {
  return rows(
    db,
    sql`select fix.kind, count(*)::int as claimed, (count(*) filter (where fix.came_back))::int as "cameBack" from (
          select ${fixKindOfClaim} as kind, exists (
            select 1 from ${defectEvents} back
            where back.defect_id = claim.defect_id and back.id > claim.id and back.kind in ${comebackKinds}
              and back.at <= ${instant(upTo)}
              and not exists (
                select 1 from ${defectEvents} again
                where again.defect_id = claim.defect_id and again.kind = 'claimed'
                  and again.id > claim.id and again.id < back.id)
          ) as came_back
          from ${defectEvents} claim
          where claim.program_id = ${programId} and claim.kind = 'claimed'
            and claim.at > ${instant(after)} and claim.at <= ${instant(upTo)} and ${claimStood}
        ) fix where fix.kind is not null group by fix.kind order by count(*) desc, fix.kind`,
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
