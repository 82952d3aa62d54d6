import { sql } from 'drizzle-orm';
import type { ChanceFit } from '../../domain/grouping/chance.ts';
import {
  type Candidate,
  type Corpus,
  damping,
  type QueryTerm,
  TITLE_WEIGHT,
  termWeight,
} from '../../domain/grouping/score.ts';
import type { WordCounts } from '../../domain/grouping/words.ts';
import { type Db, rows } from '../engine/client.ts';

/** Postings read for one term, the newest first; a term with more says little about any one report. */
const MOST_POSTINGS_A_TERM = 1_500;
/** Postings read for one query, the rarest terms first. */
const MOST_POSTINGS = 5_000;
const MOST_REPORTS = 200;
const MOST_REPORTS_A_DEFECT = 3;
const MOST_CANDIDATES = 80;

/** The stems of a text with how many of the program's reports use each, and the program's totals. A stem that none uses has the term id 0. */
export async function findQueryTerms(
  db: Db,
  programId: number,
  words: WordCounts,
): Promise<{ terms: QueryTerm[]; corpus: Corpus; fit: ChanceFit | null }> {
  const asked = [...words].map(([word, { title, description }]) => [word, title, description]);
  const found = await rows<{
    id: number;
    words: string;
    title: number;
    description: number;
    reports: number;
    all_reports: number | null;
    all_title: number | null;
    all_description: number | null;
    chance_offset: number | null;
    chance_slope: number | null;
  }>(
    db,
    sql`
    with stems as (
      select (ts_lexize('english_stem', w->>0))[1] as term, string_agg(w->>0, ' ' order by nth) as words,
        sum((w->>1)::int)::int as title, sum((w->>2)::int)::int as description
      from jsonb_array_elements(${JSON.stringify(asked)}::text::jsonb) with ordinality as asked(w, nth) group by 1
    )
    select coalesce(id, 0)::float8 as id, words, title, description, coalesce(report_count, 0) as reports,
      totals.reports as all_reports, totals.title_words::float8 as all_title,
      totals.description_words::float8 as all_description, totals.chance_offset, totals.chance_slope
    from stems left join text_totals totals on totals.program_id = ${programId} left join lateral (
      select id, report_count from terms where program_id = ${programId} and terms.term = stems.term limit 1
    ) as known on true
    where stems.term is not null order by stems.term collate "C"`,
  );
  const [totals] = found;
  const { chance_offset: offset = null, chance_slope: slope = null } = totals ?? {};
  return {
    fit: offset === null || slope === null ? null : { offset, slope },
    corpus: {
      reports: totals?.all_reports ?? 0,
      titleWords: totals?.all_title ?? 0,
      descriptionWords: totals?.all_description ?? 0,
    },
    terms: found.map((term) => ({
      termId: term.id,
      words: term.words.split(' '),
      titleCount: term.title,
      descriptionCount: term.description,
      reportCount: term.reports,
    })),
  };
}

