import { and, eq, gt, min, sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { outbox } from '../schema/messages.ts';
import { isServed } from './outbox-claims.ts';

/** Whether any message waits for nothing but its turn: it is due, and nobody sends it or rests before trying again. */
export async function isAnythingDue(db: Db, now: Date, heldWorkspaces: readonly string[] = []): Promise<boolean> {
  const due = sql`select 1 from outbox where state = 'due' and run_at <= ${instant(now)}
    and (lease_until is null or lease_until <= clock_timestamp()) and ${isServed(heldWorkspaces)} limit 1`;
  return (await rows(db, due)).length > 0;
}

/** Whether any message is not settled, be it only that it is due later. */
export async function isAnythingWaiting(db: Db): Promise<boolean> {
  return (await rows(db, sql`select 1 from outbox where state = 'due' limit 1`)).length > 0;
}

/** When the next message that was written ahead is due. */
export async function nextRunAt(db: Db, after: Date): Promise<Date | null> {
  const [next] = await db
    .select({ at: min(outbox.runAt) })
    .from(outbox)
    .where(and(eq(outbox.state, 'due'), gt(outbox.runAt, after)));
  return next?.at ?? null;
}
