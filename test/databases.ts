import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type OpenDatabase, openEmbedded, openPostgres } from '../src/db/client.ts';
import { TEMPLATE } from './postgres-server.ts';

/** A fresh database of its own for whoever opens it. */
export type TestDatabase = { name: string; open: () => Promise<OpenDatabase & { url?: string }> };

/** Both kinds of database that the bot runs on; a suite runs its tests on each. */
export const databases: readonly TestDatabase[] = [
  { name: 'the embedded database', open: openCopyOfPacked },
  { name: 'PostgreSQL', open: openCopyOfTemplate },
];

async function openCopyOfPacked(): Promise<OpenDatabase> {
  return openEmbedded(undefined, await openAsBlob(inject('embeddedTemplate')));
}

async function openCopyOfTemplate(): Promise<OpenDatabase & { url: string }> {
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
