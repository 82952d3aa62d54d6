import { DAY_MS } from '../time/durations.ts';
import type { Severity } from '../vocabulary.ts';

const SEVERITY_WEIGHT: Record<Severity, number> = { S1: 8, S2: 4, S3: 2, S4: 1 };

/** The zero of forward decay. Any fixed instant gives the same order; this one keeps the numbers small. */
export const HEAT_EPOCH = new Date(Date.UTC(2020, 0, 1));

export type Impact = { severity: Severity; affected: number; supportTickets: number };

/** Weight of one report in impact points: severityWeight * (1 + ln(1 + affected)) + supportTickets. */
export function reportWeight({ severity, affected, supportTickets }: Impact): number {
  return SEVERITY_WEIGHT[severity] * (1 + Math.log(1 + affected)) + supportTickets;
}

export type WeightedReport = { weight: number; seenAt: Date };

/**
 * Forward decay (Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009): `L = log2(sum of w * 2^((t - epoch) / h))`.
 * The order by L is the order by heat at every instant. No reports give -Infinity.
 */
export function heatLevel(reports: readonly WeightedReport[], halfLifeDays: number): number {
  return reports.reduce((level, report) => addToHeatLevel(level, report, halfLifeDays), Number.NEGATIVE_INFINITY);
}

/** The level after one more report, by log-sum-exp. */
export function addToHeatLevel(level: number, { weight, seenAt }: WeightedReport, halfLifeDays: number): number {
  return addLevels(level, Math.log2(weight) + (seenAt.getTime() - HEAT_EPOCH.getTime()) / (halfLifeDays * DAY_MS));
}

/** The level of two sets of reports together. */
export function addLevels(one: number, other: number): number {
  const high = Math.max(one, other);
  const low = Math.min(one, other);
  return low === Number.NEGATIVE_INFINITY ? high : high + Math.log2(1 + 2 ** (low - high));
}

/** Heat in impact points at an instant: sum of w * 2^(-(t - t_r) / h). */
export function heatAt(level: number, at: Date, halfLifeDays: number): number {
  return 2 ** (level - (at.getTime() - HEAT_EPOCH.getTime()) / (halfLifeDays * DAY_MS));
}

/** The harm a week in impact points, the number that people see: heat * 7 ln2 / h. */
export function harmPerWeek(heat: number, halfLifeDays: number): number {
  return (heat * 7 * Math.LN2) / halfLifeDays;
}

/** One report's share of the harm a week, as `why` lists it. The shares add up to the defect's harm. */
export function harmOfReport({ weight, seenAt }: WeightedReport, at: Date, halfLifeDays: number): number {
  const heat = weight * 2 ** (-(at.getTime() - seenAt.getTime()) / (halfLifeDays * DAY_MS));
  return harmPerWeek(heat, halfLifeDays);
}

/** `rankLevel` is the heat level less the halvings that its silence costs (`quietHalvings`). */
export type Ranked = { rankLevel: number; regressedAt: Date | null; firstSeenAt: Date; number: number };

/** By rank level, then regressed before new, then the older first, then the lower number. */
export function byRankThenRegressedThenAge(a: Ranked, b: Ranked): number {
  return (
    compareNumbers(b.rankLevel, a.rankLevel) ||
    compareNumbers(Number(b.regressedAt !== null), Number(a.regressedAt !== null)) ||
    compareNumbers(a.firstSeenAt.getTime(), b.firstSeenAt.getTime()) ||
    compareNumbers(a.number, b.number)
  );
}

// Subtraction would give NaN for two defects without reports, whose level is -Infinity.
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
