import { and, eq, sql } from 'drizzle-orm';
import { comebackKinds } from '../defects/comeback-kinds.ts';
import { type Db, rows } from '../engine/client.ts';
import { defectEvents } from '../schema/defects.ts';
import { pullRequests } from '../schema/fixes.ts';
import { trackers } from '../schema/trackers.ts';

export type PullToTell = { id: number; trackerId: number };

/**
 * Takes pull requests whose defect has a verdict in the log that they were not told of. The log is the outbox; leases run
 * on the database's own clock.
 */
export async function claimPullsToTell(
  db: Db,
  claim: { now: Date; owner: string; leaseMs: number; limit: number },
): Promise<PullToTell[]> {
  const claimed = await rows<{ id: number; tracker_id: number }>(
    db,
    sql`
    with picked as (
      select p.id from ${pullRequests} p join ${trackers} r on r.id = p.tracker_id
      where r.removed_at is null
        and (r.held_until is null or r.held_until <= clock_timestamp())
        and (p.lease_until is null or p.lease_until <= clock_timestamp())
        and (p.next_at is null or p.next_at <= ${claim.now.toISOString()}::timestamptz)
        and exists (select from ${defectEvents} e where e.defect_id = p.defect_id and e.id > p.told_event_id
          and (e.kind = 'proven' or e.kind in ${comebackKinds}))
      order by p.id limit ${claim.limit}
      for update of p skip locked
    )
    update ${pullRequests} p set leased_by = ${claim.owner},
      lease_until = clock_timestamp() + ${claim.leaseMs}::float8 * interval '1 millisecond'
    from picked where p.id = picked.id
    returning p.id::float8 as id, p.tracker_id::float8 as tracker_id`,
  );
  return claimed.map((row) => ({ id: row.id, trackerId: row.tracker_id })).sort((a, b) => a.id - b.id);
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

export async function releaseTelling(
  db: Db,
  id: number,
  owner: string,
  end: { attempts: number; nextAt: Date | null },
): Promise<void> {
  await db
    .update(pullRequests)
    .set({ ...end, leaseUntil: null, leasedBy: null })
    .where(and(eq(pullRequests.id, id), eq(pullRequests.leasedBy, owner)));
}
