import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { EMBEDDED_SETTINGS } from './embedded-settings.ts';
import { syncPath } from './sync-tree.ts';

/** Opens a copy of the database, which proves that it opens, and packs it into one file. */
const { copy, file } = workerData as { copy: string; file: string };
const client = await PGlite.create({ dataDir: copy, extensions: { pg_trgm }, startParams: EMBEDDED_SETTINGS });
const dump = await client.dumpDataDir('gzip');
await client.close();
await rm(`${file}.part`, { force: true });
await writeFile(`${file}.part`, new Uint8Array(await dump.arrayBuffer()), { mode: 0o600, flush: true });
await rename(`${file}.part`, file);
await syncPath(dirname(file));
