import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

/**
 * Packs an open embedded database into one file. Statements wait only while its files are copied; packing them, which
 * takes seconds, happens on another thread.
 */
export async function dumpEmbedded(client: PGlite, directory: string, file: string): Promise<void> {
  const copy = `${directory}.copy`;
  await rm(copy, { recursive: true, force: true });
  await mkdir(dirname(file), { recursive: true });
  try {
    await client.exec('checkpoint');
    await client.runExclusive(() => cp(directory, copy, { recursive: true }));
    await runWorker({ copy, file });
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Unpacks such a file into a new directory. */
export async function loadEmbedded(file: string, directory: string): Promise<void> {
  const loadDataDir = new Blob([await readFile(file)]);
  const client = await PGlite.create({ dataDir: directory, loadDataDir, extensions: { pg_trgm } });
  await client.close();
}

function runWorker(workerData: { copy: string; file: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./dump-worker.ts', import.meta.url), { workerData });
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The dump ended with ${code}.`))));
  });
}
