import type { Db } from '../../db/engine/client.ts';
import { countDefects, type ProgramCounts } from '../../db/programs/program-counts.ts';
import type { Program } from '../../db/programs/programs.ts';
import { findTriageBefore } from '../../db/triage/triages.ts';
import { localDateOn } from '../../domain/time/working-time.ts';

/** The numbers of the headline. New and regressed count from `since`, or from the last triage where it is left out. */
export async function countProgram(
  db: Db,
  program: Program,
  { now, since }: { now: Date; since?: Date | null },
): Promise<ProgramCounts> {
  const from = since === undefined ? ((await findTriageBefore(db, program.id, now))?.openedAt ?? null) : since;
  return countDefects(db, program.id, { since: from, todayOn: localDateOn(now, program.timeZone) });
}
