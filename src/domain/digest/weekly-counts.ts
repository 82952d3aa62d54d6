import { lgamma } from '../stats/kernel.ts';
import { type Random, sampleGamma, sampleNormal, samplePoisson } from '../stats/random.ts';

/** A weekly count with mean `rate` and variance `spread * rate`, and so many incidents a week on top. */
export type WeeklyCount = { rate: number; spread: number; incidents: number };

const RATES = 40;
/** The variance of weekly counts over their mean, and how likely each is before anything is known. */
const SPREADS: readonly (readonly [spread: number, weight: number])[] = [
  [1, 0.7],
  [1.5, 0.05],
  [2, 0.08],
  [3, 0.1],
  [5, 0.05],
  [8, 0.02],
];
/** Incidents a week, and how likely each is beforehand: weeks that have not seen one yet do not say that none comes. */
const INCIDENTS: readonly (readonly [rate: number, weight: number])[] = [
  [0, 0.5],
  [1 / 16, 0.35],
  [1 / 8, 0.15],
];
const NO_INCIDENTS: typeof INCIDENTS = [[0, 1]];
/** An incident brings so many at once, each size as likely. */
const SIZES = { least: 6, most: 14 };
const ALL_SIZES = SIZES.most - SIZES.least + 1;
// Beside more a week than this an incident is a week like any other.
const MOST_FOR_INCIDENTS = 30;

/** Draws a count, Poisson or gamma-mixed Poisson where the spread is above 1, with what an incident brings. */
export function sampleCount(random: Random, { rate: mean, spread, incidents }: WeeklyCount): number {
  const brought = incidents > 0 && random() < incidents ? SIZES.least + Math.floor(random() * ALL_SIZES) : 0;
  const rate = spread <= 1 ? mean : sampleGamma(random, mean / (spread - 1)) * (spread - 1);
  // Above this the normal is close enough for a forecast, and its cost does not grow.
  if (rate > 30) return brought + Math.max(0, Math.round(rate + Math.sqrt(rate) * sampleNormal(random)));
  return brought + samplePoisson(random, rate);
}

/**
 * Draws what weekly counts may rest on, each as likely as the counts make it: a negative binomial whose rates are alike on a
 * logarithmic scale beforehand, mixed with incidents where there may be some.
 */
export function countSampler(counts: readonly number[], mayHaveIncidents: boolean, random: Random): () => WeeklyCount {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const [low, high] = [Math.log((mean + 0.2) / 8), Math.log((mean + 0.5) * 4)];
  const width = (high - low) / RATES;
  const kinds = mayHaveIncidents && mean <= MOST_FOR_INCIDENTS ? INCIDENTS : NO_INCIDENTS;
  const cells = SPREADS.flatMap(([spread, weight]) =>
    Array.from({ length: RATES }, (_, i) => Math.exp(low + (i + 0.5) * width)).flatMap((rate) => {
      const likelihoods = lnLikelihoods(counts, rate, spread, kinds);
      return kinds.map(([incidents, share], kind) => {
        const ln = Math.log(weight * share) + (likelihoods[kind] ?? Number.NEGATIVE_INFINITY);
        return { rate, spread, incidents, ln };
      });
    }),
  );
  const most = Math.max(...cells.map(({ ln }) => ln));
  let sum = 0;
  const sums = cells.map(({ ln }) => {
    sum += Math.exp(ln - most);
    return sum;
  });
  return () => {
    const cell = cells[lowerBound(sums, random() * sum)] ?? cells[0];
    if (!cell) throw new RangeError('There is no rate to draw.');
    const { rate, spread, incidents } = cell;
    return { rate: rate * Math.exp((random() - 0.5) * width), spread, incidents };
  };
}

/** The logarithm of how likely the counts are, for each rate of incidents. */
function lnLikelihoods(counts: readonly number[], rate: number, spread: number, kinds: typeof INCIDENTS): number[] {
  if (kinds.length === 1) return [counts.reduce((sum, count) => sum + lnChance(count, rate, spread), 0)];
  const chances = chancesUpTo(Math.max(...counts), rate, spread);
  const pairs = counts.map((count) => {
    const [from, to] = [Math.max(0, count - SIZES.most), count - SIZES.least + 1];
    const brought = to <= from ? 0 : chances.slice(from, to).reduce((sum, chance) => sum + chance, 0) / ALL_SIZES;
    return { plain: chances[count] ?? 0, brought };
  });
  return kinds.map(([incidents]) =>
    pairs.reduce((sum, { plain, brought }) => sum + Math.log((1 - incidents) * plain + incidents * brought), 0),
  );
}

/** The chances of 0, 1, 2 and so on up to a count. */
function chancesUpTo(most: number, rate: number, spread: number): number[] {
  const chances = [Math.exp(lnChance(0, rate, spread))];
  const [shape, share] = [rate / (spread - 1), 1 - 1 / spread];
  for (let n = 0; n < most; n++) {
    const ratio = spread === 1 ? rate : (n + shape) * share;
    chances.push(((chances[n] ?? 0) * ratio) / (n + 1));
  }
  return chances;
}

function lnChance(count: number, rate: number, spread: number): number {
  if (spread === 1) return count * Math.log(rate) - rate - lgamma(count + 1);
  const shape = rate / (spread - 1);
  const ways = lgamma(count + shape) - lgamma(shape) - lgamma(count + 1);
  return ways + count * Math.log(1 - 1 / spread) - shape * Math.log(spread);
}

/** The first place whose sum is at least `wanted`. */
function lowerBound(sums: readonly number[], wanted: number): number {
  let [from, to] = [0, sums.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sums[middle] ?? 0) < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
}
