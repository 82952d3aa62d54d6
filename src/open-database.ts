import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from './config.ts';
import { type OpenDatabase, openEmbedded, openPostgres } from './db/client.ts';
import { lockDirectory } from './db/directory-lock.ts';

/** Opens the configured database. The embedded one is held by one process only; a second is refused in words. */
export async function openDatabase(config: Config['database']): Promise<OpenDatabase> {
  const held = await holdDatabase(config);
  return held.open();
}

/** The same in two steps, for what must not happen in a second process but need not wait until the database is open. */
export async function holdDatabase(config: Config['database']): Promise<{ open: () => Promise<OpenDatabase> }> {
  if (config.kind === 'postgres') return { open: () => openPostgres(config.url) };
  const directory = join(config.directory, 'database');
  await mkdir(dirname(directory), { recursive: true });
  const lock = await lockDirectory(directory);
  const open = async () => {
    try {
      const { close, ...opened } = await openEmbedded(directory);
      return {
        ...opened,
        close: async () => {
          await close();
          await lock.release();
        },
      };
    } catch (error) {
      await lock.release();
      throw error;
    }
  };
  return { open };
}
