import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { loadEmbedded } from '../../src/db/engine/embedded/embedded-dump.ts';
import { TooLoose } from '../../src/db/engine/embedded/tighten.ts';
import { openDatabase } from '../../src/process/open-database.ts';
import { tightenData } from '../../src/process/tighten-data.ts';

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

/** Every path below a directory that anybody but its owner may use, with the directory itself. */
async function looseBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = [directory, ...entries.map((entry) => join(entry.parentPath, entry.name))];
  const modes = await Promise.all(paths.map(modeOf));
  return paths.filter((_, i) => (modes[i] ?? 0) & 0o077);
}

let directory: string;
const told: string[] = [];
const tell = (words: string) => void told.push(words);
beforeEach(async () => {
  told.length = 0;
  directory = await mkdtemp(join(tmpdir(), 'burndown-tight-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

it('what others could use of the data is taken from them with a word about it, and nothing is said the next time', async () => {
  const backups = join(directory, 'backups');
  await mkdir(backups, { mode: 0o755 });
  for (const path of [join(backups, 'burndown-2026-11-15.tar.gz'), join(directory, 'sandbox.json')])
    await writeFile(path, '', { mode: 0o644 });
  await chmod(directory, 0o755);
  await writeFile(join(directory, 'notes of somebody'), '', { mode: 0o644 });
  await tightenData(directory, tell);
  expect(await looseBelow(directory)).toEqual([join(directory, 'notes of somebody')]);
  expect(told).toEqual([expect.stringMatching(/^Others could use 4 of the files/)]);
  await tightenData(directory, tell);
  expect(told).toHaveLength(1);
});

it('a database is for its owner alone from its making, with what it writes later and its backups', async () => {
  await loadEmbedded(inject('embeddedTemplate'), join(directory, 'database'));
  const { db, dump, close } = await openDatabase({ kind: 'embedded', directory }, { tell });
  await db.execute(sql`create table later as select g from generate_series(1, 1000) g`);
  await dump?.(join(directory, 'backups', 'one.tar.gz'));
  expect(await looseBelow(directory)).toEqual([]);
  await close();
  expect(told).toEqual([]);
});

it('a directory for everybody is refused, and one for a group is taken from it', async () => {
  await chmod(directory, 0o1777);
  await expect(tightenData(directory, tell)).rejects.toThrow(TooLoose);
  await chmod(directory, 0o750);
  await tightenData(directory, tell);
  expect(await modeOf(directory)).toBe(0o700);
});
