import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { OpenDatabase } from '../db/engine/client.ts';
import { OperatorError } from '../domain/errors/operator-error.ts';
import { isRestoreUnfinished } from './backups.ts';
import { type Opening, openDatabase } from './open-database.ts';

const ROOT = 0;

/**
 * Opens a database that is there, for a command about what it holds. A new and empty one in the wrong place would answer
 * that all is well, and be taken for a backup.
 */
export async function openExisting(config: Config['database'], opening: Opening): Promise<OpenDatabase> {
  if (config.kind === 'embedded') {
    await refuseOthersData(config.directory);
    await refuseNothing(config.directory);
  }
  return openDatabase(config, opening);
}

/** What root writes into the data of the bot's own user could not be read by the bot any more. */
export async function refuseOthersData(directory: string, user = process.getuid?.()): Promise<void> {
  const owner = await stat(directory).then(
    ({ uid }) => uid,
    () => undefined,
  );
  if (user !== ROOT || owner === undefined || owner === ROOT) return;
  throw new OperatorError(
    `The data in ${directory} belong to another user, and the bot could not read what root writes there. Run this as that ` +
      `user: runuser -u "$(stat -c %U ${directory})" -- env DATA_DIR=${directory} npm run …`,
  );
}

async function refuseNothing(directory: string): Promise<void> {
  const database = join(directory, 'database');
  const isThere = await access(database).then(
    () => true,
    () => false,
  );
  if (isThere || (await isRestoreUnfinished(database))) return;
  throw new OperatorError(
    `There is no database in ${directory}. Set DATA_DIR to the directory that the bot runs with, or DATABASE_URL to its PostgreSQL.`,
  );
}
