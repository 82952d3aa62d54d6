import { findBotOf } from '../../db/workspaces/installations.ts';
import { serveWorkspace } from '../../db/workspaces/served.ts';
import type { Db } from '../doing.ts';

/** An organisation gave the app to some of its workspaces. */
export async function giveApp(
  db: Db,
  { organisationId, workspaceIds }: { organisationId: string; workspaceIds: readonly string[] },
  at: Date,
): Promise<void> {
  const botUserId = await findBotOf(db, organisationId);
  if (botUserId === null) return;
  for (const id of workspaceIds) await serveWorkspace(db, { id, botUserId, organisationId }, at);
}
