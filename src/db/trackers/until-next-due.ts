import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { trackers } from '../schema/trackers.ts';

/** Rows of a tracker's that are worked on when they are due, by whoever holds their lease. */
type Waiting = {
  table: SQL;
  trackerId: AnyPgColumn;
  dueAt: AnyPgColumn;
  leaseUntil: AnyPgColumn;
  /** Which of them wait, by an index of those alone. */
  isWaiting: SQL;
};

/** In how many milliseconds the next one can be taken; null where none waits. */
export async function untilNextDue(
  db: Db,
  now: Date,
  { table, trackerId, dueAt, leaseUntil, isWaiting }: Waiting,
): Promise<number | null> {
  const ms = (until: SQL) => sql`extract(epoch from ${until}) * 1000`;
  const [row] = await rows<{ ms: number | null }>(
    db,
    sql`select min(greatest(0, ${ms(sql`${dueAt} - ${instant(now)}`)},
          ${ms(sql`${trackers.heldUntil} - clock_timestamp()`)}, ${ms(sql`${leaseUntil} - clock_timestamp()`)}))::float8 as ms
        from ${table} join ${trackers} on ${trackers.id} = ${trackerId}
        where ${isWaiting} and ${trackers.removedAt} is null`,
  );
  return row?.ms ?? null;
}
