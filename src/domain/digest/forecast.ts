import type { TransitionKind } from '../defects/lifecycle.ts';
import { dispersion } from '../stats/dispersion.ts';
import { type Random, sampleBeta, sampleBinomial, sampleGamma, sampleNormal, samplePoisson } from '../stats/random.ts';
import { dayWords } from '../time/day-words.ts';
import type { TransitionCount } from './burndown.ts';

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
  /** Whole past weeks, oldest first; the last eight are used. */
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

export const FORECAST_CERTAINTY = 0.8;
export const HORIZON_WEEKS = 52;
const LOOKBACK_WEEKS = 8;
const MIN_WEEKS = 4;
const RUNS = 1000;
// Where none of so many is under the target in any week, a fifth of all would be with a chance of 2 in 10 billion.
const HOPELESS_RUNS = 100;
// Eight weeks that went well were partly lucky, so two weeks in which as much closes as arrives are added to the past.
// In simulation the promised 80 % is then kept by 80-85 % of lists; without them by 68-73 %.
const STANDSTILL_WEEKS = 2;
// Up to so many closings a week are played one by one.
const FEW = 50;
const WEEK_MS = 7 * 86_400_000;

/**
 * When will the list be under the target? Plays the coming year a thousand times. Each run draws its own weekly rates of
 * arrival and closing (gamma, Jeffreys' prior) and its share of relapses (beta) from the last eight weeks, so that a short
 * past makes a wide future; counts vary as much as the past weeks did; a relapse returns within eight weeks.
 * `by` names the first week from which on at least 80 % of the runs are under the target until the year ends; without one
 * it is `never` where at most 20 % of the runs end under it, else `unclear`. `unknown` with under four past weeks, or with nothing closed and nothing arrived in them.
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
    const kind = certainty <= 1 - FORECAST_CERTAINTY ? 'never' : 'unclear';
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
  const total = (of: (week: FlowWeek) => number) => weeks.reduce((sum, week) => sum + of(week), 0);
  const [arrived, closed, relapsed] = [total((w) => w.arrived), total((w) => w.closed), total((w) => w.relapsed)];
  const spread = {
    arrived: spreadOf(weeks.map((week) => week.arrived)),
    closed: spreadOf(weeks.map((week) => week.closed)),
  };
  const level = (STANDSTILL_WEEKS * (arrived + closed)) / (2 * weeks.length);
  for (let run = 0; run < RUNS; run++) {
    if (run === HOPELESS_RUNS && under.every((runs) => runs === 0)) break;
    const arrivals = sampleRate(random, arrived + level, weeks.length + STANDSTILL_WEEKS, spread.arrived);
    const closings = sampleRate(random, closed + level, weeks.length + STANDSTILL_WEEKS, spread.closed);
    const relapseShare = sampleBeta(random, relapsed + 0.5, Math.max(0, closed - relapsed) + 0.5);
    const returning = new Array<number>(HORIZON_WEEKS + LOOKBACK_WEEKS + 1).fill(0);
    // A relapse takes four to five weeks of these eight, so about half of the past ones are still to come again.
    for (let i = 0; i < relapsed; i++) if (random() < 0.5) bump(returning, Math.floor(random() * LOOKBACK_WEEKS));
    let open = openNow;
    for (let week = 0; week < HORIZON_WEEKS; week++) {
      open += sampleCount(random, arrivals, spread.arrived) + (returning[week] ?? 0);
      const done = Math.min(open, sampleCount(random, closings, spread.closed));
      open -= done;
      relapse(random, returning, week + 1, done, relapseShare);
      if (open < target) bump(under, week);
    }
  }
  return under.map((runs) => runs / RUNS);
}

/** Some of what closes comes back in one of the eight weeks from `from` on. */
function relapse(random: Random, returning: number[], from: number, closed: number, share: number): void {
  if (closed <= FEW) {
    for (let i = 0; i < closed; i++)
      if (random() < share) bump(returning, from + Math.floor(random() * LOOKBACK_WEEKS));
    return;
  }
  // Which of the weeks each one takes hardly matters to a list so long: all alike, and the rest at random.
  const back = sampleBinomial(random, closed, share);
  const each = Math.floor(back / LOOKBACK_WEEKS);
  for (let week = 0; week < LOOKBACK_WEEKS; week++) returning[from + week] = (returning[from + week] ?? 0) + each;
  for (let i = each * LOOKBACK_WEEKS; i < back; i++) bump(returning, from + Math.floor(random() * LOOKBACK_WEEKS));
}

/** How many times wider than Poisson the weekly counts vary. */
function spreadOf(counts: readonly number[]): number {
  return dispersion(counts.map((count) => ({ count, exposure: 1 })))?.factor ?? 1;
}

function sampleRate(random: Random, count: number, weeks: number, spread: number): number {
  return (sampleGamma(random, count / spread + 0.5) * spread) / weeks;
}

/** A weekly count with variance `spread * mean`: Poisson, or gamma-mixed Poisson where the spread is above 1. */
function sampleCount(random: Random, mean: number, spread: number): number {
  const rate = spread <= 1 ? mean : sampleGamma(random, mean / (spread - 1)) * (spread - 1);
  // Above this the normal is close enough for a forecast, and its cost does not grow.
  if (rate > 30) return Math.max(0, Math.round(rate + Math.sqrt(rate) * sampleNormal(random)));
  return samplePoisson(random, rate);
}

function bump(counts: number[], index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
