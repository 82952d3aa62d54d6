import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import type { OpenDatabase } from '../db/engine/client.ts';
import { lockDirectory } from '../db/engine/embedded/directory-lock.ts';
import { databaseProblem } from './start-problem.ts';
import { tightenData } from './tighten-data.ts';

export type Opening = {
  /** Hears in words what was put right on the way. */
  tell?: (words: string) => void;
  /** Hears once that the embedded database has stopped, and that only a new process recovers it. */
  onPanic?: (error: Error) => void;
};

/** Opens the configured database. The embedded one is held by one process only; a second is refused in words. */
export async function openDatabase(config: Config['database'], opening: Opening = {}): Promise<OpenDatabase> {
  const held = await holdDatabase(config, opening);
  return held.open();
}

/** The same in two steps, for what must not happen in a second process but need not wait until the database is open. */
export async function holdDatabase(
  config: Config['database'],
  { tell = () => {}, onPanic = () => {} }: Opening = {},
): Promise<{ open: () => Promise<OpenDatabase> }> {
  // The databases themselves are loaded when the lock is held, so that a second process is refused at once.
  const loading = () => import('../db/engine/client.ts');
  if (config.kind === 'postgres') {
    const explain = (error: unknown) => {
      throw databaseProblem(error, { databaseUrl: config.url }) ?? error;
    };
    return { open: async () => (await loading()).openPostgres(config.url).catch(explain) };
  }
  const explain = async (error: unknown) => {
    const { findNewestBackup } = await import('./backups.ts');
    const newestBackup = await findNewestBackup(config.directory);
    throw databaseProblem(error, { dataDirectory: config.directory, newestBackup }) ?? error;
  };
  const directory = join(config.directory, 'database');
  const prepare = async () => {
    await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
    await tightenData(config.directory, tell);
    return lockDirectory(directory);
  };
  const lock = await prepare().catch(explain);
  const open = async () => {
    try {
      const { openEmbedded } = await loading();
      const { finishRestore } = await import('./backups.ts');
      await finishRestore(directory);
      const { close, ...opened } = await openEmbedded(directory, { onPanic });
      return {
        ...opened,
        close: async () => {
          await close();
          await lock.release();
        },
      };
    } catch (error) {
      await lock.release();
      return explain(error);
    }
  };
  return { open };
}
