import { and, asc, eq, inArray, isNull, notExists, or, sql } from 'drizzle-orm';
import { NO_CHANNEL, NO_WORKSPACE } from '../../domain/programs/program-to-come.ts';
import type { Db } from '../engine/client.ts';
import { installations } from '../schema/installations.ts';
import { areas, programs, workspaces } from '../schema/workspaces.ts';

export type Workspace = typeof workspaces.$inferSelect;
export type Program = typeof programs.$inferSelect;
export type Area = typeof areas.$inferSelect;

export async function upsertWorkspace(db: Db, workspace: typeof workspaces.$inferInsert): Promise<Workspace> {
  const [row] = await db
    .insert(workspaces)
    .values(workspace)
    .onConflictDoUpdate({
      target: workspaces.id,
      set: { name: workspace.name, botUserId: workspace.botUserId },
    })
    .returning();
  return mustBe(row);
}

export async function findWorkspace(db: Db, id: string): Promise<Workspace | null> {
  const [row] = await db.select().from(workspaces).where(eq(workspaces.id, id));
  return row ?? null;
}

/** Remembers that Slack refused its own chart blocks in a workspace. */
export async function markNativeChartsRefused(db: Db, id: string, at: Date): Promise<void> {
  await db.update(workspaces).set({ nativeChartsRefusedAt: at }).where(eq(workspaces.id, id));
}

export async function listWorkspaces(db: Db): Promise<Workspace[]> {
  return db.select().from(workspaces).orderBy(asc(workspaces.id));
}

export async function insertProgram(db: Db, program: typeof programs.$inferInsert): Promise<Program> {
  const [row] = await db.insert(programs).values(program).returning();
  return mustBe(row);
}

export async function findProgram(db: Db, workspaceId: string, id: number): Promise<Program | null> {
  const [row] = await db
    .select()
    .from(programs)
    .where(and(eq(programs.workspaceId, workspaceId), eq(programs.id, id)));
  return row ?? null;
}

export async function findProgramByChannel(db: Db, workspaceId: string, channelId: string): Promise<Program | null> {
  const [row] = await db
    .select()
    .from(programs)
    .where(and(eq(programs.workspaceId, workspaceId), eq(programs.channelId, channelId)));
  return row ?? null;
}

/**
 * A program that holds what was imported before any started: of this workspace, or of none yet; held until the end. Where
 * several workspaces install the app, what is of none is nobody's.
 */
export async function findProgramToCome(tx: Db, workspaceId: string): Promise<Program | null> {
  const [row] = await tx
    .select()
    .from(programs)
    .where(
      and(
        or(
          eq(programs.workspaceId, workspaceId),
          and(eq(programs.workspaceId, NO_WORKSPACE), notExists(tx.select().from(installations))),
        ),
        eq(programs.channelId, NO_CHANNEL),
      ),
    )
    .orderBy(asc(programs.id))
    .limit(1)
    .for('no key update');
  return row ?? null;
}

/** Takes away the workspace that stood for one to come, once nothing is left in it. */
export async function deleteEmptyWorkspace(tx: Db, id: string): Promise<void> {
  await tx
    .delete(workspaces)
    .where(
      and(
        eq(workspaces.id, id),
        sql`not exists (select 1 from ${programs} where ${programs.workspaceId} = ${workspaces.id})`,
      ),
    );
}

export async function findDefaultProgram(db: Db, workspaceId: string): Promise<Program | null> {
  const [row] = await db
    .select()
    .from(programs)
    .where(and(eq(programs.workspaceId, workspaceId), eq(programs.isDefault, true)))
    .orderBy(asc(programs.id))
    .limit(1);
  return row ?? null;
}

export type ProgramAndAreas = { program: Program; areas: Area[] };

/** All programs of a workspace, each with the areas that are in use in their order: one round trip. */
export async function listProgramsAndAreas(db: Db, workspaceId: string): Promise<ProgramAndAreas[]> {
  const found = await db
    .select({ program: programs, area: areas })
    .from(programs)
    .leftJoin(areas, and(eq(areas.programId, programs.id), isNull(areas.retiredIntoId)))
    .where(eq(programs.workspaceId, workspaceId))
    .orderBy(asc(programs.id), asc(areas.position), asc(areas.id));
  const byProgram = new Map<number, ProgramAndAreas>();
  for (const { program, area } of found) {
    const one = byProgram.get(program.id) ?? { program, areas: [] };
    if (area) one.areas.push(area);
    byProgram.set(program.id, one);
  }
  return [...byProgram.values()];
}

export async function listPrograms(db: Db, workspaceId?: string): Promise<Program[]> {
  return db
    .select()
    .from(programs)
    .where(workspaceId ? eq(programs.workspaceId, workspaceId) : undefined)
    .orderBy(asc(programs.id));
}

export async function listProgramsById(db: Db, ids: readonly number[]): Promise<Map<number, Program>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select()
    .from(programs)
    .where(inArray(programs.id, [...ids]));
  return new Map(found.map((program) => [program.id, program]));
}

/** Held against other writers until the transaction ends. */
export async function lockProgram(tx: Db, id: number): Promise<Program> {
  const [row] = await tx.select().from(programs).where(eq(programs.id, id)).for('no key update');
  return mustBe(row);
}

export async function updateProgram(
  db: Db,
  id: number,
  patch: Partial<typeof programs.$inferInsert>,
): Promise<Program> {
  const [row] = await db.update(programs).set(patch).where(eq(programs.id, id)).returning();
  return mustBe(row);
}

/** Takes the next defect number of a program. The row lock makes it gapless and unique. */
export async function claimNumber(tx: Db, programId: number): Promise<number> {
  return claimNumbers(tx, programId, 1);
}

/** Takes as many numbers as are asked for, in a row, and answers the first. */
export async function claimNumbers(tx: Db, programId: number, count: number): Promise<number> {
  const [row] = await tx
    .update(programs)
    .set({ nextNumber: sql`${programs.nextNumber} + ${count}` })
    .where(eq(programs.id, programId))
    .returning({ next: programs.nextNumber });
  return mustBe(row).next - count;
}

/** Gives back the numbers above the highest that is in use, down to one that was next before. */
export async function releaseNumbers(tx: Db, programId: number, from: number): Promise<void> {
  await tx
    .update(programs)
    .set({
      nextNumber: sql`greatest(${from}::int, (select coalesce(max(number), 0) + 1 from defects where program_id = ${programId}))`,
    })
    .where(eq(programs.id, programId));
}

export async function insertAreas(db: Db, programId: number, names: readonly string[]): Promise<Area[]> {
  return db
    .insert(areas)
    .values(names.map((name, position) => ({ programId, name, position })))
    .returning();
}

/** The areas that are in use, in their order. */
export async function listAreas(db: Db, programId: number): Promise<Area[]> {
  return db
    .select()
    .from(areas)
    .where(and(eq(areas.programId, programId), isNull(areas.retiredIntoId)))
    .orderBy(asc(areas.position), asc(areas.id));
}

/** The row that an insert or update by key has just returned. */
export function mustBe<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('The database returned no row where one must be.');
  return row;
}
