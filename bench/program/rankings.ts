import { addToHeatLevel, reportWeight } from '../../src/domain/defects/rank.ts';
import { dayAt, type SimulatedDefect } from './simulated-program.ts';

export const TOP = 10;

export type Ranking = 'heat' | 'all reports' | 'last 28 days';

/** NDCG of the top ten on a day, by the true harm a week of each defect. */
export function gainsOf(defects: readonly SimulatedDefect[], day: number): Record<Ranking, number> | null {
  const known = defects.filter(({ reports }) => reports[0] && reports[0].filedAt <= dayAt(day));
  const harm = (defect: SimulatedDefect) =>
    7 *
    (defect.rates[day] ?? 0) *
    1.35 *
    reportWeight({ severity: defect.severity, affected: defect.affected, supportTickets: 0.2 });
  const best = discounted(topOf(known, harm).map(harm));
  if (best === 0) return null;
  const of = (score: (defect: SimulatedDefect) => number) => discounted(topOf(known, score).map(harm)) / best;
  return {
    heat: of((one) => levelAt(one, day)),
    'all reports': of((one) => countSince(one, 0, day)),
    'last 28 days': of((one) => countSince(one, day - 28, day)),
  };
}

function levelAt({ reports }: SimulatedDefect, day: number): number {
  const now = dayAt(day);
  return reports.reduce(
    (level, report) =>
      report.filedAt <= now
        ? addToHeatLevel(level, { weight: reportWeight(report), seenAt: report.seenAt }, 28)
        : level,
    Number.NEGATIVE_INFINITY,
  );
}

export function countSince({ reports }: SimulatedDefect, from: number, day: number): number {
  const [after, upTo] = [dayAt(from), dayAt(day)];
  return reports.filter(({ filedAt }) => filedAt > after && filedAt <= upTo).length;
}

export function topOf(
  defects: readonly SimulatedDefect[],
  score: (defect: SimulatedDefect) => number,
): SimulatedDefect[] {
  return defects
    .map((defect) => ({ defect, score: score(defect) }))
    .sort((a, b) => b.score - a.score || a.defect.id - b.defect.id)
    .map(({ defect }) => defect);
}

function discounted(harms: readonly number[]): number {
  return harms.slice(0, TOP).reduce((sum, harm, i) => sum + harm / Math.log2(i + 2), 0);
}
