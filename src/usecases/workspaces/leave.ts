import { deleteInstallation } from '../../db/workspaces/installations.ts';
import { leaveWorkspaces } from '../../db/workspaces/served.ts';
import type { Db } from '../doing.ts';

/**
 * The app is gone from a workspace, or from an organisation and all that it gave the app to: nothing more is sent there and
 * its tokens are forgotten. Its data stay for the grace. Older news than the newest installation say nothing any more.
 */
export async function leave(
  db: Db,
  place: { id: string; isOrganisation: boolean },
  at: Date,
): Promise<readonly string[]> {
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    await deleteInstallation(tx, place.id, at);
    return leaveWorkspaces(tx, place.isOrganisation ? { organisationId: place.id } : { ids: [place.id] }, at);
  });
}

/** An organisation took the app away from some of its workspaces. It says nothing of those of others. */
export async function takeAway(
  db: Db,
  { organisationId, workspaceIds }: { organisationId: string; workspaceIds: readonly string[] },
  at: Date,
): Promise<readonly string[]> {
  return leaveWorkspaces(db, { ids: workspaceIds, organisationId }, at);
}
