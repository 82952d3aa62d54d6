import { type Random, sampleBeta, sampleNormal } from '../stats/random.ts';
import type { FlowWeek } from './forecast.ts';
import { countSampler, type WeeklyCount } from './weekly-counts.ts';

/** How a list may go on: what comes and closes a week, and the share of what closes that comes back. */
export type FlowRates = { arrivals: WeeklyCount; closings: WeeklyCount; relapseShare: number };

/** So many weeks are looked back: with fewer it is hard to tell incidents and weeks that vary from luck. */
export const LOOKBACK_WEEKS = 26;
/** Of what comes back a fifth does so each week. */
export const RETURNS_A_WEEK = 0.2;
// One in ten fixes comes back, before anything is known.
const RELAPSES_BEFORE = { back: 0.5, held: 4.5 };
// Where arrivals vary more than by chance closings mostly do, too: seven of ten pairs that differ are put aside.
const ALIKE = 0.7;
// Most teams close a third more than comes, incidents apart, and three of twenty about as much.
const STANDING = { share: 0.15, mean: 0, width: 0.15 };
const MOVING = { share: 0.85, mean: 0.3, width: 0.3 };
// No ratio is less likely than this beside the most likely, so that a list that only grows is believed after a few weeks.
const ODD = 0.02;
// Nobody goes on exactly as before, least of all where weeks vary: so much times the spread, in logarithms.
const CHANGE = 0.03;

/** Draws ways in which a list may go on, each as likely as the past weeks and what is known of lists make it. */
export function flowSampler(weeks: readonly FlowWeek[], random: Random): () => FlowRates {
  const counts = (of: (week: FlowWeek) => number) => weeks.map(of);
  const drawArrivals = countSampler(
    counts(({ arrived }) => arrived),
    true,
    random,
  );
  const drawClosings = countSampler(
    counts(({ closed }) => closed),
    false,
    random,
  );
  const relapsed = weeks.reduce((sum, week) => sum + week.relapsed, 0);
  const held = Math.max(0, closedLongEnough(weeks) - relapsed);
  return () => {
    for (;;) {
      const [arrivals, closings] = [drawArrivals(), drawClosings()];
      if (arrivals.spread !== closings.spread && random() < ALIKE) continue;
      const relapseShare = sampleBeta(random, relapsed + RELAPSES_BEFORE.back, held + RELAPSES_BEFORE.held);
      const ratio = Math.log((closings.rate * (1 - relapseShare)) / arrivals.rate);
      if (random() >= likelihoodOfRatio(ratio)) continue;
      return { arrivals: changed(arrivals, random), closings: changed(closings, random), relapseShare };
    }
  };
}

/**
 * How many closings the relapses of these weeks came from. What closed before them makes up for what has not come back yet;
 * a program that is younger than the weeks looked back had nothing before.
 */
function closedLongEnough(weeks: readonly FlowWeek[]): number {
  const isYoung = weeks.length < LOOKBACK_WEEKS;
  return weeks.reduce((sum, { closed }, i) => sum + closed * (isYoung ? 1 - unseen(weeks, i) : 1), 0);
}

/** Of what closed in a past week and comes back, the share that has not yet. */
export function unseen(weeks: readonly FlowWeek[], week: number): number {
  return (1 - RETURNS_A_WEEK) ** (weeks.length - 1 - week);
}

/** How likely it is beforehand that closings are so many times arrivals, in logarithms, beside the most likely ratio. */
function likelihoodOfRatio(ratio: number): number {
  return Math.max(ODD, densityOfRatio(ratio) / MOST_DENSITY);
}

function densityOfRatio(ratio: number): number {
  return [STANDING, MOVING].reduce(
    (sum, { share, mean, width }) => sum + (share / width) * Math.exp(-(((ratio - mean) / width) ** 2) / 2),
    0,
  );
}

const MOST_DENSITY = Math.max(...Array.from({ length: 101 }, (_, i) => densityOfRatio((i * MOVING.mean) / 100)));

function changed(count: WeeklyCount, random: Random): WeeklyCount {
  return { ...count, rate: count.rate * Math.exp(CHANGE * count.spread * sampleNormal(random)) };
}
