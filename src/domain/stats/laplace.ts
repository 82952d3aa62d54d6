import { chiSquareUpperTail, normalCdf } from './kernel.ts';

export type TrendTest = {
  /** Standard normal under a constant rate; negative when events grow rarer. */
  score: number;
  /** Two-sided. */
  p: number;
  /** One-sided evidence that events grow rarer. */
  pFewer: number;
};

/**
 * Laplace's trend test on counts of equal periods (the score of Cox and Lewis, "The Statistical Analysis of Series of
 * Events", 1966): U = sum of (i - (k+1)/2) n_i / sqrt(N (k^2 - 1) / 12). A dispersion factor above 1 shrinks the score.
 * `undefined` below four events or three periods, where the normal approximation says nothing.
 */
export function laplaceOfCounts(counts: readonly number[], dispersionFactor = 1): TrendTest | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const k = counts.length;
  if (k < 3 || total < 4) return undefined;
  const moment = counts.reduce((sum, count, i) => sum + (i + 1 - (k + 1) / 2) * count, 0);
  return trendTest(moment / Math.sqrt((total * (k * k - 1) * dispersionFactor) / 12));
}

/**
 * Laplace's trend test on instants: times since observation began, in any unit, and the end of observation in the same
 * unit. U = (sum of t_i - n T/2) / (T sqrt(n/12)) (NIST/SEMATECH e-Handbook 8.2.3.4). `undefined` below four events.
 */
export function laplaceOfTimes(times: readonly number[], end: number): TrendTest | undefined {
  const n = times.length;
  if (n < 4 || !(end > 0)) return undefined;
  const sum = times.reduce((total, time) => total + time, 0);
  return trendTest((sum - (n * end) / 2) / (end * Math.sqrt(n / 12)));
}

/**
 * The MIL-HDBK-189 trend test: 2 * sum of ln(T / t_i) is chi-square with 2n degrees of freedom under a constant rate and
 * large when events grow rarer; exact for any n. An event at time 0 carries infinite evidence, so times must be above 0.
 * `undefined` without events.
 */
export function militaryHandbookTest(
  times: readonly number[],
  end: number,
): { chiSquare: number; df: number; pFewer: number } | undefined {
  if (times.length === 0 || !(end > 0)) return undefined;
  const chiSquare = 2 * times.reduce((sum, time) => sum + Math.log(end / time), 0);
  const df = 2 * times.length;
  return { chiSquare, df, pFewer: chiSquareUpperTail(chiSquare, df) };
}

/**
 * The reverse arrangement test (NIST/SEMATECH e-Handbook 8.2.3.4): how many pairs of gaps grow. Many reversals mean that
 * events grow rarer; the score is standard normal for about ten events or more. `undefined` below four.
 */
export function reverseArrangements(
  times: readonly number[],
): { reversals: number; pairs: number; score: number } | undefined {
  const n = times.length;
  if (n < 4) return undefined;
  const gaps = times.map((time, i) => time - (times[i - 1] ?? 0));
  const reversals = gaps.reduce((sum, gap, i) => sum + gaps.slice(i + 1).filter((later) => later > gap).length, 0);
  const deviation = Math.sqrt(((2 * n + 5) * (n - 1) * n) / 72);
  return { reversals, pairs: (n * (n - 1)) / 2, score: (reversals - (n * (n - 1)) / 4 + 0.5) / deviation };
}

function trendTest(score: number): TrendTest {
  return { score, p: 2 * normalCdf(-Math.abs(score)), pFewer: normalCdf(score) };
}
