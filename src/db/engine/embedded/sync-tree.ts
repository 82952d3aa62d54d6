import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

// A disk commits what waits at the same time together.
const AT_ONCE = 32;

/** Puts a directory with everything below it on the disk. */
export async function syncTree(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  for (let i = 0; i < paths.length; i += AT_ONCE) await Promise.all(paths.slice(i, i + AT_ONCE).map(syncPath));
  await syncPath(directory);
}

/** Puts a file on the disk, or the names that a directory holds. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
