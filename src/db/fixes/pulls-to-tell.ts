import { and, eq, sql } from 'drizzle-orm';
import { isVerdict } from '../../domain/fixes/current-fix.ts';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { pullRequests } from '../schema/fixes.ts';
import { trackers } from '../schema/trackers.ts';
import { untilNextDue } from '../trackers/until-next-due.ts';

/** A pull request that nobody else tells until the lease ends. `calls` is how often it had been made due by then. */
export type PullToTell = { id: number; trackerId: number; calls: number };

/** The log of a defect has a verdict: the pull requests of its fixes are looked at, in the same transaction. */
export async function callPulls(tx: Db, defectId: number, kind: string, at: Date): Promise<void> {
  if (!isVerdict(kind)) return;
  const soon = instant(at);
  await tx
    .update(pullRequests)
    .set({
      nextAt: sql`least(coalesce(${pullRequests.nextAt}, ${soon}), ${soon})`,
      calls: sql`${pullRequests.calls} + 1`,
    })
    .where(eq(pullRequests.defectId, defectId));
}

/** Takes pull requests that are due, by the index of those alone. Leases run on the database's own clock. */
export async function claimPullsToTell(
  db: Db,
  claim: { now: Date; owner: string; leaseMs: number; limit: number },
): Promise<PullToTell[]> {
  const claimed = await rows<{ id: number; tracker_id: number; calls: number }>(
    db,
    sql`
    with picked as (
      select p.id from ${pullRequests} p join ${trackers} r on r.id = p.tracker_id
      where r.removed_at is null
        and (r.held_until is null or r.held_until <= clock_timestamp())
        and (p.lease_until is null or p.lease_until <= clock_timestamp())
        and p.next_at <= ${instant(claim.now)}
      order by p.id limit ${claim.limit}
      for update of p skip locked
    )
    update ${pullRequests} p set leased_by = ${claim.owner},
      lease_until = clock_timestamp() + ${claim.leaseMs}::float8 * interval '1 millisecond'
    from picked where p.id = picked.id
    returning p.id::float8 as id, p.tracker_id::float8 as tracker_id, p.calls`,
  );
  return claimed
    .map((row) => ({ id: row.id, trackerId: row.tracker_id, calls: row.calls }))
    .sort((a, b) => a.id - b.id);
}

/** In how many milliseconds the next one can be taken; null where none waits. */
export function untilNextPull(db: Db, now: Date): Promise<number | null> {
  const { trackerId, nextAt: dueAt, leaseUntil } = pullRequests;
  const isWaiting = sql`${dueAt} is not null`;
  return untilNextDue(db, now, { table: sql`${pullRequests}`, trackerId, dueAt, leaseUntil, isWaiting });
}

/** Goes on holding it. False where the lease ran out and another may have it by now. */
export async function extendTelling(db: Db, id: number, owner: string, leaseMs: number): Promise<boolean> {
  const held = await db
    .update(pullRequests)
    .set({ leaseUntil: sql`clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'` })
    .where(and(eq(pullRequests.id, id), eq(pullRequests.leasedBy, owner)))
    .returning({ id: pullRequests.id });
  return held.length > 0;
}

/** Gives it back; it is due again at `nextAt`, or when more is said of its fix. */
export async function releaseTelling(
  db: Db,
  { id, calls }: PullToTell,
  owner: string,
  { attempts, nextAt }: { attempts: number; nextAt: Date | null },
): Promise<void> {
  const isCalled = sql`${pullRequests.calls} <> ${calls}`;
  await db
    .update(pullRequests)
    .set({
      ...{ attempts, leaseUntil: null, leasedBy: null },
      nextAt: nextAt ?? sql`case when ${isCalled} then ${pullRequests.nextAt} end`,
    })
    .where(and(eq(pullRequests.id, id), eq(pullRequests.leasedBy, owner)));
}
