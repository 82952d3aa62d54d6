import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { OperatorError } from '../../domain/errors/operator-error.ts';
import { type Db, rows } from './client.ts';

/**
 * Refuses a database that this version cannot bring up to date: one from before the first release, or one that a newer
 * version has changed. Nothing is written to it.
 *
 * @throws OperatorError with what to do
 */
export async function refuseOtherVersions(db: Db, migrationsFolder: string): Promise<void> {
  const [applied] = await rows<{ isThere: boolean }>(
    db,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as "isThere"`,
  );
  if (!applied?.isThere) return;
  const migrations = readMigrationFiles({ migrationsFolder });
  const known = migrations.map(({ hash }) => hash);
  const newestMs = Math.max(...migrations.map(({ folderMillis }) => folderMillis));
  const unknown = await rows<{ createdMs: string }>(
    db,
    sql`select created_at as "createdMs" from drizzle.__drizzle_migrations
      where not hash in (${sql.join(
        known.map((hash) => sql`${hash}`),
        sql`, `,
      )})`,
  );
  if (unknown.length === 0) return;
  throw new OperatorError(unknown.some(({ createdMs }) => Number(createdMs) > newestMs) ? NEWER : OLDER);
}

const NEWER =
  'A newer version of Burndown has changed this database. Start that version, or restore the backup that was made before the upgrade.';
const OLDER =
  'This database was written before version 1.0.0, which cannot read it. Nothing in it was changed. Start with an empty one: set another DATA_DIR or DATABASE_URL.';
