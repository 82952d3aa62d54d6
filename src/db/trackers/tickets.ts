import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { mustBe } from '../programs/programs.ts';
import { defects } from '../schema/defects.ts';
import { tickets, trackers } from '../schema/trackers.ts';
import { untilNextDue } from './until-next-due.ts';

export type TicketRow = typeof tickets.$inferSelect;
export type NewTicketRow = typeof tickets.$inferInsert;
/** A ticket with the tracker that people know it by. */
export type TicketInTracker = TicketRow & { kind: typeof trackers.$inferSelect.kind; place: string };

/** Null where the same ticket is linked already. */
export async function insertTicket(tx: Db, ticket: NewTicketRow): Promise<TicketRow | null> {
  const [row] = await tx.insert(tickets).values(ticket).onConflictDoNothing().returning();
  return row ?? null;
}

export async function updateTicket(tx: Db, id: number, patch: Partial<NewTicketRow>): Promise<TicketRow> {
  const [row] = await tx.update(tickets).set(patch).where(eq(tickets.id, id)).returning();
  return mustBe(row);
}

export async function findTicket(db: Db, id: number): Promise<TicketRow | null> {
  const [row] = await db.select().from(tickets).where(eq(tickets.id, id));
  return row ?? null;
}

export async function lockTicket(tx: Db, id: number): Promise<TicketRow | null> {
  const [row] = await tx.select().from(tickets).where(eq(tickets.id, id)).for('no key update');
  return row ?? null;
}

/** What is linked to a defect, the oldest link first. */
export async function listTickets(db: Db, defectId: number): Promise<TicketInTracker[]> {
  const found = await db
    .select({ ticket: tickets, kind: trackers.kind, place: trackers.place })
    .from(tickets)
    .innerJoin(trackers, eq(trackers.id, tickets.trackerId))
    .where(and(eq(tickets.defectId, defectId), isNull(tickets.unlinkedAt)))
    .orderBy(asc(tickets.id));
  return found.map(({ ticket, ...of }) => ({ ...ticket, ...of }));
}

/** The link of a ticket, whichever defect it is of. */
export async function findLink(db: Db, trackerId: number, externalId: string): Promise<TicketRow | null> {
  const [row] = await db
    .select()
    .from(tickets)
    .where(and(eq(tickets.trackerId, trackerId), eq(tickets.externalId, externalId), isNull(tickets.unlinkedAt)));
  return row ?? null;
}

/** How many tickets of a tracker are linked, and how many of them are in trouble. */
export async function countLinks(db: Db, trackerId: number): Promise<{ linked: number; inTrouble: number }> {
  const [row] = await db
    .select({ linked: count(), inTrouble: count(tickets.trouble) })
    .from(tickets)
    .where(and(eq(tickets.trackerId, trackerId), isNull(tickets.unlinkedAt)));
  return { linked: Number(row?.linked ?? 0), inTrouble: Number(row?.inTrouble ?? 0) };
}

/** Whether a ticket is linked, or was once. */
export async function wasEverLinked(db: Db, trackerId: number, externalId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: tickets.id })
    .from(tickets)
    .where(and(eq(tickets.trackerId, trackerId), eq(tickets.externalId, externalId)))
    .limit(1);
  return row !== undefined;
}

/** The tickets of a tracker that have labels of ours, with what was wanted last and their open defects. */
export async function listLabelled(db: Db, trackerId: number) {
  const found = await db
    .select({ externalId: tickets.externalId, before: tickets.labelsWanted, defect: defects })
    .from(tickets)
    .innerJoin(defects, eq(defects.id, tickets.defectId))
    .where(
      and(
        eq(tickets.trackerId, trackerId),
        isNull(tickets.unlinkedAt),
        isNull(tickets.trouble),
        inArray(defects.state, ['new', 'accepted', 'claimed']),
      ),
    );
  return found.flatMap(({ externalId, before, defect }) =>
    externalId && before ? [{ externalId, before, defect }] : [],
  );
}

/** Ends all links to a tracker. */
export async function unlinkAll(tx: Db, trackerId: number, now: Date): Promise<void> {
  await tx
    .update(tickets)
    .set({ unlinkedAt: now, dueAt: null })
    .where(and(eq(tickets.trackerId, trackerId), isNull(tickets.unlinkedAt)));
}

/** Something is known to have happened to these tickets: they are looked at soon. Answers how many are linked. */
export async function makeDue(tx: Db, trackerId: number, externalIds: readonly string[], now: Date): Promise<number> {
  if (externalIds.length === 0) return 0;
  const found = await tx
    .update(tickets)
    .set({ dueAt: now, calls: sql`${tickets.calls} + 1` })
    .where(
      and(eq(tickets.trackerId, trackerId), inArray(tickets.externalId, [...externalIds]), isNull(tickets.unlinkedAt)),
    )
    .returning({ id: tickets.id });
  return found.length;
}

