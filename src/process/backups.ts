import { access, readdir, rename, rm, stat, statfs, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEmbedded } from '../db/engine/embedded-dump.ts';
import { syncPath } from '../db/engine/sync-tree.ts';
import { OperatorError } from '../domain/operator-error.ts';

const KEPT = 7;
const NAME = /^burndown-\d{4}-\d{2}-\d{2}\.tar\.gz$/;

/** Writes the backup of a day, and deletes all but the newest seven. Returns the file; refuses where the disk has no room. */
export async function backUp(
  dump: (file: string) => Promise<void>,
  dataDirectory: string,
  on: string,
  freeBytes: (directory: string) => Promise<number> = freeBytesOn,
): Promise<string> {
  const directory = join(dataDirectory, 'backups');
  const file = join(directory, `burndown-${on}.tar.gz`);
  await refuseWithoutRoom(dataDirectory, freeBytes);
  await dump(file);
  const ours = (await readdir(directory)).filter((name) => NAME.test(name)).sort();
  for (const name of ours.slice(0, -KEPT)) await unlink(join(directory, name));
  return file;
}

/** Copying a database that does not fit would fill the disk that it lives on. */
async function refuseWithoutRoom(
  dataDirectory: string,
  freeBytes: (directory: string) => Promise<number>,
): Promise<void> {
  // The copy, and the file that it is packed into, which is smaller.
  const needed = 2 * (await sizeOf(join(dataDirectory, 'database')));
  const free = await freeBytes(dataDirectory);
  if (free >= needed) return;
  throw new OperatorError(
    `The disk of ${dataDirectory} has ${megabytes(free)} MB free, and a backup takes ${megabytes(needed)} MB for a moment. Make room there.`,
  );
}

async function freeBytesOn(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_048_576);
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
  await loadEmbedded(file, fresh).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : 'it is no whole backup of this program';
    throw new OperatorError(
      `${file} was not restored: ${why}. The database is as it was. (What it said: ${error.message})`,
    );
  });
  const kept = (await exists(directory)) ? await freeName(`${directory}.before-restore`) : null;
  if (kept) await rename(directory, kept);
  await rename(fresh, directory);
  await syncPath(dataDirectory);
  return kept;
}

/** Gives a restored database its name, where whoever restored it was stopped between taking the one before away and that. */
export async function finishRestore(directory: string): Promise<void> {
  if (!(await exists(directory)) && (await exists(restoring(directory)))) await rename(restoring(directory), directory);
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
