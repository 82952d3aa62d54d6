import { parseArgs } from 'node:util';
import type { Db } from '../../usecases/doing.ts';
import { mergeAccounts } from '../../usecases/people/merge-accounts.ts';
import { ACCOUNT_ID, type AccountArgs, workspacesKnowing } from './accounts.ts';

export type MergeArgs = AccountArgs & { into: string; yes: boolean };

/** Reads `U123 W456 [--workspace T…] [--yes]`; null where it was not understood. */
export function parseMergeArgs(args: readonly string[]): MergeArgs | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { workspace: { type: 'string' }, yes: { type: 'boolean', default: false } },
    });
    const [userId = '', into = '', ...more] = positionals;
    if (!ACCOUNT_ID.test(userId) || !ACCOUNT_ID.test(into) || userId === into || more.length > 0) return null;
    return { userId, into, workspaceId: values.workspace ?? null, yes: values.yes };
  } catch {
    return null;
  }
}

/** Puts one account in the place of another, which cannot be taken apart again. Answers whether it was done. */
export async function merge(db: Db, args: MergeArgs, now: Date, say: (words: string) => void): Promise<boolean> {
  const { userId, into } = args;
  const workspaces = await workspacesKnowing(db, args, say);
  if (workspaces.length === 0) return false;
  const where = workspaces.join(', ');
  if (!args.yes) {
    say(
      `This makes ${into} of ${userId} in ${where}: its defects, reports, decisions and roles. It cannot be undone. Add --yes to do it.`,
    );
    return false;
  }
  for (const id of workspaces) await mergeAccounts(db, { workspaceId: id, userId, into }, now);
  say(`${userId} is ${into} in ${where} from now on.`);
  return true;
}
