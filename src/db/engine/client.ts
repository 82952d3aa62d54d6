import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
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
import { isTransient } from './connection-loss.ts';
import { TAKE_ROOM, watchRoom } from './disk-room.ts';
import { createEmbedded, hasDatabase } from './embedded/create-embedded.ts';
import { dumpEmbedded } from './embedded/embedded-dump.ts';
import { EMBEDDED_SETTINGS } from './embedded/embedded-settings.ts';
import { hearErrors } from './embedded/hear-errors.ts';
import { keepParsers } from './embedded/keep-parsers.ts';
import { openSynced } from './embedded/open-synced.ts';
import { syncTree } from './embedded/sync-tree.ts';
import { takeTurns } from './embedded/take-turns.ts';
import { socketOption } from './open-socket.ts';
import { countWork, type PoolLoad, poolLoad } from './pool-load.ts';
import { POOL_SIZE, pause, type ReconnectingOptions, reconnectingClient } from './reconnecting-client.ts';
import { refuseOtherVersions } from './refuse-other-versions.ts';

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
  /** Whether there is room on its disk to write, as far as its errors tell. */
  hasRoom?: () => Promise<boolean>;
  /** Packs an embedded database that lives in a directory into one file. */
  dump?: (file: string) => Promise<void>;
};

/** Where the migrations are that bring a schema up to date. */
export const MIGRATIONS = fileURLToPath(new URL('../../../drizzle', import.meta.url));
const MIGRATION_LOCK = 7_226_311;
// Whoever starts the bot hears within ten seconds that the server cannot be used.
const START_WAITS_MS = [250, 500, 1_000, 2_000];
const START_TIMEOUT_S = 4;

/** Opens a PostgreSQL server and brings its schema up to date. Safe to run from several starting replicas at once. */
export async function openPostgres(url: string, options: ReconnectingOptions = {}): Promise<OpenDatabase> {
  let lost = 0;
  const client = reconnectingClient(url, {
    ...options,
    types: await migrateUnderLock(url),
    onConnectionLost: () => {
      lost += 1;
      options.onConnectionLost?.();
    },
    onError: (error) => room.noteError(error),
  });
  const room = watchRoom(() =>
    client.begin(async (tx) => {
      for (const statement of TAKE_ROOM) await tx.unsafe(statement);
    }),
  );
  const db = overPostgres(client) as unknown as Db;
  return {
    db,
    close: () => client.end({ timeout: 5 }),
    connectionsLost: () => lost,
    load: () => poolLoad(options.poolSize ?? POOL_SIZE, client.working()),
    hasRoom: room.hasRoom,
  };
}

/** A server that is starting, or a pooler that closes connections, is asked again for some seconds. */
async function migrateUnderLock(url: string): Promise<ReconnectingOptions['types']> {
  for (const waitMs of START_WAITS_MS) {
    try {
      return await migrateOnce(url);
    } catch (error) {
      if (!isTransient(error)) throw error;
      await pause(waitMs);
    }
  }
  return migrateOnce(url);
}

// A connection of its own, since the lock belongs to a session and the migrator opens a transaction.
async function migrateOnce(url: string): Promise<ReconnectingOptions['types']> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: START_TIMEOUT_S, ...socketOption() });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    const db = overPostgres(client);
    await refuseOtherVersions(db as unknown as Db, MIGRATIONS);
    await migratePostgres(db, { migrationsFolder: MIGRATIONS });
    return client.options;
  } finally {
    await client.end({ timeout: 5 });
  }
}

/**
 * Opens the embedded database of a directory, which is made where there is none, or one in memory; `packed` is what one
 * in memory starts from. `onPanic` hears once that it has stopped: statements then fail until it is opened anew.
 */
export async function openEmbedded(
  directory?: string,
  { packed, onPanic }: { packed?: Blob; onPanic?: (error: Error) => void } = {},
): Promise<OpenDatabase> {
  const client = directory
    ? await openDirectory(directory, onPanic)
    : await PGlite.create({
        ...(packed ? { loadDataDir: packed } : {}),
        extensions: { pg_trgm },
        startParams: EMBEDDED_SETTINGS,
      });
  const room = watchRoom(() =>
    client.transaction(async (tx) => {
      for (const statement of TAKE_ROOM) await tx.query(statement);
    }),
  );
  hearErrors(client, room.noteError);
  keepParsers(client);
  takeTurns(client);
  const working = countWork(client);
  const db = overPglite(client);
  try {
    await refuseOtherVersions(db as unknown as Db, MIGRATIONS);
    await migratePglite(db, { migrationsFolder: MIGRATIONS });
  } catch (error) {
    await client.close();
    throw error;
  }
  return {
    db: db as unknown as Db,
    close: () => client.close(),
    load: () => poolLoad(1, working()),
    hasRoom: room.hasRoom,
    ...(directory ? { dump: (file: string) => dumpEmbedded(client, directory, file) } : {}),
  };
}

async function openDirectory(directory: string, onPanic?: (error: Error) => void): Promise<PGlite> {
  await mkdir(dirname(directory), { recursive: true });
  // What lies there may have been copied by hand, or written by a version that synced nothing.
  if (await hasDatabase(directory)) await syncTree(directory);
  else await createEmbedded(directory);
  return openSynced(directory, onPanic ? { onPanic } : {});
}

/** The rows of a raw query: the two drivers wrap them differently. */
export async function rows<T>(db: Db, query: ReturnType<typeof sql>): Promise<T[]> {
  const result = (await db.execute(query)) as unknown;
  return Array.isArray(result) ? (result as T[]) : (result as { rows: T[] }).rows;
}
