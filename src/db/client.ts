import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import type { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as overPglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { drizzle as overPostgres } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { dumpEmbedded } from './embedded-dump.ts';
import { type PatientOptions, POOL_SIZE, patientClient } from './patient-client.ts';
import { countWork, type PoolLoad, poolLoad } from './pool-load.ts';
import { takeTurns } from './take-turns.ts';

/** A connection or a transaction; both databases look alike through it. */
export type Db = PgDatabase<PgQueryResultHKT>;

/** An open database and how to let go of it. */
export type OpenDatabase = {
  db: Db;
  close: () => Promise<void>;
  /** How often a connection to the server was lost since the start. */
  connectionsLost?: () => number;
  /** How its connections are used. */
  load?: () => PoolLoad;
  /** Packs an embedded database that lives in a directory into one file. */
  dump?: (file: string) => Promise<void>;
};

const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));
const MIGRATION_LOCK = 7_226_311;

/** Opens a PostgreSQL server and brings its schema up to date. Safe to run from several starting replicas at once. */
export async function openPostgres(url: string, options: PatientOptions = {}): Promise<OpenDatabase> {
  let lost = 0;
  const client = patientClient(url, {
    ...options,
    types: await migrateUnderLock(url),
    onConnectionLost: () => {
      lost += 1;
      options.onConnectionLost?.();
    },
  });
  const db = overPostgres(client) as unknown as Db;
  return {
    db,
    close: () => client.end({ timeout: 5 }),
    connectionsLost: () => lost,
    load: () => poolLoad(options.poolSize ?? POOL_SIZE, client.working()),
  };
}

// A connection of its own, since the lock belongs to a session and the migrator opens a transaction.
async function migrateUnderLock(url: string): Promise<PatientOptions['types']> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migratePostgres(overPostgres(client), { migrationsFolder: MIGRATIONS });
    return client.options;
  } finally {
    await client.end({ timeout: 5 });
  }
}

/**
 * Opens the embedded database in a directory, or in memory where none is given; `packed` is one to start from.
 * The WAL is opened O_SYNC so that a commit reaches the disk: the embedded build ignores fsync.
 */
export async function openEmbedded(directory?: string, packed?: Blob): Promise<OpenDatabase> {
  if (directory) await mkdir(directory, { recursive: true });
  const client = await PGlite.create({
    ...(directory ? { dataDir: directory } : {}),
    ...(packed ? { loadDataDir: packed } : {}),
    extensions: { pg_trgm },
    startParams: [...PGlite.defaultStartParams, '-c', 'wal_sync_method=open_datasync'],
  });
  takeTurns(client);
  const working = countWork(client);
  const db = overPglite(client);
  await migratePglite(db, { migrationsFolder: MIGRATIONS });
  return {
    db: db as unknown as Db,
    close: () => client.close(),
    load: () => poolLoad(1, working()),
    ...(directory ? { dump: (file: string) => dumpEmbedded(client, directory, file) } : {}),
  };
}

/** The rows of a raw query: the two drivers wrap them differently. */
export async function rows<T>(db: Db, query: ReturnType<typeof sql>): Promise<T[]> {
  const result = (await db.execute(query)) as unknown;
  return Array.isArray(result) ? (result as T[]) : (result as { rows: T[] }).rows;
}
