import { type Db, type OpenDatabase, openEmbedded, openPostgres } from '../../src/db/engine/client.ts';
import { areas, programs, workspaces } from '../../src/db/schema/workspaces.ts';
import { startPostgresServer } from './postgres-server.ts';

// For filling much fast.
const ROOMY = { shared_buffers: '1GB', max_wal_size: '8GB', maintenance_work_mem: '1GB' };

/** Opens an empty database of the asked kind; closing it leaves nothing behind. */
export async function openBenchDatabase(kind: string, settings: Record<string, string> = {}): Promise<OpenDatabase> {
  if (kind === 'embedded') return openEmbedded();
  if (kind !== 'postgres') throw new Error(`There is no database "${kind}": postgres or embedded.`);
  const server = await startPostgresServer({ isDurable: false, settings: { ...ROOMY, ...settings } });
  const { db, close } = await openPostgres(server.url, { poolSize: 2 });
  return {
    db,
    close: async () => {
      await close();
      await server.close();
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
