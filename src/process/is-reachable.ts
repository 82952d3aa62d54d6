import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Db } from '../db/engine/client.ts';

const PATIENCE_MS = 2_000;

/** Whether the database answers within two seconds. */
export async function isReachable(db: Db): Promise<boolean> {
  const answers = Promise.resolve(db.execute(sql`select 1`)).then(
    () => true,
    () => false,
  );
  return Promise.race([answers, wait(PATIENCE_MS, false, { ref: false })]);
}
