import { sql } from 'drizzle-orm';
import { type Db, rows } from '../../src/db/engine/client.ts';
import { trigramSimilarity, trigrams } from '../../src/domain/grouping/trigrams.ts';
import { splitWords } from '../../src/domain/grouping/words.ts';

/** A simpler way to rank, measured beside ours: defects best first. */
export type Baseline = {
  name: string;
  add: (defectId: number, title: string, description: string) => Promise<void>;
  rank: (title: string, description: string) => Promise<number[]>;
};

/** The share of words that two titles have in common: 2 * shared / (words of both). */
export function titleDice(): Baseline {
  return overTitles('Dice of title words', (title) => new Set(splitWords(title)), dice);
}

/** Trigram similarity of titles, as `similarity()` of pg_trgm. */
export function titleTrigrams(): Baseline {
  return overTitles('trigrams of titles', (title) => trigrams(splitWords(title)), trigramSimilarity);
}

/** PostgreSQL's own ranking over any of the words: `ts_rank`, title weighted A, description D. */
export async function tsRank(db: Db): Promise<Baseline> {
  await db.execute(sql`create table baseline_texts (defect_id bigint, vector tsvector)`);
  await db.execute(sql`create index on baseline_texts using gin (vector)`);
  return {
    name: 'ts_rank over any word',
    add: async (defectId, title, description) => {
      await db.execute(sql`insert into baseline_texts values (${defectId},
        setweight(to_tsvector('english', ${title}), 'A') || setweight(to_tsvector('english', ${description}), 'D'))`);
    },
    rank: async (title, description) => {
      const found = await rows<{ id: number }>(
        db,
        sql`
        with asked as (
          select string_agg(quote_literal(lexeme), ' | ')::tsquery as query
          from unnest(to_tsvector('english', ${`${title} ${description}`}))
        )
        select defect_id::float8 as id from baseline_texts, asked where vector @@ query
        group by defect_id order by max(ts_rank(vector, query)) desc, defect_id`,
      );
      return found.map(({ id }) => id);
    },
  };
}

function overTitles(
  name: string,
  read: (title: string) => Set<string>,
  similarity: (a: Set<string>, b: Set<string>) => number,
): Baseline {
  const known: { defectId: number; set: Set<string> }[] = [];
  return {
    name,
    add: async (defectId, title) => {
      known.push({ defectId, set: read(title) });
    },
    rank: async (title) => {
      const asked = read(title);
      const best = new Map<number, number>();
      for (const { defectId, set } of known) {
        best.set(defectId, Math.max(best.get(defectId) ?? 0, similarity(asked, set)));
      }
      return [...best].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([defectId]) => defectId);
    },
  };
}

function dice(a: Set<string>, b: Set<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return (2 * shared) / (a.size + b.size || 1);
}
