import { deleteWorkspace, holdLeft, listLeftBefore } from '../../db/workspaces/purge.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import type { Db } from '../doing.ts';

/** How long the data of a workspace stay after the app was taken away: whoever installs it again finds everything. */
export const GRACE_DAYS = 30;

export type Purged = { workspaceId: string; rows: Readonly<Record<string, number>> };

/** Deletes all data of the workspaces whose grace is over, each in one transaction. Returns what was deleted. */
export async function purgeLeft(db: Db, now: Date): Promise<Purged[]> {
  const before = new Date(now.getTime() - GRACE_DAYS * DAY_MS);
  const purged: Purged[] = [];
  for (const workspaceId of await listLeftBefore(db, before)) {
    const rows = await purgeWorkspace(db, workspaceId, before);
    if (rows) purged.push({ workspaceId, rows });
  }
  return purged;
}

/** Deletes all data of a workspace that left before an instant. Null for one that did not, or has come back. */
export async function purgeWorkspace(db: Db, id: string, before: Date): Promise<Record<string, number> | null> {
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    return (await holdLeft(tx, id, before)) ? deleteWorkspace(tx, id) : null;
  });
}
