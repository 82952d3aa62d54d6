import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type Db, type OpenDatabase, openEmbedded, openPostgres } from '../src/db/engine/client.ts';
import { emptyTables } from './empty-tables.ts';
import { TEMPLATE } from './postgres-server.ts';

type Opened = OpenDatabase & { url?: string };

export type TestDatabase = {
  name: string;
  /** An empty database for whoever opens it alone. The next one may get the same, emptied. */
  open: () => Promise<Opened>;
  /** One that nobody else gets, before or after: for tests that change the schema or cut connections. */
  openNew: () => Promise<Opened>;
};

/** Both kinds of database that the bot runs on; a suite runs its tests on each. */
export const databases: readonly TestDatabase[] = [
  { name: 'the embedded database', open: lend(openCopyOfPacked), openNew: openCopyOfPacked },
  { name: 'PostgreSQL', open: lend(openCopyOfTemplate), openNew: openCopyOfTemplate },
];

/** Opens a database only where none that was given back is at hand. */
function lend(openNew: () => Promise<Opened>): () => Promise<Opened> {
  const idle: Opened[] = [];
  return async () => {
    const opened = idle.pop() ?? (await openNew());
    const { db, revoke } = revocable(opened.db);
    return {
      ...opened,
      db,
      close: async () => {
        revoke();
        await emptyTables(opened.db);
        idle.push(opened);
      },
    };
  };
}

// Whoever goes on with a database after it was closed must not write into that of the next test.
function revocable(target: Db): { db: Db; revoke: () => void } {
  let isRevoked = false;
  const db = new Proxy(target, {
    get: (_, name) => {
      if (isRevoked) throw new Error('This database was given back.');
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  return {
    db,
    revoke: () => {
      isRevoked = true;
    },
  };
}

async function openCopyOfPacked(): Promise<Opened> {
  return openEmbedded(undefined, { packed: await openAsBlob(inject('embeddedTemplate')) });
}

async function openCopyOfTemplate(): Promise<Opened> {
  const server = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${TEMPLATE}`);
  const url = `${server}/${name}`;
  const { close, ...opened } = await openPostgres(url, { poolSize: 4 });
  return {
    ...opened,
    url,
    close: async () => {
      await close();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end({ timeout: 5 });
    },
  };
}
