import { type Installation, upsertInstallation } from '../../db/workspaces/installations.ts';
import { serveWorkspace } from '../../db/workspaces/served.ts';
import type { Db, KeyRing } from '../doing.ts';

/**
 * Somebody has agreed that the app comes into a workspace, or has agreed again to more or less than before. An organisation
 * gives the app to its workspaces one by one after that.
 */
export async function installApp(db: Db, keys: KeyRing, installation: Installation): Promise<void> {
  await db.transaction(async (transaction) => {
    const tx = transaction as unknown as Db;
    await upsertInstallation(tx, keys, installation);
    if (installation.isOrganisation) return;
    const { id, name, botUserId, installedAt } = installation;
    await serveWorkspace(tx, { id, name, botUserId, organisationId: null }, installedAt);
  });
}
