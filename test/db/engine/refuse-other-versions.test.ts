import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS, type OpenDatabase, rows } from '../../../src/db/engine/client.ts';
import { refuseOtherVersions } from '../../../src/db/engine/refuse-other-versions.ts';
import { OperatorError } from '../../../src/domain/errors/operator-error.ts';
import { databases } from '../../databases.ts';

describe.each(databases)('on $name', ({ openNew }) => {
  let database: OpenDatabase;
  beforeEach(async () => {
    database = await openNew();
  });
  afterEach(() => database.close());

  const applied = (hash: string, createdMs: number) =>
    rows(database.db, sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${createdMs})`);

  it('a database that this version has brought up to date is opened', async () => {
    expect(await refuseOtherVersions(database.db, MIGRATIONS)).toBeUndefined();
  });

  it('a database from before the first release is refused with what to do', async () => {
    await rows(database.db, sql`delete from drizzle.__drizzle_migrations`);
    await applied('before-the-first-release', 1_600_000_000_000);
    const opening = refuseOtherVersions(database.db, MIGRATIONS);
    await expect(opening).rejects.toThrow(OperatorError);
    await expect(opening).rejects.toThrow(/before version 1\.0\.0.*Start with an empty one/);
  });

  it('a database that a newer version has changed is refused with what to do', async () => {
    await applied('of-a-newer-version', 4_000_000_000_000);
    await expect(refuseOtherVersions(database.db, MIGRATIONS)).rejects.toThrow(/A newer version.*restore the backup/);
  });
});
