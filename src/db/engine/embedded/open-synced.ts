import { fsyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { EmbeddedFiles, type Fsync } from './embedded-files.ts';
import { EMBEDDED_SETTINGS } from './embedded-settings.ts';
import { refuseAfterPanic } from './refuse-after-panic.ts';

// -F switches fsync off, and with it the O_SYNC of the WAL.
const START_PARAMS = [
  ...EMBEDDED_SETTINGS.filter((param) => param !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=open_datasync'],
];

/**
 * Opens the database of a directory so that a commit is on the disk when it is answered, and data files are when a
 * checkpoint ends: the WAL is opened O_SYNC, and the rest is synced. Throws where that cannot be had.
 */
export async function openSynced(
  directory: string,
  { fsync = fsyncSync, onPanic = () => {} }: { fsync?: Fsync; onPanic?: (error: Error) => void } = {},
): Promise<PGlite> {
  let synced = 0;
  const files = new EmbeddedFiles(directory, (descriptor) => {
    fsync(descriptor);
    synced += 1;
  });
  const client = await PGlite.create({ fs: files, extensions: { pg_trgm }, startParams: START_PARAMS });
  refuseAfterPanic(client, onPanic);
  await proveSynced(client, () => synced);
  return client;
}

/** Throws, and closes the database, unless a checkpoint makes it sync and nothing of it waits for no disk. */
export async function proveSynced(client: PGlite, countSynced: () => number): Promise<void> {
  const before = countSynced();
  await client.exec('checkpoint');
  const { rows } = await client.query<{ fsync: string; wal: string }>(
    `select current_setting('fsync') as fsync, current_setting('wal_sync_method') as wal`,
  );
  if (countSynced() > before && rows[0]?.fsync === 'on' && rows[0].wal === 'open_datasync') return;
  await client.close();
  throw new Error('The embedded database would not reach the disk: a checkpoint synced nothing, or fsync is off.');
}
