import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgresServer } from '../bench/kit/postgres-server.ts';
import { openPostgres } from '../src/db/engine/client.ts';
import { packEmbeddedTemplate } from './embedded-template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    /** The file of the packed embedded database that every embedded test database starts from. */
    embeddedTemplate: string;
    /** Whether what can be made larger is as large as it gets. */
    isSoak: boolean;
  }
}

/** The database that every test database is copied from. */
export const TEMPLATE = 'burndown_template';

/** Starts one real PostgreSQL server for the whole run. A server that does not start fails the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Nothing of it outlives the run.
  const settings = { max_connections: '300', synchronous_commit: 'off', full_page_writes: 'off' };
  const [server, packed] = await Promise.all([
    startPostgresServer({ database: TEMPLATE, isDurable: false, settings }),
    packEmbeddedTemplate(),
  ]);
  const { close } = await openPostgres(server.url);
  await close();
  project.provide('postgresUrl', server.url.slice(0, server.url.lastIndexOf('/')));
  const file = join(server.directory, 'embedded.tar');
  await writeFile(file, packed);
  project.provide('embeddedTemplate', file);
  return server.close;
}