/** What of a defect's log a ticket is told of. */
const TOLD: ReadonlySet<string> = new Set([
  ...['accepted', 'claimed', 'proven', 'failed', 'reduced', 'regressed', 'risk_accepted', 'dismissed', 'merged'],
  ...['unmerged', 'reopened', 'taken_back', 'assigned', 'due_changed', 'severity_changed', 'area_changed'],
]);

/**
 * The log of a defect has something new: its tickets are told, by whoever works on them. In the same transaction, so that
 * what is committed there reaches them and what is not never does. One in trouble is left until its time has come.
 */
export async function callTickets(tx: Db, defectId: number, kind: string, at: Date): Promise<void> {
  if (!TOLD.has(kind)) return;
  const soon = instant(at);
  await tx
    .update(tickets)
    .set({ dueAt: sql`least(coalesce(${tickets.dueAt}, ${soon}), ${soon})`, calls: sql`${tickets.calls} + 1` })
    .where(and(eq(tickets.defectId, defectId), isNull(tickets.unlinkedAt), isNull(tickets.trouble)));
}

/** A ticket that nobody else works on until the lease ends. `calls` is how often it had been made due by then. */
export type ClaimedTicket = { id: number; trackerId: number; calls: number };

/**
 * Takes tickets that are due, by the index of those alone, however many are linked. Leases run on the database's own
 * clock; one tracker's rest holds up no other, and a process that dies holds few.
 */
export async function claimTickets(
  db: Db,
  claim: { now: Date; owner: string; leaseMs: number; limit: number; eachTracker: number },
): Promise<ClaimedTicket[]> {
  const now = instant(claim.now);
  const claimed = await rows<{ id: number; tracker_id: number; calls: number }>(
    db,
    sql`
    with due as materialized (
      select t.id, t.tracker_id,
        row_number() over (partition by t.tracker_id order by t.due_at, t.id) as place
      from ${tickets} t join ${trackers} r on r.id = t.tracker_id
      where t.unlinked_at is null and r.removed_at is null
        and (r.held_until is null or r.held_until <= clock_timestamp())
        and (t.lease_until is null or t.lease_until <= clock_timestamp())
        and t.due_at <= ${now}
    ), picked as (
      select t.id from ${tickets} t
      where t.id = any(array(select id from due where place <= ${claim.eachTracker}))
        and (t.lease_until is null or t.lease_until <= clock_timestamp())
      order by t.id limit ${claim.limit}
      for update skip locked
    )
    update ${tickets} t set leased_by = ${claim.owner},
      lease_until = clock_timestamp() + ${claim.leaseMs}::float8 * interval '1 millisecond'
    from picked where t.id = picked.id
    returning t.id::float8 as id, t.tracker_id::float8 as tracker_id, t.calls`,
  );
  return claimed
    .map((row) => ({ id: row.id, trackerId: row.tracker_id, calls: row.calls }))
    .sort((a, b) => a.id - b.id);
}

/** In how many milliseconds the next ticket can be taken, by the same index; null where none waits. */
export function untilNextTicket(db: Db, now: Date): Promise<number | null> {
  const { trackerId, dueAt, leaseUntil, unlinkedAt } = tickets;
  const isWaiting = sql`${dueAt} is not null and ${unlinkedAt} is null`;
  return untilNextDue(db, now, { table: sql`${tickets}`, trackerId, dueAt, leaseUntil, isWaiting });
}

/** Goes on holding a ticket. False where the lease ran out and another may have it by now. */
export async function extendLease(db: Db, { id }: ClaimedTicket, owner: string, leaseMs: number): Promise<boolean> {
  const held = await db
    .update(tickets)
    .set({ leaseUntil: sql`clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'` })
    .where(and(eq(tickets.id, id), eq(tickets.leasedBy, owner)))
    .returning({ id: tickets.id });
  return held.length > 0;
}

/** Gives a ticket back; it is due again at `nextAt`, or when more happens. */
export async function releaseTicket(
  db: Db,
  claimed: ClaimedTicket,
  owner: string,
  end: { nextAt: Date | null; attempts: number; trouble: string | null },
): Promise<void> {
  // What happened since it was claimed has made it due anew, whatever it was to wait for.
  const isCalled = sql`${tickets.calls} <> ${claimed.calls}`;
  const nextAt = end.nextAt ? instant(end.nextAt) : sql`null::timestamptz`;
  const dueAt = sql`case when ${isCalled} then least(${tickets.dueAt}, ${nextAt}) else ${nextAt} end`;
  await db
    .update(tickets)
    .set({ dueAt, attempts: end.attempts, trouble: end.trouble, leaseUntil: null, leasedBy: null })
    .where(and(eq(tickets.id, claimed.id), eq(tickets.leasedBy, owner)));
}
