import type { TransitionKind } from '../defects/lifecycle.ts';
import { type Random, sampleBinomial, sampleGamma, sampleNormal, samplePoisson } from '../stats/random.ts';
import { dayWords } from '../time/day-words.ts';
import { WEEK_MS } from '../time/durations.ts';
import type { TransitionCount } from './burndown.ts';
import { flowSampler, type WeeklyCount } from './flow-rates.ts';

/** What one past week brought and took: arrivals open a defect, closings end one, relapses are closed ones that came back. */
export type FlowWeek = { arrived: number; closed: number; relapsed: number };

/** What these transitions brought to the list and took from it. */
export function flowOf(counts: readonly TransitionCount[]): FlowWeek {
  const flow = { arrived: 0, closed: 0, relapsed: 0 };
  for (const { kind, from, count } of counts) {
    const isReopened = kind === 'taken_back' && (from === 'risk_accepted' || from === 'dismissed');
    if (ARRIVING.includes(kind) || isReopened) flow.arrived += count;
    else if (CLOSING.includes(kind)) flow.closed += count;
    else if (kind === 'regressed') flow.relapsed += count;
  }
  return flow;
}

const ARRIVING: readonly TransitionKind[] = ['reported', 'split', 'reopened', 'unmerged'];
const CLOSING: readonly TransitionKind[] = ['proven', 'merged', 'risk_accepted', 'dismissed'];

export type ForecastInput = {
  openNow: number;
  /** Be under this many open. */
  target: number;
  /** Whole past weeks, oldest first; the last twelve are used. */
  weeks: readonly FlowWeek[];
  now: Date;
  timeZone: string;
  random: Random;
};

export type Forecast = {
  kind: 'already' | 'by' | 'unclear' | 'never' | 'unknown';
  /** The first week's end from which on the wanted certainty holds; only for `by`. */
  at: Date | undefined;
  /** How sure it is at `at`, or a year from now for `unclear` and `never`; `undefined` for `already` and `unknown`. */
  certainty: number | undefined;
  sentence: string;
};

const FORECAST_CERTAINTY = 0.8;
// Said of a list that gets there after all it would discourage for nothing.
const MOST_CHANCE_OF_NEVER = 0.1;
export const HORIZON_WEEKS = 52;
const LOOKBACK_WEEKS = 12;
// Of what comes back a fifth does so each week.
const RETURNS_A_WEEK = 0.2;
const MIN_WEEKS = 4;
const RUNS = 1000;
// Where none of so many is under the target in any week, a tenth of all would be with a chance of 3 in 100,000.
const HOPELESS_RUNS = 100;

/**
 * When will the list be under the target? Plays the coming year a thousand times. Each run draws its own weekly rates of
 * arrival and closing, how much their counts vary, and the share of fixes that come back, each as likely as the last twelve
 * weeks make it, so that a short past makes a wide future. Weeks that went well were partly lucky: a list that stands
 * still is likely beforehand (`flowSampler`).
 * `by` names the first week from which on at least 80 % of the runs are under the target until the year ends; without one
 * it is `never` where at most 10 % of the runs end under it, else `unclear`. `unknown` with under four past weeks, or with
 * nothing closed and nothing arrived in them.
 */
export function forecastOpen(input: ForecastInput): Forecast {
  const { openNow, target, now, timeZone } = input;
  const weeks = input.weeks.slice(-LOOKBACK_WEEKS);
  const under = `under ${target} open`;
  if (openNow < target) {
    return { kind: 'already', at: undefined, certainty: undefined, sentence: `Already ${under}: ${openNow} now.` };
  }
  const moved = weeks.reduce((sum, { arrived, closed }) => sum + arrived + closed, 0);
  if (weeks.length < MIN_WEEKS || moved === 0) {
    const why = weeks.length < MIN_WEEKS ? `${weeks.length} of the ${MIN_WEEKS} weeks needed` : 'nothing moved';
    return { kind: 'unknown', at: undefined, certainty: undefined, sentence: `Too early to say when: ${why}.` };
  }
  const shares = sharesUnderTarget(input, weeks);
  const lastMiss = shares.findLastIndex((share) => share < FORECAST_CERTAINTY);
  const week = lastMiss + 1;
  if (week >= shares.length) {
    const certainty = shares.at(-1) ?? 0;
    const kind = certainty <= MOST_CHANCE_OF_NEVER ? 'never' : 'unclear';
    const sentence =
      kind === 'never'
        ? `At this pace you will not get ${under} within a year.`
        : `Whether you get ${under} within a year is open: the chance is about ${Math.round(100 * certainty)} %.`;
    return { kind, at: undefined, certainty, sentence };
  }
  const at = new Date(now.getTime() + (week + 1) * WEEK_MS);
  const sentence = `80 % sure to be ${under} by ${dayWords(at, timeZone)}.`;
  return { kind: 'by', at, certainty: shares[week], sentence };
}

/** The share of runs that are under the target at the end of each coming week. */
function sharesUnderTarget({ openNow, target, random }: ForecastInput, weeks: readonly FlowWeek[]): number[] {
  const under = new Array<number>(HORIZON_WEEKS).fill(0);
  const draw = flowSampler(weeks, random);
  for (let run = 0; run < RUNS; run++) {
    if (run === HOPELESS_RUNS && under.every((runs) => runs === 0)) break;
    const { arrivals, closings, relapseShare } = draw();
    let failing = failingNow(weeks, relapseShare, random);
    let open = openNow;
    for (let week = 0; week < HORIZON_WEEKS; week++) {
      const back = sampleBinomial(random, failing, RETURNS_A_WEEK);
      open += sampleCount(random, arrivals) + back;
      const done = Math.min(open, sampleCount(random, closings));
      open -= done;
      failing += sampleBinomial(random, done, relapseShare) - back;
      if (open < target) bump(under, week);
    }
  }
  return under.map((runs) => runs / RUNS);
}

/** How many of those that closed in the past weeks will still come back. */
function failingNow(weeks: readonly FlowWeek[], relapseShare: number, random: Random): number {
  return weeks.reduce((sum, { closed }, i) => {
    const unseen = (1 - RETURNS_A_WEEK) ** (weeks.length - 1 - i);
    return sum + sampleBinomial(random, closed, relapseShare * unseen);
  }, 0);
}

/** A weekly count with variance `spread * mean`: Poisson, or gamma-mixed Poisson where the spread is above 1. */
function sampleCount(random: Random, { rate: mean, spread }: WeeklyCount): number {
  const rate = spread <= 1 ? mean : sampleGamma(random, mean / (spread - 1)) * (spread - 1);
  // Above this the normal is close enough for a forecast, and its cost does not grow.
  if (rate > 30) return Math.max(0, Math.round(rate + Math.sqrt(rate) * sampleNormal(random)));
  return samplePoisson(random, rate);
}

function bump(counts: number[], index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
