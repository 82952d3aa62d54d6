import { sql } from 'drizzle-orm';
import { isCommon, type QueryTerm } from '../../domain/grouping/score.ts';
import { type Db, rows } from '../engine/client.ts';

/** The newest reports looked at for one word. */
const SAMPLED = 20;
const MOST_TERMS = 40;

/** Those of these terms that so many of the program's defects use that they tell none of them; the rarest are looked at. */
export async function findCommonTerms(
  db: Db,
  programId: number,
  terms: readonly QueryTerm[],
): Promise<ReadonlySet<number>> {
  const asked = new Map(terms.filter(({ reportCount }) => reportCount > 2).map((term) => [term.termId, term]));
  const looked = [...asked.values()].sort((a, b) => a.reportCount - b.reportCount || a.termId - b.termId);
  if (looked.length === 0) return new Set();
  const ids = JSON.stringify(looked.slice(0, MOST_TERMS).map(({ termId }) => termId));
  const found = await rows<{ term: number; sampled: number; defects: number; all_defects: number }>(
    db,
    sql`
    select asked.term_id::float8 as term, sampled, spread.defects,
      (select coalesce(max(number), 0) from defects where program_id = ${programId})::float8 as all_defects
    from (select value::bigint as term_id from jsonb_array_elements_text(${ids}::text::jsonb)) as asked
    cross join lateral (
      select count(*)::int as sampled, count(distinct defect_id)::int as defects
      from (
        select report_id from report_terms where report_terms.term_id = asked.term_id
        order by report_id desc limit ${SAMPLED}
      ) as posting join reports on reports.id = posting.report_id
    ) as spread`,
  );
  return new Set(
    found
      .filter((one) => isCommon(asked.get(one.term)?.reportCount ?? 0, one, one.all_defects))
      .map(({ term }) => term),
  );
}
