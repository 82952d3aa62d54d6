import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Db } from '../src/db/engine/client.ts';
import { findLikelyRepeats, type IndexedReport, indexReports, type LikelyRepeat } from '../src/db/grouping/matching.ts';
import { defects, reports } from '../src/db/schema/defects.ts';
import { isLikely } from '../src/domain/grouping/score.ts';
import { DAY_MS } from '../src/domain/time/durations.ts';
import { insertBenchProgram, openBenchDatabase } from './kit/database.ts';
import { halfInterval, quantile, ranking } from './kit/measures.ts';
import { ablate } from './match/ablation.ts';
import { type Baseline, titleDice, titleTrigrams, tsRank } from './match/baselines.ts';
import { learn } from './match/learned.ts';
import { bySilence, type Silence } from './match/silence.ts';

type StreamReport = {
  seq: number;
  created: string | null;
  title: string;
  description: string | null;
  class: string | number | null;
};

const STARTED_AT = new Date(Date.UTC(2026, 0, 1));

/**
 * Streams a file of reports in order through what the bot uses. For each report whose class has an earlier member,
 * ranks all earlier classes; a report without a class is one of its own. With `--ablate` it tells what other ways to score
 * would change, with `--learn` what a team's own merges and refusals teach.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      database: { type: 'string', default: 'postgres' },
      query: { type: 'string', default: 'full' },
      baselines: { type: 'boolean', default: true },
      threshold: { type: 'boolean', default: false },
      ablate: { type: 'boolean', default: false },
      learn: { type: 'boolean', default: false },
    },
    allowNegative: true,
  });
  if (!values.data) throw new Error('Say which reports to stream: --data FILE, one JSON object a line.');
  if (values.query !== 'full' && values.query !== 'title') throw new Error('--query is title or full.');
  const stream = (await readFile(values.data, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as StreamReport);
  const { db, close } = await openBenchDatabase(values.database);
  try {
    if (values.ablate || values.learn) {
      const texts = stream.map((report) => ({
        title: report.title,
        description: values.query === 'full' ? (report.description ?? '') : '',
        at: seenAt(report, stream.length).getTime(),
        class: report.class,
      }));
      for (const said of await (values.ablate ? ablate(db, texts) : learn(db, texts))) print(said);
      return;
    }
    const program = await insertBenchProgram(db, STARTED_AT);
    const baselines = values.baselines ? [titleTrigrams(), titleDice(), await tsRank(db)] : [];
    const ways: Way[] = baselines.map((baseline) => ({ name: baseline.name, baseline, ranks: [], ms: [] }));
    const ours: Way = { name: 'what the bot suggests', ranks: [], ms: [] };
    const byFit: number[] = [];
    const silences: Silence[] = [];
    const lastOf = new Map<number, number>();
    const answers: Answer[] = [];
    const known = new Map<string | number, number>();
    let waiting: IndexedReport[] = [];
    for (const report of stream) {
      const { title } = report;
      const at = seenAt(report, stream.length);
      const description = values.query === 'full' ? (report.description ?? '') : '';
      const right = report.class === null ? undefined : known.get(report.class);
      if (right !== undefined || values.threshold) {
        await indexReports(db, waiting);
        waiting = [];
        const started = performance.now();
        const found = await findLikelyRepeats(db, program.programId, {
          title,
          description,
          limit: 1_000,
          now: at,
        });
        const ms = performance.now() - started;
        answers.push({ right, top: found[0] });
        if (right !== undefined) {
          ours.ranks.push(
            rankOf(
              right,
              found.map(({ defectId }) => defectId),
            ),
          );
          ours.ms.push(ms);
          const anyAge = await findLikelyRepeats(db, program.programId, { title, description, limit: 1_000 });
          byFit.push(
            rankOf(
              right,
              anyAge.map(({ defectId }) => defectId),
            ),
          );
          silences.push({ defect: right, days: (at.getTime() - (lastOf.get(right) ?? at.getTime())) / DAY_MS });
          for (const way of ways) await measure(way, right, title, description);
        }
      }
      const defectId = right ?? (await insertDefect(db, program, report));
      if (report.class !== null) known.set(report.class, defectId);
      lastOf.set(defectId, at.getTime());
      waiting.push(await insertReport(db, program, defectId, report, at));
      for (const { add } of baselines) await add(defectId, title, report.description ?? '');
    }
    print(`${stream.length} reports, ${ours.ranks.length} of them repeats; ${values.database}, ${values.query} query`);
    print('  R@1   R@5   R@10  MRR   median ms  p95 ms');
    for (const way of [ours, ...ways]) print(line(way));
    const { recall5 } = ranking(ours.ranks);
    print(`95 % interval of R@5: +-${halfInterval(recall5, ours.ranks.length).toFixed(1)} points`);
    for (const said of bySilence(ours.ranks, byFit, silences)) print(said);
    if (values.threshold) printThreshold(answers);
  } finally {
    await close();
  }
}

/** A stream without dates is taken as five years of an even flow. */
function seenAt({ created, seq }: StreamReport, count: number): Date {
  const known = Date.parse(created ?? '');
  return new Date(Number.isNaN(known) ? STARTED_AT.getTime() + (seq / count) * 5 * 365 * DAY_MS : known);
}

