import type { Db } from '../db/client.ts';
import { type Area, findProgram, findProgramFor, listAreas, type Program } from '../db/programs.ts';
import { Refusal } from '../domain/refusal.ts';

export type { Area } from '../db/programs.ts';
export { listAreas };

/** The program of a channel, or the workspace's default one. */
export async function programOf(db: Db, workspaceId: string, channelId?: string): Promise<Program> {
  const { program } = await programAndAreasOf(db, workspaceId, channelId);
  return program;
}

export type ProgramAndAreas = { program: Program; areas: Area[] };

/** The same with its areas. */
export async function programAndAreasOf(db: Db, workspaceId: string, channelId?: string): Promise<ProgramAndAreas> {
  const found = await findProgramFor(db, workspaceId, channelId);
  if (found) return found;
  throw new Refusal('There is no program in this workspace yet. Invite me to a channel and I will start one there.');
}

/** A program that a message or form of ours named. The workspace it came from must own it. */
export async function programNamed(db: Db, workspaceId: string, programId: number): Promise<Program> {
  const program = await findProgram(db, workspaceId, programId);
  if (!program) throw new Refusal('This message is of a program that is no longer here.');
  return program;
}
