import { listWorkspaces } from '../../db/programs/programs.ts';
import { OperatorError } from '../../domain/operator-error.ts';
import type { Db } from '../../usecases/doing.ts';
import { purgeWorkspace } from '../../usecases/workspaces/purge-left.ts';

/** `list`, or `purge T123 [--yes]`; null where it was not understood. */
export type WorkspacesArgs = { kind: 'list' } | { kind: 'purge'; id: string; yes: boolean };

export function parseWorkspacesArgs([what = 'list', id = '', ...more]: readonly string[]): WorkspacesArgs | null {
  if (what === 'list' && id === '') return { kind: 'list' };
  const isSure = more.length === 1 && more[0] === '--yes';
  if (what !== 'purge' || !/^T[A-Z0-9]+$/.test(id) || !(isSure || more.length === 0)) return null;
  return { kind: 'purge', id, yes: isSure };
}

/** Tells which workspaces there are, or deletes all data of one that the app was taken away from. */
export async function workspacesCommand(
  db: Db,
  args: WorkspacesArgs,
  now: Date,
  say: (words: string) => void,
): Promise<void> {
  if (args.kind === 'list') return list(db, say);
  const known = (await listWorkspaces(db)).find(({ id }) => id === args.id);
  if (!known) throw new OperatorError(`There is no workspace ${args.id}.`);
  if (!known.leftAt)
    throw new OperatorError(
      `${args.id} (${known.name}) has the app. Take it away in Slack first; nothing was deleted.`,
    );
  if (!args.yes)
    throw new OperatorError(
      `This deletes everything of ${args.id} (${known.name}), for ever. Backups keep it until they are deleted. Add --yes to do it.`,
    );
  const rows = await purgeWorkspace(db, args.id, now);
  if (!rows) throw new OperatorError(`${args.id} has come back meanwhile. Nothing was deleted.`);
  for (const [table, deleted] of Object.entries(rows).sort()) say(`${table.padEnd(20)} ${deleted}`);
  say(`Nothing of ${args.id} is left.`);
}

async function list(db: Db, say: (words: string) => void): Promise<void> {
  for (const { id, name, organisationId, leftAt } of await listWorkspaces(db)) {
    const from = organisationId ? `  from ${organisationId}` : '';
    say(`${id.padEnd(12)} ${name}${from}  ${leftAt ? `left ${leftAt.toISOString()}` : 'has the app'}`);
  }
}
