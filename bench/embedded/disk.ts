import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { createEmbedded } from '../../src/db/engine/embedded/create-embedded.ts';
import { openSynced } from '../../src/db/engine/embedded/open-synced.ts';

const COMMITS = 300;
const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url));

/** What reaching the disk costs, and the system calls by which it is reached. */
export async function measureDisk(): Promise<string[]> {
  const parent = await mkdtemp(join(tmpdir(), 'burndown-disk-'));
  try {
    const directory = join(parent, 'database');
    await createEmbedded(directory);
    const loose = await commitsPerSecond(await PGlite.create({ dataDir: directory }));
    const synced = await commitsPerSecond(await openSynced(directory));
    return [
      `  commits one after the other: ${Math.round(synced)} a second on the disk, ${Math.round(loose)} as PGlite comes, without it`,
      await systemCalls(directory, join(parent, 'calls')),
    ];
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

async function commitsPerSecond(client: PGlite): Promise<number> {
  await client.exec('create table if not exists committed (n int)');
  const startedMs = performance.now();
  for (let n = 0; n < COMMITS; n += 1) await client.query('insert into committed values ($1)', [n]);
  const tookMs = performance.now() - startedMs;
  await client.close();
  return (COMMITS * 1_000) / tookMs;
}

/** Commits and makes a checkpoint in a process of its own, under strace. */
async function systemCalls(directory: string, file: string): Promise<string> {
  const traced = ['-f', '-y', '-o', file, '-e', 'trace=openat,pwrite64,fsync,fdatasync,write'];
  const { error, status, stderr } = spawnSync('strace', [...traced, process.execPath, WRITER, directory]);
  if (error)
    return `  system calls: strace is not on this machine (${(error as NodeJS.ErrnoException).code}), so none were looked at`;
  if (status !== 0) throw new Error(`The process under strace ended with ${status}: ${stderr}`);
  const lines = (await readFile(file, 'utf8')).split('\n');
  const mark = (word: string) => lines.findIndex((line) => line.includes(`"${word}`));
  const [begins, committed, checked] = [mark('begins'), mark('committed'), mark('checked')];
  if (begins < 0 || committed < begins || checked < committed)
    throw new Error('The marks of the writer are not in the trace.');
  const opened = lines.slice(0, begins).filter((line) => line.includes('openat(') && /pg_wal\/[0-9A-F]{24}/.test(line));
  const inWal = lines
    .slice(begins, committed)
    .filter((line) => line.includes('pwrite64(') && line.includes('/pg_wal/'));
  const syncs = lines.slice(committed, checked).filter((line) => / f(data)?sync\(/.test(line));
  const isSynced = opened.length > 0 && opened.every((line) => line.includes('O_SYNC') || line.includes('O_RDONLY'));
  if (!isSynced || inWal.length < 1 || syncs.length < 1) process.exitCode = 1;
  return (
    `  system calls: the WAL was opened ${isSynced ? 'O_SYNC' : 'WITHOUT O_SYNC'}; ` +
    `20 commits made ${inWal.length} writes to it, a checkpoint ${syncs.length} fsyncs`
  );
}
