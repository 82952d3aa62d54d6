import { randomUUID } from 'node:crypto';
import type { Defect } from '../src/db/defects/defects.ts';
import type { Db } from '../src/db/engine/client.ts';
import { insertAreas, insertProgram, type Program, upsertWorkspace } from '../src/db/programs/programs.ts';
import type { programs } from '../src/db/schema/workspaces.ts';
import { DEFAULT_AREAS } from '../src/domain/vocabulary.ts';
import { fileReport } from '../src/usecases/reports/file-report.ts';
import type { IncomingReport } from '../src/usecases/reports/record-report.ts';

/** A Monday, 10:00 in Berlin. */
export const MONDAY = new Date('2026-11-23T09:00:00Z');

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}

/** A program in a workspace of its own, with the default areas. */
export async function aProgram(
  db: Db,
  over: Partial<typeof programs.$inferInsert> = {},
): Promise<Program & { areaIds: number[] }> {
  const workspaceId = `T${randomUUID().slice(0, 8).toUpperCase()}`;
  await upsertWorkspace(db, {
    id: workspaceId,
    name: 'Acme',
    botUserId: 'UBOT',
    createdAt: later(MONDAY, -90 * DAY_MS),
  });
  const program = await insertProgram(db, {
    workspaceId,
    name: 'Launch stability',
    nameFollowsChannel: false,
    channelId: 'C0STABILITY',
    timeZone: 'Europe/Berlin',
    workingDays: [1, 2, 3, 4, 5],
    holidays: [],
    leadIds: ['ULEAD'],
    facilitatorIds: ['UANA', 'UBEN', 'UCEM'],
    halfLifeDays: 28,
    agendaLimit: 10,
    trancheWeeks: 4,
    isDefault: true,
    createdAt: later(MONDAY, -90 * DAY_MS),
    ...over,
  });
  const areas = await insertAreas(db, program.id, DEFAULT_AREAS);
  return { ...program, areaIds: areas.map(({ id }) => id) };
}

/** A report as a person files it, seen and filed two days before the Monday. */
export function aReport(program: { areaIds: number[] }, over: Partial<IncomingReport> = {}): IncomingReport {
  const seenAt = over.seenAt ?? later(MONDAY, -2 * DAY_MS);
  return {
    title: 'Stripe webhook times out',
    description: '',
    areaId: program.areaIds[1] ?? 0,
    severity: 'S2',
    affected: 3,
    supportTickets: 0,
    environment: null,
    link: null,
    seenAt,
    reporterId: 'UREPORTER',
    source: 'slack',
    sourceKey: randomUUID(),
    filedAt: seenAt,
    ...over,
  };
}

/** A new defect with one report. */
export async function aDefect(
  db: Db,
  program: Program & { areaIds: number[] },
  over: Partial<IncomingReport> = {},
): Promise<Defect> {
  return (await fileReport(db, program, aReport(program, over))).defect;
}

/** That a program has sample data in it, as it is remembered until they go. */
export function aSampleOf({ id, createdAt }: Program) {
  return {
    ...{ programId: id, loadedBy: 'UANA', loadedAt: MONDAY, programCreatedAt: createdAt, nextNumber: 1 },
    rows: { triageIds: [], releaseIds: [], sourceIds: [], areaIds: [], occurrences: [] },
  };
}
