import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { type Db, rows } from '../../src/db/engine/client.ts';

const LOOKS_EVERY_MS = 500;
// What is under way between two processes shows at none of so many looks.
const STILL_LOOKS = 4;

/** How many tickets are to be looked at, are worked on or have not been told all, and how many trackers are to be asked. */
export async function countLeft(db: Db): Promise<number> {
  const [row] = await rows<{ left: number }>(
    db,
    sql`select (select count(*) from trackers where poll_at <= now())::int
          + (select count(*) from tickets t where t.unlinked_at is null and (t.due_at is not null
              or t.lease_until is not null or exists (select from defect_events e
                where e.defect_id = t.defect_id and e.id > t.told_event_id and e.to_state is not null)))::int as left`,
  );
  return row?.left ?? 0;
}

/** Webhooks that never came are found by asking, as each tracker is every five minutes: now, as far as this bench goes. */
export async function pullNet(db: Db, wake: () => Promise<void>): Promise<void> {
  await db.execute(sql`update trackers set poll_at = now(), held_until = null`);
  await wake();
}

type Tell = (left: () => Promise<number>) => Promise<void>;

/** Whether every ticket was there within so many seconds. */
export async function untilMade(db: Db, mostSeconds: number, tell: Tell): Promise<boolean> {
  for (const until = Date.now() + mostSeconds * 1_000; Date.now() < until; await wait(LOOKS_EVERY_MS)) {
    const [row] = await rows<{ left: number }>(
      db,
      sql`select count(*)::int as left from tickets where external_id is null and unlinked_at is null`,
    );
    if (row?.left === 0) return true;
    await tell(() => countLeft(db));
  }
  return false;
}

/** Whether nothing was left to do within so many seconds. */
export async function untilSettled(db: Db, mostSeconds: number, tell: Tell): Promise<boolean> {
  let still = 0;
  for (const until = Date.now() + mostSeconds * 1_000; Date.now() < until; await wait(LOOKS_EVERY_MS)) {
    const left = await countLeft(db);
    still = left === 0 ? still + 1 : 0;
    if (still === STILL_LOOKS) return true;
    await tell(async () => left);
  }
  return false;
}
