import { access, readdir, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEmbedded } from '../db/engine/embedded/embedded-dump.ts';
import { syncPath } from '../db/engine/embedded/sync-tree.ts';

const KEPT = 7;
const NAME = /^burndown-\d{4}-\d{2}-\d{2}\.tar\.gz$/;

/** Writes the backup of a day, and deletes all but the newest seven. Returns the file. */
export async function backUp(
  dump: (file: string) => Promise<void>,
  dataDirectory: string,
  on: string,
): Promise<string> {
  const directory = join(dataDirectory, 'backups');
  const file = join(directory, `burndown-${on}.tar.gz`);
  await dump(file);
  const ours = (await readdir(directory)).filter((name) => NAME.test(name)).sort();
  for (const name of ours.slice(0, -KEPT)) await unlink(join(directory, name));
  return file;
}

/** The newest backup that was written; undefined where there is none. */
export async function findNewestBackup(dataDirectory: string): Promise<string | undefined> {
  const directory = join(dataDirectory, 'backups');
  const names = await readdir(directory).catch(() => []);
  const newest = names
    .filter((name) => NAME.test(name))
    .sort()
    .at(-1);
  return newest && join(directory, newest);
}

/**
 * Puts a backup in the place of the embedded database, which nobody may have open. The database that was there is kept
 * beside; returns where, or null where there was none.
 */
export async function restore(file: string, dataDirectory: string): Promise<string | null> {
  const directory = join(dataDirectory, 'database');
  const fresh = restoring(directory);
  await rm(fresh, { recursive: true, force: true });
  await loadEmbedded(file, fresh);
  const kept = (await exists(directory)) ? await freeName(`${directory}.before-restore`) : null;
  if (kept) await rename(directory, kept);
  await rename(fresh, directory);
  await syncPath(dataDirectory);
  return kept;
}

/** Gives a restored database its name, where whoever restored it was stopped between taking the one before away and that. */
export async function finishRestore(directory: string): Promise<void> {
  if (await isRestoreUnfinished(directory)) await rename(restoring(directory), directory);
}

export async function isRestoreUnfinished(directory: string): Promise<boolean> {
  return !(await exists(directory)) && (await exists(restoring(directory)));
}

function restoring(directory: string): string {
  return `${directory}.restoring`;
}

async function freeName(wanted: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const name = `${wanted}-${n}`;
    if (!(await exists(name))) return name;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
