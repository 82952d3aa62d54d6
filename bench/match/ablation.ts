import { sql } from 'drizzle-orm';
import { type Db, rows } from '../../src/db/engine/client.ts';
import { splitWords } from '../../src/domain/grouping/words.ts';
import { bootstrapDifference, type Difference } from '../kit/bootstrap.ts';
import { ranking } from '../kit/measures.ts';
import { ranker, type Stem, type StreamText, variantsOf } from './variants.ts';

export type StreamReport = StreamText & { class: string | number | null };

/**
 * What each part of the ranking is worth, and what others would bring: every variant ranks the same stream, exactly and in
 * memory, and is told by its paired difference from what the bot does. One line a variant.
 */
export async function ablate(db: Db, stream: readonly StreamReport[]): Promise<string[]> {
  const [bot, ...others] = variantsOf({ english: await stemmer(db, stream) });
  const groups: (string | number)[] = [];
  const base = ranksOf(ranker(bot), stream, groups);
  const { recall1, recall5, recall10, mrr } = ranking(base);
  const shares = [recall1, recall5, recall10, mrr].map((share) => share.toFixed(3)).join(' ');
  const lines = [
    `as it is, exactly: ${shares} (R@1 R@5 R@10 MRR)`,
    'differences from it, with 95 % intervals (paired bootstrap over defects), in points',
  ];
  for (const variant of others) {
    const ranks = ranksOf(ranker(variant), stream, []);
    const difference = (of: (rank: number) => number) =>
      bootstrapDifference(
        ranks.map((rank, i) => 100 * (of(rank) - of(base[i] ?? Number.POSITIVE_INFINITY))),
        groups,
      );
    const [inFive, reciprocal] = [difference((rank) => (rank <= 5 ? 1 : 0)), difference((rank) => 1 / rank)];
    lines.push(
      `${variant.name.padEnd(36)} R@5 ${words(inFive)}   MRR ${words(reciprocal)}   ${verdict(inFive, reciprocal)}`,
    );
  }
  return lines;
}

function ranksOf(
  { add, rank }: ReturnType<typeof ranker>,
  stream: readonly StreamReport[],
  groups: (string | number)[],
): number[] {
  const defects = new Map<string | number, number>();
  const ranks: number[] = [];
  for (const [seq, report] of stream.entries()) {
    const right = report.class === null ? undefined : defects.get(report.class);
    if (right !== undefined && report.class !== null) {
      const at = rank(report).indexOf(right);
      ranks.push(at < 0 ? Number.POSITIVE_INFINITY : at + 1);
      groups.push(report.class);
    }
    if (report.class !== null && right === undefined) defects.set(report.class, seq);
    add(report, right ?? seq);
  }
  return ranks;
}

/** The database's own stems, asked for once; none for a word that it leaves out. */
export async function stemmer(db: Db, stream: readonly StreamReport[]): Promise<Stem> {
  const all = [...new Set(stream.flatMap(({ title, description }) => splitWords(`${title} ${description}`)))];
  const found = await rows<{ word: string; stem: string | null }>(
    db,
    sql`select word, (ts_lexize('english_stem', word))[1] as stem
      from jsonb_array_elements_text(${JSON.stringify(all)}::text::jsonb) as word`,
  );
  const stems = new Map(found.map(({ word, stem }) => [word, stem ?? undefined]));
  return (word) => stems.get(word);
}

export function words({ mean, low, high }: Difference): string {
  const signed = (value: number) => `${value < 0 ? '' : '+'}${value.toFixed(1)}`.padStart(5);
  return `${signed(mean)} [${signed(low)}, ${signed(high)}]`;
}

export function verdict(...differences: Difference[]): string {
  if (differences.some(({ high }) => high < 0)) return 'worse';
  return differences.some(({ low }) => low > 0) ? 'better' : 'inside the noise';
}
