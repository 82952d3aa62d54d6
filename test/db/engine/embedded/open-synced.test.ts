import { fstatSync, fsyncSync, openAsBlob } from 'node:fs';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { loadEmbedded } from '../../../../src/db/engine/embedded/embedded-dump.ts';
import { EmbeddedFiles } from '../../../../src/db/engine/embedded/embedded-files.ts';
import { openSynced, proveSynced } from '../../../../src/db/engine/embedded/open-synced.ts';
import { DatabaseGone } from '../../../../src/db/engine/embedded/refuse-after-panic.ts';

/** Of open(2) on Linux, where O_SYNC is two bits. */
const O_SYNC = 0o4010000;

let parent: string;
let directory: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'burndown-synced-'));
  directory = join(parent, 'database');
  await loadEmbedded(inject('embeddedTemplate'), directory);
});
afterAll(() => rm(parent, { recursive: true, force: true }));

/** The flags of the files of this process that are open below a path. */
async function openFlags(below: string): Promise<number[]> {
  const flags: number[] = [];
  for (const descriptor of await readdir('/proc/self/fd')) {
    const target = await readlink(`/proc/self/fd/${descriptor}`).catch(() => '');
    if (!target.startsWith(below)) continue;
    const [, octal = ''] = /^flags:\s+(\d+)$/m.exec(await readFile(`/proc/self/fdinfo/${descriptor}`, 'utf8')) ?? [];
    flags.push(Number.parseInt(octal, 8));
  }
  return flags;
}

it('a commit of the embedded database waits for the disk: fsync is on, and the WAL is open O_SYNC', async () => {
  const client = await openSynced(directory);
  await client.exec('create table kept (a int); insert into kept values (1)');
  const settings = await client.query(
    `select name, setting from pg_settings
     where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method') order by name`,
  );
  expect(settings.rows).toEqual([
    { name: 'fsync', setting: 'on' },
    { name: 'full_page_writes', setting: 'on' },
    { name: 'synchronous_commit', setting: 'on' },
    { name: 'wal_sync_method', setting: 'open_datasync' },
  ]);
  const flags = await openFlags(join(directory, 'pg_wal'));
  expect(flags).not.toEqual([]);
  expect(flags.map((one) => one & O_SYNC)).toEqual(flags.map(() => O_SYNC));
  await client.close();
});

it('a checkpoint of the embedded database syncs what was written, and so does closing it', async () => {
  let synced = 0;
  const fsync = (descriptor: number) => {
    fsyncSync(descriptor);
    synced += 1;
  };
  const counted = await openSynced(directory, { fsync });
  const syncedDuring = async (work: () => Promise<unknown>) => {
    synced = 0;
    await work();
    return synced;
  };
  const idle = await syncedDuring(() => counted.exec('checkpoint'));
  await counted.exec('create table written (a text); insert into written select g from generate_series(1, 5000) g');
  expect(await syncedDuring(() => counted.exec('checkpoint'))).toBeGreaterThan(idle + 10);
  await counted.exec('insert into written select g from generate_series(1, 5000) g');
  expect(await syncedDuring(() => counted.close())).toBeGreaterThan(idle);
});

it('once the disk refuses, the embedded database answers nothing as done, and the next start has what was', async () => {
  let isFull = false;
  const fsync = (descriptor: number) => {
    if (isFull && !fstatSync(descriptor).isDirectory()) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    fsyncSync(descriptor);
  };
  const panics: Error[] = [];
  const failing = await openSynced(directory, { fsync, onPanic: (error) => panics.push(error) });
  await failing.exec('create table answered (a int); insert into answered values (1)');
  isFull = true;
  await expect(failing.exec('checkpoint')).rejects.toThrow(DatabaseGone);
  isFull = false;
  await expect(failing.exec('insert into answered values (2)')).rejects.toThrow(DatabaseGone);
  await expect(failing.query('select * from answered')).rejects.toThrow(DatabaseGone);
  expect(panics).toHaveLength(1);

  const again = await openSynced(directory);
  expect((await again.query('select a from answered')).rows).toEqual([{ a: 1 }]);
  await again.close();
});

it('a database that would not wait for the disk is not opened', async () => {
  const inMemory = await PGlite.create({
    loadDataDir: await openAsBlob(inject('embeddedTemplate')),
    extensions: { pg_trgm },
  });
  await expect(proveSynced(inMemory, () => 0)).rejects.toThrow('would not reach the disk');
  const { emscriptenOpts } = await new EmbeddedFiles(directory).init({} as PGlite, {});
  const [patch] = emscriptenOpts.preRun ?? [];
  expect(() => patch?.({ NODEFS: { stream_ops: {} } } as never)).toThrow('not where fsync could be added');
});
