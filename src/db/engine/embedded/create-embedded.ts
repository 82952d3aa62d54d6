import { access, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { OperatorError } from '../../../domain/errors/operator-error.ts';
import { EMBEDDED_SETTINGS } from './embedded-settings.ts';
import { syncPath, syncTree } from './sync-tree.ts';
import { tightenTree } from './tighten.ts';

/**
 * Makes the database of a directory, a new one or out of a packed one. It is made beside and gets its name when all of
 * it is on the disk, so that a power cut leaves a whole one or none.
 */
export async function createEmbedded(directory: string, packed?: Blob): Promise<void> {
  const fresh = `${directory}.new`;
  await rm(fresh, { recursive: true, force: true });
  const client = await PGlite.create({
    dataDir: fresh,
    ...(packed ? { loadDataDir: packed } : {}),
    extensions: { pg_trgm },
    startParams: EMBEDDED_SETTINGS,
  });
  await client.close();
  await tightenTree(fresh);
  await syncTree(fresh);
  await rename(fresh, directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    throw new OperatorError(`${directory} holds files, but no database. Move them elsewhere and start again.`);
  });
  await syncPath(dirname(directory));
}

/** Whether there is a database in the directory. */
export function hasDatabase(directory: string): Promise<boolean> {
  return access(join(directory, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}
