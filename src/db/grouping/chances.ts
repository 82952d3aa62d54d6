import { eq, sql } from 'drizzle-orm';
import type { ChanceFit } from '../../domain/grouping/chance.ts';
import { type Db, rows } from '../engine/client.ts';
import { textTotals } from '../schema/matching.ts';

/** So many of a program's newest reports are looked through for those of people. */
const LOOKED_THROUGH = 5_000;

/** The programs in which something happened since their chances were fitted, those that wait longest first. */
export async function listProgramsToFit(
  db: Db,
  { fewestReports, limit }: { fewestReports: number; limit: number },
): Promise<number[]> {
  const found = await rows<{ id: number }>(
    db,
    sql`
    select program_id::float8 as id from text_totals totals
    where reports >= ${fewestReports} and (chance_fitted_at is null or exists (
      select 1 from defect_events event where event.program_id = totals.program_id and event.at >= chance_fitted_at
    ))
    order by chance_fitted_at nulls first, program_id limit ${limit}`,
  );
  return found.map(({ id }) => id);
}

/** A report of a person, and the defect that it is part of now. */
export type ReportedTitle = { id: number; defectId: number; title: string; filedAt: Date };

/** The newest reports of people whose words can still be read, none of them invented; the newest first. */
export async function listNewestTitles(db: Db, programId: number, limit: number): Promise<ReportedTitle[]> {
  const found = await rows<{ id: number; defect: number; title: string; filed: number }>(
    db,
    sql`
    select id::float8, defect_id::float8 as defect, title,
      (extract(epoch from filed_at) * 1000)::float8 as filed
    from (
      select id, defect_id, title, filed_at, source, is_sample, words_erased_at from reports
      where program_id = ${programId} order by filed_at desc, id desc limit ${LOOKED_THROUGH}
    ) as newest
    where source in ('slack', 'import') and not is_sample and words_erased_at is null
    order by filed_at desc, id desc limit ${limit}`,
  );
  return found.map(({ id, defect, title, filed }) => ({
    ...{ id, title, defectId: defect, filedAt: new Date(filed) },
  }));
}

/** `fit` is null where the program has too few answers for a chance. */
export async function storeChanceFit(db: Db, programId: number, fit: ChanceFit | null, at: Date): Promise<void> {
  await db
    .update(textTotals)
    .set({ chanceOffset: fit?.offset ?? null, chanceSlope: fit?.slope ?? null, chanceFittedAt: at })
    .where(eq(textTotals.programId, programId));
}
