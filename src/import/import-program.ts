import type { Db } from '../db/engine/client.ts';
import {
  insertAreas,
  insertProgram,
  listAreas,
  listPrograms,
  listWorkspaces,
  type Program,
  upsertWorkspace,
} from '../db/programs/programs.ts';
import { Refusal } from '../domain/errors/refusal.ts';
import type { ImportedReport } from '../domain/import/imported-report.ts';
import { personOf } from '../domain/import/person-of.ts';
import { PROGRAM_DEFAULTS } from '../domain/programs/program-defaults.ts';
import { NO_CHANNEL, NO_WORKSPACE } from '../domain/programs/program-to-come.ts';
import { cleanLine } from '../domain/text/clean-text.ts';
import { DEFAULT_AREAS } from '../domain/vocabulary.ts';
import type { ImportRun } from './import-history.ts';

/** Where to import to: a workspace id and a program's name, each needed only where there are several. */
export type Destination = { workspaceId?: string; programName?: string; defaultArea?: string };

/**
 * The program that an import goes to. A database without any gets one, which has no channel and so no rituals. Throws a
 * Refusal that names the choices where the destination is not clear.
 */
export async function programToImportTo(
  db: Db,
  wanted: Destination,
  now: Date,
): Promise<{ program: Program; isNew: boolean }> {
  const workspaces = await listWorkspaces(db);
  const known =
    workspaces.find(({ id }) => id === wanted.workspaceId) ?? (wanted.workspaceId ? undefined : workspaces[0]);
  if (!wanted.workspaceId && workspaces.length > 1) {
    throw new Refusal(
      `There are several workspaces. Choose one with --workspace: ${workspaces.map(({ id }) => id).join(', ')}.`,
    );
  }
  const workspaceId = known?.id ?? wanted.workspaceId ?? NO_WORKSPACE;
  const programs = await listPrograms(db, workspaceId);
  if (programs.length > 0) return { program: choose(programs, wanted.programName), isNew: false };
  const program = await db.transaction(async (tx) => {
    if (!known)
      await upsertWorkspace(tx, { id: workspaceId, name: workspaceId, botUserId: 'UBURNDOWN', createdAt: now });
    const started = await insertProgram(tx, {
      workspaceId,
      name: cleanLine(wanted.programName, 100) || 'Stability',
      nameFollowsChannel: false,
      channelId: NO_CHANNEL,
      timeZone: 'UTC',
      workingDays: [...PROGRAM_DEFAULTS.workingDays],
      holidays: [],
      leadIds: [],
      facilitatorIds: [],
      halfLifeDays: PROGRAM_DEFAULTS.halfLifeDays,
      agendaLimit: PROGRAM_DEFAULTS.agendaLimit,
      trancheWeeks: PROGRAM_DEFAULTS.trancheWeeks,
      isDefault: true,
      createdAt: now,
    });
    await insertAreas(tx, started.id, DEFAULT_AREAS);
    return started;
  });
  return { program, isNew: true };
}

function choose(programs: readonly Program[], name: string | undefined): Program {
  if (name === undefined) {
    const only = programs.find(({ isDefault }) => isDefault) ?? programs[0];
    if (only) return only;
  }
  const named = programs.find((program) => program.name.toLowerCase() === name?.trim().toLowerCase());
  if (named) return named;
  throw new Refusal(`There is no program "${name}". There is: ${programs.map((one) => one.name).join(', ')}.`);
}

/** A run that puts rows of unknown areas into the default one, and counts them by the name they had. */
export async function startImportRun(
  db: Db,
  program: Program,
  options: {
    defaultArea?: string;
    ownerOf?: ImportRun['ownerOf'];
    isLive?: boolean;
    people?: ReadonlyMap<string, string>;
  } = {},
): Promise<ImportRun & { unknownAreas: Map<string, number> }> {
  const areas = await listAreas(db, program.id);
  const ids = new Map(areas.map(({ id, name }) => [name.toLowerCase(), id]));
  const wanted = options.defaultArea?.trim().toLowerCase();
  const defaultId = wanted === undefined ? areas[0]?.id : ids.get(wanted);
  if (defaultId === undefined) {
    throw new Refusal(
      `There is no area "${options.defaultArea}". There is: ${areas.map(({ name }) => name).join(', ')}.`,
    );
  }
  const botUserId = (await listWorkspaces(db)).find(({ id }) => id === program.workspaceId)?.botUserId;
  const owner = program.leadIds[0] ?? botUserId ?? 'unknown';
  const unknownAreas = new Map<string, number>();
  const areaIdOf = ({ area }: ImportedReport) => {
    const id = area === undefined ? undefined : ids.get(area.toLowerCase());
    if (id === undefined) unknownAreas.set(area ?? '', (unknownAreas.get(area ?? '') ?? 0) + 1);
    return id ?? defaultId;
  };
  return {
    program,
    areaIdOf,
    ownerOf: options.ownerOf ?? (() => owner),
    personOf: ({ assignee }) => personOf(assignee, options.people ?? new Map()),
    isLive: options.isLive ?? false,
    rows: new Map(),
    judgements: [],
    unknownAreas,
  };
}
