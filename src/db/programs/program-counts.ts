import { sql } from 'drizzle-orm';
import { type Db, rows } from '../engine/client.ts';
import { instant } from '../engine/instant.ts';
import { defectEvents, defects } from '../schema/defects.ts';

/** How a program stands, and what has happened in a window. */
export type ProgramCounts = {
  open: number;
  unowned: number;
  /** Reported, or split off another, in the window. */
  new: number;
  /** Proven before and open again. */
  cameBack: number;
  failed: number;
  /** Fixes that have ended only a part. */
  reduced: number;
};

/** @param window what happened after an instant, null for ever, and up to another; the rest is as it stands */
export async function countDefects(
  db: Db,
  programId: number,
  window: { after: Date | null; upTo: Date },
): Promise<ProgramCounts> {
  const [standing] = await rows<Pick<ProgramCounts, 'open' | 'unowned'>>(
    db,
    sql`select count(*)::int as "open", count(*) filter (where owner_id is null)::int as "unowned"
        from ${defects} where program_id = ${programId} and state in ('new', 'accepted', 'claimed')`,
  );
  const [happened] = await rows<Pick<ProgramCounts, 'new' | 'cameBack' | 'failed' | 'reduced'>>(
    db,
    sql`select count(distinct defect_id) filter (where kind in ('reported', 'split'))::int as "new",
               count(distinct defect_id) filter (where kind = 'regressed')::int as "cameBack",
               count(*) filter (where kind = 'failed')::int as "failed",
               count(*) filter (where kind = 'reduced')::int as "reduced"
        from ${defectEvents}
        where program_id = ${programId} and at > ${window.after?.toISOString() ?? '-infinity'}::timestamptz
          and at <= ${instant(window.upTo)}`,
  );
  return { ...{ open: 0, unowned: 0, new: 0, cameBack: 0, failed: 0, reduced: 0 }, ...standing, ...happened };
}
