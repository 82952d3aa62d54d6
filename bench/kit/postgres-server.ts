import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEmbeddedPostgres } from './embedded-postgres.ts';
import { freePort } from './free-port.ts';

export type PostgresServer = {
  /** Of its one database. */
  url: string;
  /** A directory of the server's that is deleted with it. */
  directory: string;
  /** Stops the server under its clients and starts it again. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
};

export type PostgresServerOptions = {
  database?: string;
  /** Whether a commit reaches the disk, as in production; true unless said. */
  isDurable?: boolean;
  /** `shared_buffers` and the like. */
  settings?: Record<string, string>;
};

/** Starts a real PostgreSQL server of its own. One that does not start throws what it logged. */
export async function startPostgresServer(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const { database = 'burndown', isDurable = true, settings = {} } = options;
  const directory = await mkdtemp(join(tmpdir(), 'burndown-postgres-'));
  // As root the server runs as another user, who must be able to reach its directory.
  await chmod(directory, 0o755);
  const port = await freePort();
  const log: string[] = [];
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    // It is removed below: the package would remove it at every stop, so also at a restart.
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: Object.entries({ ...(isDurable ? {} : { fsync: 'off' }), ...settings }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]),
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`The PostgreSQL server did not start.\n${log.slice(-20).join('\n')}`, { cause: error });
  }
  await server.createDatabase(database);
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/${database}`,
    directory,
    restart: async () => {
      await server.stop();
      await server.start();
    },
    close: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
