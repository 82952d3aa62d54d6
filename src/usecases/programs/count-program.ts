import type { Db } from '../../db/engine/client.ts';
import { countDefects, type ProgramCounts } from '../../db/programs/program-counts.ts';
import type { Program } from '../../db/programs/programs.ts';
import { findTriageBefore } from '../../db/triage/triages.ts';

/** The numbers of a headline: what happened after the last triage that was due before an instant, and how it stands. */
export type HeadlineCounts = ProgramCounts & { since: Date | null };

export async function countProgram(
  db: Db,
  program: Program,
  { before, upTo }: { before: Date; upTo: Date },
): Promise<HeadlineCounts> {
  const since = (await findTriageBefore(db, program.id, before))?.openedAt ?? null;
  return { ...(await countDefects(db, program.id, { after: since, upTo })), since };
}
