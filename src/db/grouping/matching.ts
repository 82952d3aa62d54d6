import { sql } from 'drizzle-orm';
import { chanceOf, evidenceOf } from '../../domain/grouping/chance.ts';
import { keepPlaceForBestFit } from '../../domain/grouping/kept-place.ts';
import { LINKED_SCORE, rareTerms, rareWords, type ScoredReport, scoreReports } from '../../domain/grouping/score.ts';
import { countWords } from '../../domain/grouping/words.ts';
import { type Db, rows } from '../engine/client.ts';
import { findCommonTerms } from './common-terms.ts';
import { findCandidates, findQueryTerms } from './matching-candidates.ts';

/** What matching reads of a report. */
export type IndexedReport = { id: number; programId: number; title: string; description: string };

/**
 * Makes the reports of one program findable. Call it once for each report, last in the transaction that inserts it: it
 * locks the program's totals until the commit.
 */
export async function indexReports(tx: Db, reports: readonly IndexedReport[]): Promise<void> {
  const programId = reports[0]?.programId;
  if (programId === undefined) return;
  const found = reports.flatMap(({ id, title, description }) =>
    [...countWords(title, description)].map(([word, count]) => [id, word, count.title, count.description]),
  );
  await tx.execute(sql`
    insert into text_totals as old (program_id, reports, title_words, description_words)
    values (${programId}, ${reports.length}, 0, 0)
    on conflict (program_id) do update set reports = old.reports + excluded.reports`);
  await tx.execute(sql`
    with words as materialized (
      select (w->>0)::bigint as report_id, w->>1 as word, (w->>2)::int as in_title, (w->>3)::int as in_description
      from jsonb_array_elements(${JSON.stringify(found)}::text::jsonb) as w
    ), stems as materialized (
      select word, (ts_lexize('english_stem', word))[1] as term from (select distinct word from words) as once
    ), counts as materialized (
      select report_id, term, sum(in_title)::int as in_title, sum(in_description)::int as in_description
      from words join stems using (word) where term is not null group by report_id, term
    ), lengths as materialized (
      select report_id, sum(in_title) as of_title, sum(in_description) as of_description from counts group by report_id
    ), totals as (
      update text_totals set
        title_words = title_words + coalesce((select sum(of_title) from lengths), 0),
        description_words = description_words + coalesce((select sum(of_description) from lengths), 0)
      where program_id = ${programId}
    ), known as (
      insert into terms as old (program_id, term, report_count)
      select ${programId}, term, count(*) from counts group by term order by term
      on conflict (program_id, term) do update set report_count = old.report_count + excluded.report_count
      returning id, term
    )
    insert into report_terms (report_id, term_id, title_count, description_count, title_length, description_length)
    select report_id, known.id, in_title, in_description, of_title, of_description
    from counts join known using (term) join lengths using (report_id)`);
}

/** Forgets reports that go, as if they had never been indexed. A report that only moves to another defect needs nothing. */
export async function unindexReports(tx: Db, programId: number, reportIds: readonly number[]): Promise<void> {
  const ids = JSON.stringify(reportIds);
  await tx.execute(sql`select 1 from text_totals where program_id = ${programId} for update`);
  await tx.execute(sql`
    with gone as (
      delete from report_terms
      where report_id in (select value::bigint from jsonb_array_elements_text(${ids}::text::jsonb))
      returning term_id, title_count, description_count
    ), totals as (
      update text_totals set
        reports = reports - jsonb_array_length(${ids}::text::jsonb),
        title_words = title_words - coalesce((select sum(title_count) from gone), 0),
        description_words = description_words - coalesce((select sum(description_count) from gone), 0)
      where program_id = ${programId}
    )
    update terms set report_count = report_count - fewer.reports
    from (select term_id, count(*) as reports from gone group by term_id) as fewer
    where terms.id = fewer.term_id`);
}

/**
 * What is being reported, as far as it is known yet. `excludeDefectId` is the defect that a repeat is looked for.
 * The area decides between equal scores only: as part of the score it helped no stream it was measured on.
 */
export type RepeatQuery = {
  title: string;
  description?: string;
  areaId?: number;
  excludeDefectId?: number;
  limit?: number;
  /** When it is being reported: what was seen lately then comes first among equals. */
  now?: Date;
  /** Only what was reported before this report is looked at. */
  beforeReportId?: number;
};

/** A defect that the text may be a repeat of. `words` are the rarest that both share, as they were typed. */
export type LikelyRepeat = {
  defectId: number;
  number: number;
  title: string;
  /** 0 to 1; 1 is a defect that a person has linked with the excluded one. */
  score: number;
  words: string[];
  reportCount: number;
  lastSeenAt: Date;
  /** What speaks for the first suggestion, and how likely that is by the program's own answers; null of all others. */
  evidence: number | null;
  chance: number | null;
};

const SHOWN_WORDS = 4;
/** So many reports are looked at for reasons; those further down are offered to nobody who did not ask. */
const REASONED = 12;

/**
 * The defects that a text may be a repeat of, the likeliest first, with one place kept for what fits best however old it
 * is. A defect scores as its best report, a merged one answers as its target, and what a person has linked or told apart
 * wins over every score.
 */
