import { sql } from 'drizzle-orm';
import { type Db, rows } from '../../src/db/engine/client.ts';
import type { KeyRing } from '../../src/db/engine/sealed.ts';
import { updateProgram } from '../../src/db/programs/programs.ts';
import { listAreas } from '../../src/usecases/doing.ts';
import { startProgram } from '../../src/usecases/programs/start-program.ts';
import { fileReport } from '../../src/usecases/reports/file-report.ts';
import { installApp } from '../../src/usecases/workspaces/install-app.ts';

/** Where it is Friday, 15:00 an hour after each other. */
export const ZONES = ['Europe/Helsinki', 'Europe/Berlin', 'Europe/London', 'Atlantic/Azores'] as const;

export const PROGRAMS = 3;
const REPORTS = 2;
const AT_ONCE = 4;

export const workspaceId = (n: number) => `TBENCH${String(n).padStart(5, '0')}`;
export const tokenOf = (id: string) => `xoxb-${id}`;
export const channelOf = (id: string, n: number) => `C${id.slice(1)}${n}`;
export const leadOf = (id: string) => `U${id.slice(1)}`;

/** Installs the app in workspaces `from` to `to`, each with a few programs and a few reports; every fourth in the same zone. */
export async function fillWorkspaces(db: Db, keys: KeyRing, { from, to }: { from: number; to: number }, at: Date) {
  const numbers = Array.from({ length: to - from }, (_, i) => from + i).values();
  const fill = async () => {
    for (const n of numbers) await fillOne(db, keys, n, at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fill));
}

async function fillOne(db: Db, keys: KeyRing, n: number, at: Date): Promise<void> {
  const id = workspaceId(n);
  await installApp(db, keys, {
    ...{ id, isOrganisation: false, name: id, botId: 'BBENCH', botUserId: 'UBOT', scopes: ['commands'] },
    ...{ installedBy: leadOf(id), installedAt: at, botToken: tokenOf(id), refreshToken: null, tokenExpiresAt: null },
  });
  const timeZone = ZONES[n % ZONES.length] ?? ZONES[0];
  for (let p = 0; p < PROGRAMS; p += 1) {
    const program = await startProgram(
      db,
      { workspaceId: id, channelId: channelOf(id, p), name: `#stability-${p}`, timeZone, leadIds: [leadOf(id)] },
      at,
    );
    await updateProgram(db, program.id, { charts: 'none', channelLookedAt: at, channelState: 'open' });
    const [area] = await listAreas(db, program.id);
    for (let r = 0; r < REPORTS; r += 1)
      await fileReport(db, program, {
        ...{ title: `Trouble ${r} of ${id}`, description: '', areaId: area?.id ?? 0, severity: 'S2', affected: 1 },
        ...{ supportTickets: 0, environment: 'production', seenAt: at, filedAt: at, link: null },
        ...{ reporterId: leadOf(id), source: 'slack', sourceKey: `${program.id} ${r}` },
      });
  }
}

/** How many rows a database has, and how large it is. */
export async function sizeOf(db: Db): Promise<number> {
  const [size] = await rows<{ bytes: number }>(db, sql`select pg_database_size(current_database())::float8 as bytes`);
  return size?.bytes ?? 0;
}
