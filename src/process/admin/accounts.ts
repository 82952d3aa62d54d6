import { listWorkspacesOf } from '../../db/people/traces-of-person.ts';
import type { Db } from '../../usecases/doing.ts';

/** How an operator names a person: by the id of an account, in every workspace that knows it or in one. */
export type AccountArgs = { userId: string; workspaceId: string | null };

export const ACCOUNT_ID = /^[UW][A-Z0-9]{2,}$/;

/** The workspaces that know the account. Where none does, that is said. */
export async function workspacesKnowing(
  db: Db,
  { userId, workspaceId }: AccountArgs,
  say: (words: string) => void,
): Promise<string[]> {
  const known = await listWorkspacesOf(db, userId);
  const workspaces = workspaceId === null ? known : known.filter((id) => id === workspaceId);
  if (workspaces.length === 0) say(`Nothing is known of ${userId}${workspaceId === null ? '' : ` in ${workspaceId}`}.`);
  return workspaces;
}