export async function findLikelyRepeats(db: Db, programId: number, query: RepeatQuery): Promise<LikelyRepeat[]> {
  const { terms, corpus, fit } = await findQueryTerms(db, programId, countWords(query.title, query.description ?? ''));
  const excluded = query.excludeDefectId ?? null;
  const links = excluded === null ? NO_LINKS : await findLinks(db, programId, excluded);
  const candidates = await findCandidates(db, terms, corpus, {
    excludeDefectId: excluded,
    beforeReportId: query.beforeReportId,
  });
  const scored = scoreReports(query.title, terms, corpus, candidates, query.now);
  const reasons = scored
    .slice(0, REASONED)
    .flatMap(({ shared }) => rareTerms(shared, corpus).slice(0, 2 * SHOWN_WORDS));
  const common = await findCommonTerms(db, programId, reasons);
  const targets = new Map<number, Target>(candidates.map(({ defect }) => [defect.defectId, defect]));
  const elsewhere = candidates.filter(({ defect }) => defect.isMerged).map(({ defectId }) => defectId);
  for (const [asked, target] of await findTargets(db, [...new Set([...links.together, ...elsewhere])])) {
    targets.set(asked, target);
  }
  const best = new Map<number, Ranked>();
  const offer = (defectId: number, { score, newness, rank }: Scored, words: string[]) => {
    const target = targets.get(defectId);
    if (!target || target.defectId === excluded) return;
    if (links.apart.has(target.defectId) || links.apart.has(defectId)) return;
    const known = best.get(target.defectId);
    best.set(
      target.defectId,
      known
        ? { ...known, score: Math.max(known.score, score), newness: Math.max(known.newness, newness) }
        : { ...target, score, newness, rank, words },
    );
  };
  for (const defectId of links.together) offer(defectId, LINKED, []);
  for (const one of scored) offer(one.defectId, one, rareWords(one.shared, corpus, SHOWN_WORDS, common));
  const byRank = [...best.values()].sort(
    (a, b) => compare(b.rank, a.rank) || Number(b.areaId === query.areaId) - Number(a.areaId === query.areaId),
  );
  const placed = keepPlaceForBestFit(byRank);
  // What a person has linked is no guess.
  const evidence = placed[0]?.rank === LINKED.rank ? null : evidenceOf(placed);
  const chance = evidence === null || fit === null ? null : chanceOf(evidence, fit);
  return placed
    .slice(0, query.limit ?? 5)
    .map(({ defectId, number, title, reportCount, lastSeenAt, score, words }, nth) => ({
      ...{ defectId, number, title, reportCount, lastSeenAt, score, words },
      evidence: nth === 0 ? evidence : null,
      chance: nth === 0 ? chance : null,
    }));
}

/** As by subtraction, which two infinities do not take. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

type Links = { together: ReadonlySet<number>; apart: ReadonlySet<number> };
const NO_LINKS: Links = { together: new Set(), apart: new Set() };

/** What people have decided about this defect and others. */
async function findLinks(db: Db, programId: number, defectId: number): Promise<Links> {
  const found = await rows<{ other: number; verdict: string }>(
    db,
    sql`select (a_id + b_id - ${defectId}::bigint)::float8 as other, verdict from groupings
      where program_id = ${programId} and (a_id = ${defectId} or b_id = ${defectId}) order by other`,
  );
  const of = (verdict: string) => new Set(found.filter((one) => one.verdict === verdict).map(({ other }) => other));
  return { together: of('must_link'), apart: of('cannot_link') };
}

type Target = Pick<LikelyRepeat, 'defectId' | 'number' | 'title' | 'reportCount' | 'lastSeenAt'> & { areaId: number };
type Scored = Pick<ScoredReport, 'score' | 'newness' | 'rank'>;
type Ranked = Target & Scored & Pick<LikelyRepeat, 'words'>;
const LINKED: Scored = { score: LINKED_SCORE, newness: 0, rank: Number.POSITIVE_INFINITY };

type TargetRow = {
  asked: number;
  id: number;
  area: number;
  number: number;
  title: string;
  count: number;
  seen: number;
};

/** What each of these defects has been merged into in the end, or itself. */
async function findTargets(db: Db, defectIds: readonly number[]): Promise<Map<number, Target>> {
  if (defectIds.length === 0) return new Map();
  const found = await rows<TargetRow>(
    db,
    sql`
    with recursive chain(asked, id) as (
      select value::bigint, value::bigint from jsonb_array_elements_text(${JSON.stringify(defectIds)}::text::jsonb)
      union
      select chain.asked, into_id from chain cross join lateral (
        select merged_into_id as into_id from defects where defects.id = chain.id limit 1
      ) as step where into_id is not null
    )
    select asked::float8, id::float8, area_id::float8 as area, number, title, report_count as count,
      (extract(epoch from last_seen_at) * 1000)::float8 as seen
    from chain cross join lateral (
      select area_id, number, title, report_count, last_seen_at, merged_into_id
      from defects where defects.id = chain.id limit 1
    ) as target where merged_into_id is null`,
  );
  return new Map(
    found.map(({ asked, id, area, number, title, count, seen }) => [
      asked,
      { defectId: id, areaId: area, number, title, reportCount: count, lastSeenAt: new Date(seen) },
    ]),
  );
}

/** The defect that reports with this fingerprint belong to, by the newest of them, or null. */
export async function findByFingerprint(db: Db, programId: number, fingerprint: string): Promise<number | null> {
  const [row] = await rows<{ id: number }>(
    db,
    sql`select defect_id::float8 as id from reports where program_id = ${programId} and fingerprint = ${fingerprint}
      order by id desc limit 1`,
  );
  if (!row) return null;
  return (await findTargets(db, [row.id])).get(row.id)?.defectId ?? null;
}
