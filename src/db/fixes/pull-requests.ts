import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { CODE_KINDS } from '../../domain/fixes/code-host.ts';
import type { NamedByPull } from '../../domain/fixes/defects-of-pull.ts';
import type { Db } from '../engine/client.ts';
import { defects } from '../schema/defects.ts';
import { pullRequests } from '../schema/fixes.ts';
import { tickets, trackers } from '../schema/trackers.ts';

export type PullRow = typeof pullRequests.$inferSelect;
type NewPull = typeof pullRequests.$inferInsert;
/** With what its tracker's settings say. */
export type PullInPlace = PullRow & { place: string; claimsShipped: boolean };

/** Keeps that a merged pull request fixes a defect; null where it is known already, and then its words are renewed. */
export async function insertPull(tx: Db, pull: NewPull): Promise<PullRow | null> {
  const [row] = await tx.insert(pullRequests).values(pull).onConflictDoNothing().returning();
  if (row) return row;
  const { title, url, coAuthors } = pull;
  await tx
    .update(pullRequests)
    .set({ title, url, coAuthors })
    .where(
      and(
        eq(pullRequests.trackerId, pull.trackerId),
        eq(pullRequests.number, pull.number),
        eq(pullRequests.defectId, pull.defectId),
      ),
    );
  return null;
}

export async function updatePull(tx: Db, id: number, patch: Partial<NewPull>): Promise<void> {
  await tx.update(pullRequests).set(patch).where(eq(pullRequests.id, id));
}

export async function findPull(db: Db, id: number): Promise<PullRow | null> {
  const [row] = await db.select().from(pullRequests).where(eq(pullRequests.id, id));
  return row ?? null;
}

/** What was merged for a defect, the oldest merge first. */
export async function listPulls(db: Db, defectId: number): Promise<PullInPlace[]> {
  const found = await db
    .select({ pull: pullRequests, place: trackers.place, claimsShipped: trackers.claimsShipped })
    .from(pullRequests)
    .innerJoin(trackers, eq(trackers.id, pullRequests.trackerId))
    .where(eq(pullRequests.defectId, defectId))
    .orderBy(asc(pullRequests.mergedAt), asc(pullRequests.id));
  return found.map(({ pull, ...of }) => ({ ...pull, ...of }));
}

/** What was merged since an instant and has not been seen to go out, the oldest merge first. */
export async function listUnshipped(db: Db, trackerId: number, since: Date): Promise<PullRow[]> {
  return db
    .select()
    .from(pullRequests)
    .where(and(eq(pullRequests.trackerId, trackerId), isNull(pullRequests.shippedAt), gt(pullRequests.mergedAt, since)))
    .orderBy(asc(pullRequests.mergedAt), asc(pullRequests.id));
}

/** The tickets of a program that are linked, with the numbers of their defects. */
export async function listNamedTickets(db: Db, programId: number): Promise<NamedByPull[]> {
  const namesake = alias(trackers, 'namesake');
  // The keys of Linear and Jira begin with the place, and two places may be called the same.
  const isKeyShared = sql<boolean>`exists (select from ${trackers} as ${sql.identifier('namesake')}
    where ${namesake.programId} = ${trackers.programId} and ${namesake.id} <> ${trackers.id}
      and lower(${namesake.place}) = lower(${trackers.place}) and ${namesake.removedAt} is null)`;
  const found = await db
    .select({ key: tickets.key, url: tickets.url, defect: defects.number, isKeyShared })
    .from(tickets)
    .innerJoin(defects, eq(defects.id, tickets.defectId))
    .innerJoin(trackers, eq(trackers.id, tickets.trackerId))
    .where(and(eq(tickets.programId, programId), isNull(tickets.unlinkedAt), isNotNull(tickets.key)));
  return found.flatMap(({ key, url, ...named }) => (key && url ? [{ key, url, ...named }] : []));
}

/** Whether another program is connected to the same place, so that a defect's key may be of either. */
export async function isPlaceShared(db: Db, { id, kind, place, site }: typeof trackers.$inferSelect): Promise<boolean> {
  const found = await db
    .select({ id: trackers.id })
    .from(trackers)
    .where(
      and(
        eq(trackers.kind, kind),
        eq(sql`lower(${trackers.place})`, place.toLowerCase()),
        sql`coalesce(${trackers.site}, '') = ${site ?? ''}`,
        isNull(trackers.removedAt),
        sql`${trackers.id} <> ${id}`,
      ),
    )
    .limit(1);
  return found.length > 0;
}

/** Takes the trackers whose code is to be looked at, and puts off their next time, so that one process looks. */
export async function claimCodePolls(db: Db, { now, nextAt }: { now: Date; nextAt: Date }): Promise<number[]> {
  const claimed = await db
    .update(trackers)
    .set({ codePollAt: nextAt })
    .where(
      and(
        inArray(trackers.kind, [...CODE_KINDS]),
        isNull(trackers.removedAt),
        or(isNull(trackers.codePollAt), lte(trackers.codePollAt, now)),
        sql`(${trackers.heldUntil} is null or ${trackers.heldUntil} <= clock_timestamp())`,
      ),
    )
    .returning({ id: trackers.id });
  return claimed.map(({ id }) => id);
}
