import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import { createEmbedded } from './create-embedded.ts';

/**
 * Packs an open embedded database into one file. Statements wait only while its files are copied; packing them, which
 * takes seconds, happens on another thread.
 */
export async function dumpEmbedded(client: PGlite, directory: string, file: string): Promise<void> {
  const copy = `${directory}.copy`;
  await rm(copy, { recursive: true, force: true });
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
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
  await createEmbedded(directory, new Blob([await readFile(file)]));
}

function runWorker(workerData: { copy: string; file: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./dump-worker.ts', import.meta.url), { workerData });
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The dump ended with ${code}.`))));
  });
}
