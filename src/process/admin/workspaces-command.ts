import { open, rm } from 'node:fs/promises';
import { listWorkspaces } from '../../db/programs/programs.ts';
import { OperatorError } from '../../domain/errors/operator-error.ts';
import { counted } from '../../domain/text/counted.ts';
import type { Db } from '../../usecases/doing.ts';
import { exportWorkspace } from '../../usecases/workspaces/export-workspace.ts';
import { purgeWorkspace } from '../../usecases/workspaces/purge-left.ts';

/** `list`, `export T123 [FILE]` or `purge T123 [--yes]`; null where it was not understood. */
export type WorkspacesArgs =
  | { kind: 'list' }
  | { kind: 'export'; id: string; file: string | null }
  | { kind: 'purge'; id: string; yes: boolean };

export function parseWorkspacesArgs([what = 'list', id = '', ...more]: readonly string[]): WorkspacesArgs | null {
  if (what === 'list' && id === '') return { kind: 'list' };
  if (!/^T[A-Z0-9]+$/.test(id)) return null;
  const [last = null, ...tooMany] = more;
  if (tooMany.length > 0) return null;
  if (what === 'export' && last !== '' && !last?.startsWith('-')) return { kind: 'export', id, file: last };
  if (what === 'purge' && (last === null || last === '--yes')) return { kind: 'purge', id, yes: last !== null };
  return null;
}

type Setting = {
  now: Date;
  say: (words: string) => void;
  /** A path as the operator meant it. */
  placeOf: (file: string) => string;
};

/** Tells which workspaces there are, writes down all data of one, or deletes them where the app was taken away. */
export async function workspacesCommand(db: Db, args: WorkspacesArgs, setting: Setting): Promise<void> {
  const { now, say } = setting;
  if (args.kind === 'list') return list(db, say);
  const known = (await listWorkspaces(db)).find(({ id }) => id === args.id);
  if (!known) throw new OperatorError(`There is no workspace ${args.id}.`);
  if (args.kind === 'export') return writeExport(db, args, setting);
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

/** Into a file that nobody else may read, and that is not there yet; what could not be finished is taken away again. */
async function writeExport(
  db: Db,
  { id, file }: { id: string; file: string | null },
  { now, say, placeOf }: Setting,
): Promise<void> {
  const place = placeOf(file ?? `${id}-${now.toISOString().slice(0, 10)}.jsonl`);
  const handle = await open(place, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EEXIST' ? 'It is there already' : error.message;
    throw new OperatorError(`${place} cannot be written: ${why}. Nothing was exported.`);
  });
  try {
    const { total, byTable } = await exportWorkspace(db, id, (line) => handle.appendFile(line), now);
    await handle.sync();
    for (const [table, count] of Object.entries(byTable).sort()) say(`${table.padEnd(20)} ${count}`);
    say(`${place} has all of ${id}, ${counted(total, 'row')}, a line each. Secrets and tokens are not in it.`);
  } catch (error) {
    await rm(place, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}