/** The reports that share the rarest of these terms, at most three of a defect, with all their postings of the terms. */
export async function findCandidates(
  db: Db,
  terms: readonly QueryTerm[],
  corpus: Corpus,
  { excludeDefectId, beforeReportId }: { excludeDefectId: number | null; beforeReportId?: number | undefined },
): Promise<FoundReport[]> {
  const known = terms.filter((term) => term.reportCount > 0);
  if (known.length === 0) return [];
  const probes = withinBudget(known).map((term) => [term.termId, termWeight(term, corpus)]);
  const { base, perWord } = damping(corpus);
  const earlier = beforeReportId === undefined ? sql`` : sql`and report_id < ${beforeReportId}::bigint`;
  const found = await rows<CandidateRow>(
    db,
    sql`
    with probes as materialized (
      select (p->>0)::bigint as term_id, (p->>1)::float8 as weight
      from jsonb_array_elements(${JSON.stringify(probes)}::text::jsonb) as p
    ), known as materialized (
      select value::bigint as term_id from jsonb_array_elements_text(${JSON.stringify(known.map(termIdOf))}::text::jsonb)
    ), best as materialized (
      -- In millionths, so that the order of the addends cannot tell one database from the other.
      select report_id, (1e6 * sum(weight * (count / (count + damped))))::bigint as score
      from probes cross join lateral (
        select report_id, (${TITLE_WEIGHT}::float8 * title_count + description_count) as count,
          ${base}::float8 + ${perWord}::float8 * (${TITLE_WEIGHT}::float8 * title_length + description_length) as damped
        from report_terms
        where report_terms.term_id = probes.term_id ${earlier} order by report_id desc limit ${MOST_POSTINGS_A_TERM}
      ) as posting
      where report_id not in (select id from reports where defect_id = ${excludeDefectId}::bigint)
      group by report_id order by score desc, report_id limit ${MOST_REPORTS}
    ), placed as (
      select best.report_id, best.score, reports.defect_id, reports.title, reports.seen_at,
        row_number() over (partition by reports.defect_id order by best.score desc, best.report_id) as nth
      from best join reports on reports.id = best.report_id
    ), chosen as materialized (
      select report_id, defect_id, title, seen_at from placed
      where nth <= ${MOST_REPORTS_A_DEFECT} order by score desc, report_id limit ${MOST_CANDIDATES}
    )
    select report_id::float8 as report, chosen.title, (extract(epoch from chosen.seen_at) * 1000)::float8 as at, used.*, defect_id::float8 as defect, target.*
    from chosen cross join lateral (
      select min(title_length) as title_length, min(description_length) as description_length,
        array_agg(term_id order by term_id)::text as terms,
        array_agg(title_count order by term_id)::text as in_title,
        array_agg(description_count order by term_id)::text as in_description
      from (
        -- The offset keeps the planner from walking all the postings of the common terms instead.
        select term_id, title_count, description_count, title_length, description_length
        from report_terms where report_terms.report_id = chosen.report_id offset 0
      ) as all_of_it join known using (term_id)
    ) as used cross join lateral (
      select number, title as name, area_id::float8 as area, report_count as count,
        (extract(epoch from last_seen_at) * 1000)::float8 as seen, merged_into_id is not null as merged
      from defects where defects.id = chosen.defect_id limit 1
    ) as target`,
  );
  return found.map(toCandidate);
}

export type FoundReport = Candidate & { defect: MatchedDefect };

/** What is told of a defect that is suggested. `isMerged`: its reports are on their way to another one. */
export type MatchedDefect = {
  defectId: number;
  areaId: number;
  number: number;
  title: string;
  reportCount: number;
  lastSeenAt: Date;
  isMerged: boolean;
};

type CandidateRow = {
  report: number;
  at: number;
  defect: number;
  title: string;
  title_length: number;
  description_length: number;
  terms: string;
  in_title: string;
  in_description: string;
  number: number;
  name: string;
  area: number;
  count: number;
  seen: number;
  merged: boolean;
};

const termIdOf = ({ termId }: QueryTerm) => termId;

// The rarest terms first, for as long as reading them stays within the budget; the rarest one always.
function withinBudget(terms: readonly QueryTerm[]): QueryTerm[] {
  let read = 0;
  return [...terms]
    .sort((a, b) => a.reportCount - b.reportCount || a.termId - b.termId)
    .filter((term, nth) => {
      read += Math.min(term.reportCount, MOST_POSTINGS_A_TERM);
      return nth === 0 || read <= MOST_POSTINGS;
    });
}

function toCandidate(row: CandidateRow): FoundReport {
  const inTitle = numbers(row.in_title);
  const inDescription = numbers(row.in_description);
  return {
    reportId: row.report,
    defectId: row.defect,
    title: row.title,
    seenAt: new Date(row.at),
    titleLength: row.title_length,
    descriptionLength: row.description_length,
    defect: {
      defectId: row.defect,
      areaId: row.area,
      number: row.number,
      title: row.name,
      reportCount: row.count,
      lastSeenAt: new Date(row.seen),
      isMerged: row.merged,
    },
    postings: numbers(row.terms).map((termId, nth) => ({
      termId,
      titleCount: inTitle[nth] ?? 0,
      descriptionCount: inDescription[nth] ?? 0,
    })),
  };
}

// '{1,2,3}' as PostgreSQL prints an array; both drivers would parse the array itself, each in its own way.
function numbers(array: string): number[] {
  return array.slice(1, -1).split(',').map(Number);
}
