import { counted } from '../counted.ts';
import { adjustedPValues } from '../stats/benjamini-hochberg.ts';
import { growthOfCounts } from '../stats/crow-amsaa.ts';
import { dispersion, thinned } from '../stats/dispersion.ts';
import { type Grade, gradeOf, type RateRatio, rateRatio } from '../stats/rate-ratio.ts';

/** How many were counted in how many days. */
export type Period = { count: number; days: number };

export type Trend = { grade: Grade; sentence: string; ratio: RateRatio | undefined };

/** The share of false calls that a digest over many defects puts up with. */
export const FALSE_CALL_SHARE = 0.1;

/**
 * Says in one English sentence whether a rate changed, with both counts and the 95 % interval. The grade is a direction
 * only where the exact interval of the rate ratio leaves out 1; 5 then 0 does not. `dispersionFactor` above 1 widens the
 * interval for counts that come in bursts. Without days on either side the grade is "no clear change".
 */
export function compareRates(before: Period, after: Period, noun = 'report', dispersionFactor = 1): Trend {
  const ratio = rateRatio({
    before: thinned({ count: before.count, exposure: before.days }, dispersionFactor),
    after: thinned({ count: after.count, exposure: after.days }, dispersionFactor),
  });
  if (!ratio) return { grade: 'no clear change', sentence: 'Nothing to compare with yet.', ratio };
  return { grade: ratio.grade, sentence: rateSentence(ratio.grade, ratio, before, after, noun), ratio };
}

/** The same from weekly counts, widened where the weeks of the two sides vary more than chance allows. */
export function compareWeeks(before: readonly number[], after: readonly number[], noun = 'report'): Trend {
  return compareRates(totalOf(before), totalOf(after), noun, withinDispersion(before, after));
}

/**
 * Grades many defects at once: a direction is kept only where it also survives the correction of Benjamini and Hochberg
 * over all of them, so that at most a tenth of the named changes are chance.
 */
export function gradeTogether<T extends { before: Period; after: Period }>(
  items: readonly T[],
  noun = 'report',
): (T & { trend: Trend })[] {
  const trends = items.map(({ before, after }) => compareRates(before, after, noun));
  const adjusted = adjustedPValues(trends.map(({ ratio }) => ratio?.p ?? 1));
  return items.map((item, i) => {
    const trend = trends[i] ?? compareRates(item.before, item.after, noun);
    if (!trend.ratio || trend.grade === 'no clear change' || (adjusted[i] ?? 1) <= FALSE_CALL_SHARE) {
      return { ...item, trend };
    }
    const grade: Grade = 'no clear change';
    return { ...item, trend: { ...trend, grade, sentence: manySentence(item.before, item.after, noun) } };
  });
}

/**
 * `billing 0.71 [0.55-0.92]: arrivals slowing`: Crow-AMSAA beta of weekly counts with its 95 % interval, widened for
 * bursts. A beta below 1 means that reports arrive ever more rarely. Under four reports there is no verdict.
 */
export function growthWords(area: string, weeklyCounts: readonly number[]): { grade: Grade; sentence: string } {
  const weeks = weeklyCounts.map((count, i) => ({ end: i + 1, count }));
  const half = Math.floor(weeklyCounts.length / 2);
  const model = growthOfCounts(weeks, withinDispersion(weeklyCounts.slice(0, half), weeklyCounts.slice(half)));
  if (!model) {
    const total = weeklyCounts.reduce((sum, count) => sum + count, 0);
    const seen = `${counted(total, 'report')} in ${counted(weeklyCounts.length, 'week')}`;
    return { grade: 'no clear change', sentence: `${area}: no verdict from ${seen}` };
  }
  const { low, high } = model.betaInterval;
  const grade = gradeOf(model.betaInterval);
  const interval = `${ratioWords(model.beta)} [${ratioWords(low)}-${ratioWords(high)}]`;
  return { grade, sentence: `${area} ${interval}: ${GROWTH_WORDS[grade]}` };
}

const GROWTH_WORDS: Record<Grade, string> = {
  fewer: 'arrivals slowing',
  more: 'arrivals speeding up',
  'no clear change': 'no clear change',
};

/** A ratio with two decimals; never rounded onto the 1 that separates fewer from more. */
export function ratioWords(ratio: number): string {
  if (!Number.isFinite(ratio)) return 'any';
  const rounded = ratio >= 100 ? ratio.toFixed(0) : ratio.toFixed(2);
  if (rounded !== '1.00' || ratio === 1) return rounded;
  return ratio < 1 ? 'just under 1' : 'just over 1';
}

function rateSentence(grade: Grade, ratio: RateRatio, before: Period, after: Period, noun: string): string {
  const counts = countsWords(before, after, noun);
  const { low, high } = ratio.interval;
  if (before.count + after.count === 0) return `No clear change: no ${noun} in either period.`;
  const interval = Number.isFinite(high)
    ? `95 % interval ${ratioWords(low)} to ${ratioWords(high)}`
    : `95 % sure: at least ${ratioWords(low)} times`;
  if (grade === 'no clear change') {
    const isWide = low === 0 || high / low > 4;
    return `No clear change${isWide ? ' yet' : ''}: ${counts} (ratio ${ratioOrNone(ratio)}, ${interval}).`;
  }
  const lead = grade === 'fewer' ? 'Fewer' : 'More';
  return `${lead} ${noun}s: ${counts} (ratio ${ratioOrNone(ratio)}, ${interval}).`;
}

function manySentence(before: Period, after: Period, noun: string): string {
  return `No clear change yet: ${countsWords(before, after, noun)}; among so many defects a change like this comes by chance.`;
}

function ratioOrNone({ ratio }: RateRatio): string {
  return Number.isFinite(ratio) ? ratioWords(ratio) : 'from none';
}

function countsWords(before: Period, after: Period, noun: string): string {
  if (before.days === after.days) {
    return `${before.count} then ${counted(after.count, noun)}, in ${spanWords(after.days)} each`;
  }
  return `${counted(before.count, noun)} in ${spanWords(before.days)}, then ${after.count} in ${spanWords(after.days)}`;
}

function spanWords(days: number): string {
  return days >= 14 && days % 7 === 0 ? counted(days / 7, 'week') : counted(Math.round(days), 'day');
}

function totalOf(weeks: readonly number[]): Period {
  return { count: weeks.reduce((sum, count) => sum + count, 0), days: 7 * weeks.length };
}

/** The spread of weeks around their own side's mean, so that a real change is not mistaken for bursts. */
function withinDispersion(before: readonly number[], after: readonly number[]): number {
  const sides = [before, after].map((weeks) => dispersion(weeks.map((count) => ({ count, exposure: 1 }))));
  const df = sides.reduce((sum, side) => sum + (side?.df ?? 0), 0);
  const factor = sides.reduce((sum, side) => sum + (side ? side.factor * side.df : 0), 0) / df;
  return df > 0 ? Math.max(1, factor) : 1;
}
