import * as accounts from '../../db/people/merge-accounts.ts';
import { insertAudit } from '../../db/programs/audit.ts';
import { listPrograms } from '../../db/programs/programs.ts';
import type { Db } from '../doing.ts';

/** One person with two accounts becomes one: what the first owns, leads, reported and decided is the second's, in one transaction. */
export async function mergeAccounts(
  db: Db,
  merged: { workspaceId: string; userId: string; into: string },
  now: Date,
): Promise<void> {
  await db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    await accounts.mergeAccounts(tx, merged);
    for (const { id } of await listPrograms(tx, merged.workspaceId))
      await insertAudit(tx, id, { by: null, now }, [
        { kind: 'accounts_merged', subject: merged.userId, before: null, after: merged.into },
      ]);
  });
}
