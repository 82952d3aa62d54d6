import { lgamma } from '../stats/kernel.ts';
import { type Random, sampleBeta, sampleNormal } from '../stats/random.ts';
import type { FlowWeek } from './forecast.ts';

/** A weekly count with mean `rate` and variance `spread * rate`. */
export type WeeklyCount = { rate: number; spread: number };

/** How a list may go on: what comes and closes a week, and the share of what closes that comes back. */
export type FlowRates = { arrivals: WeeklyCount; closings: WeeklyCount; relapseShare: number };

const RATES = 60;
/** The variance of weekly counts over their mean, and how likely each is before anything is known. */
const SPREADS: readonly (readonly [spread: number, weight: number])[] = [
  [1, 0.5],
  [1.5, 0.2],
  [2, 0.12],
  [3, 0.09],
  [5, 0.06],
  [8, 0.03],
];
// One in ten fixes comes back, before anything is known.
const RELAPSES_BEFORE = { back: 0.5, held: 4.5 };
// Most teams close about as much as comes in: a fifth of lists is taken to keep within a sixth of that.
const STANDING = { share: 0.2, width: 0.15 };
const MOVING = { width: 0.4 };
// Nobody goes on exactly as before: a year brings another sixth more or less of each.
const CHANGE = 0.15;

/** Draws ways in which a list may go on, each as likely as the past weeks and what is known of lists make it. */
export function flowSampler(weeks: readonly FlowWeek[], random: Random): () => FlowRates {
  const total = (of: (week: FlowWeek) => number) => weeks.reduce((sum, week) => sum + of(week), 0);
  const drawArrivals = countSampler(
    weeks.map(({ arrived }) => arrived),
    random,
  );
  const drawClosings = countSampler(
    weeks.map(({ closed }) => closed),
    random,
  );
  const relapsed = total(({ relapsed: back }) => back);
  const held = Math.max(0, total(({ closed }) => closed) - relapsed);
  const changed = ({ rate, spread }: WeeklyCount) => ({ rate: rate * Math.exp(CHANGE * sampleNormal(random)), spread });
  return () => {
    for (;;) {
      const [arrivals, closings] = [drawArrivals(), drawClosings()];
      const relapseShare = sampleBeta(random, relapsed + RELAPSES_BEFORE.back, held + RELAPSES_BEFORE.held);
      const ratio = Math.log((closings.rate * (1 - relapseShare)) / arrivals.rate);
      if (random() < likelihoodOfRatio(ratio))
        return { arrivals: changed(arrivals), closings: changed(closings), relapseShare };
    }
  };
}

/**
 * How likely it is beforehand that closings are so many times arrivals, in logarithms, as a share of the most likely ratio.
 * The tails are Cauchy's, so that a list that only grows is believed after a few weeks, and drawn after few tries.
 */
function likelihoodOfRatio(ratio: number): number {
  const standing = (STANDING.share / STANDING.width) * Math.exp(-((ratio / STANDING.width) ** 2) / 2);
  const moving = (1 - STANDING.share) / MOVING.width / (1 + (ratio / MOVING.width) ** 2);
  return (standing + moving) / (STANDING.share / STANDING.width + (1 - STANDING.share) / MOVING.width);
}

/** Draws the rate and the spread of weekly counts: negative binomial, with rates alike on a logarithmic scale beforehand. */
function countSampler(counts: readonly number[], random: Random): () => WeeklyCount {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const [low, high] = [Math.log((mean + 0.2) / 12), Math.log((mean + 0.5) * 5)];
  const cells = SPREADS.flatMap(([spread, weight]) =>
    Array.from({ length: RATES }, (_, i) => {
      const rate = Math.exp(low + ((i + 0.5) / RATES) * (high - low));
      return { rate, spread, ln: Math.log(weight) + lnLikelihood(counts, rate, spread) };
    }),
  );
  const most = Math.max(...cells.map(({ ln }) => ln));
  let sum = 0;
  const sums = cells.map(({ ln }) => {
    sum += Math.exp(ln - most);
    return sum;
  });
  const width = (high - low) / RATES;
  return () => {
    const wanted = random() * sum;
    const cell = cells[lowerBound(sums, wanted)] ?? cells[0];
    if (!cell) throw new RangeError('There is no rate to draw.');
    return { rate: cell.rate * Math.exp((random() - 0.5) * width), spread: cell.spread };
  };
}

function lnLikelihood(counts: readonly number[], rate: number, spread: number): number {
  if (spread === 1) return counts.reduce((sum, n) => sum + n * Math.log(rate) - rate - lgamma(n + 1), 0);
  const shape = rate / (spread - 1);
  const lnShare = Math.log(1 - 1 / spread);
  const atZero = -lgamma(shape) - shape * Math.log(spread);
  return counts.reduce((sum, n) => sum + lgamma(n + shape) - lgamma(n + 1) + n * lnShare + atZero, 0);
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