type Way = { name: string; baseline?: Baseline; ranks: number[]; ms: number[] };
type Answer = { right: number | undefined; top: LikelyRepeat | undefined };
type Place = { programId: number; areaId: number };

async function measure(way: Way, right: number, title: string, description: string): Promise<void> {
  if (!way.baseline) return;
  const started = performance.now();
  const found = await way.baseline.rank(title, description);
  way.ms.push(performance.now() - started);
  way.ranks.push(rankOf(right, found));
}

function rankOf(right: number, found: readonly number[]): number {
  const at = found.indexOf(right);
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
}

function line({ name, ranks, ms }: Way): string {
  const { recall1, recall5, recall10, mrr } = ranking(ranks);
  const shares = [recall1, recall5, recall10, mrr].map((share) => share.toFixed(3)).join(' ');
  return `${shares} ${quantile(ms, 0.5).toFixed(1).padStart(8)} ${quantile(ms, 0.95).toFixed(1).padStart(8)}   ${name}`;
}

/** What `isLikely` would have shown unasked, where there was a repeat to find and where there was none. */
function printThreshold(answers: readonly Answer[]): void {
  const repeats = answers.filter(({ right }) => right !== undefined);
  const others = answers.filter(({ right }) => right === undefined);
  const isRight = ({ right, top }: Answer) => top !== undefined && top.defectId === right;
  const percent = (part: number, of: number) => `${((100 * part) / Math.max(of, 1)).toFixed(1)} %`;
  const asIs = (share: ({ top }: Answer) => boolean, name: string) => {
    const shown = repeats.filter(share);
    const right = percent(shown.filter(isRight).length, shown.length);
    const idle = percent(others.filter(share).length, others.length);
    print(
      `${name}: shown for ${percent(shown.length, repeats.length)} of repeats, right in ${right}; for ${idle} of the rest`,
    );
  };
  asIs(({ top }) => isLikely(top), 'as it is');
  for (const score of [0.15, 0.2, 0.25, 0.3, 0.35, 0.4]) asIs(({ top }) => (top?.score ?? 0) >= score, `from ${score}`);
}

async function insertDefect(db: Db, { programId, areaId }: Place, report: StreamReport): Promise<number> {
  const [row] = await db
    .insert(defects)
    .values({
      programId,
      areaId,
      number: report.seq + 1,
      title: report.title,
      severity: 'S3',
      state: 'new',
      heatLevel: 0,
      firstSeenAt: STARTED_AT,
      lastSeenAt: STARTED_AT,
      createdAt: STARTED_AT,
    })
    .returning({ id: defects.id });
  if (!row) throw new Error('The defect was not inserted.');
  return row.id;
}

async function insertReport(
  db: Db,
  place: Place,
  defectId: number,
  report: StreamReport,
  at: Date,
): Promise<IndexedReport> {
  const [row] = await db
    .insert(reports)
    .values({
      ...place,
      defectId,
      title: report.title,
      description: report.description ?? '',
      severity: 'S3',
      affected: 1,
      supportTickets: 0,
      seenAt: at,
      filedAt: at,
      reporterId: 'U1',
      source: 'import',
      sourceKey: String(report.seq),
      weight: 1,
    })
    .returning({ id: reports.id });
  if (!row) throw new Error('The report was not inserted.');
  return { id: row.id, programId: place.programId, title: report.title, description: report.description ?? '' };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
