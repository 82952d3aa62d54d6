import type { TransitionKind } from '../defects/lifecycle.ts';
import { type Random, sampleBinomial } from '../stats/random.ts';
import { dayWords } from '../time/day-words.ts';
import { WEEK_MS } from '../time/durations.ts';
import type { TransitionCount } from './burndown.ts';
import { flowSampler, LOOKBACK_WEEKS, RETURNS_A_WEEK, unseen } from './flow-rates.ts';
import { sampleCount } from './weekly-counts.ts';

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
  /** Whole past weeks, oldest first; the last 26 are used. Fewer mean that there was nothing before. */
  weeks: readonly FlowWeek[];
  now: Date;
  timeZone: string;
  random: Random;
};

export type Forecast = {
  kind: 'already' | 'by' | 'unclear' | 'never' | 'unknown';
  /** The first week's end that the wanted certainty holds for, without going back later; only for `by`. */
  at: Date | undefined;
  /** How sure it is at `at`, or a year from now for `unclear` and `never`; `undefined` for `already` and `unknown`. */
  certainty: number | undefined;
  sentence: string;
};

const FORECAST_CERTAINTY = 0.8;
// A list that gets there and is soon above again has not got there.
const CERTAINTY_AFTER = 0.7;
// Said of a list that gets there after all it would discourage for nothing.
const MOST_CHANCE_OF_NEVER = 0.1;
export const HORIZON_WEEKS = 52;
// Chosen on simulated programs, where about 80 % of such dates hold over all kinds of life; fewer weeks tell less.
const RUNS_FOR_CERTAINTY = { knownWell: 0.77, moreWithoutWeeks: 0.05 };
const MIN_WEEKS = 4;
const RUNS = 1000;
// Where of the first runs none is under the target in any week, a tenth of all would be with a chance of 3 in 100,000. Where
// fewer than so many are, there is no date to find, and the chance is known well enough from fewer runs.
const FIRST = { runs: 100, fewestForDate: 60 };
const RUNS_WITHOUT_DATE = 300;

/**
 * When will the list be under the target? Plays the coming year a thousand times at most. Each run draws its own weekly rates of
 * arrival and closing, how much their counts vary, how often an incident comes, and the share of fixes that come back, each
 * as likely as the last half year makes it, so that a short past makes a wide future. Weeks that went well were partly
 * lucky: it is likely beforehand that a list moves little (`flowSampler`).
 * `by` names the first week with a chance of at least 80 % after which it stays at 70 % or more until the year ends; without
 * one it is `never` where the chance is at most 10 % at its end, else `unclear`. `unknown` with under four past weeks, or with nothing closed and
 * nothing arrived in them.
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
  const chances = sharesUnderTarget(input, weeks).map((share) => chanceOf(share, weeks.length));
  const lastDoubt = chances.findLastIndex((chance) => chance < CERTAINTY_AFTER);
  const week = chances.findIndex((chance, i) => i > lastDoubt && chance >= FORECAST_CERTAINTY);
  if (week < 0) {
    const certainty = chances.at(-1) ?? 0;
    const kind = certainty <= MOST_CHANCE_OF_NEVER ? 'never' : 'unclear';
    const sentence =
      kind === 'never'
        ? `At this pace you will not get ${under} within a year.`
        : `Whether you get ${under} within a year is open: the chance is about ${Math.round(100 * certainty)} %.`;
    return { kind, at: undefined, certainty, sentence };
  }
  const at = new Date(now.getTime() + (week + 1) * WEEK_MS);
  const sentence = `80 % sure to be ${under} by ${dayWords(at, timeZone)}.`;
  return { kind: 'by', at, certainty: chances[week], sentence };
}

/** What a share of runs is worth as a chance, after so many weeks. */
function chanceOf(share: number, weeks: number): number {
  const { knownWell, moreWithoutWeeks } = RUNS_FOR_CERTAINTY;
  const needed = knownWell + moreWithoutWeeks * (1 - weeks / LOOKBACK_WEEKS);
  return Math.min(1, (share * FORECAST_CERTAINTY) / needed);
}

/** The share of runs that are under the target at the end of each coming week. */
function sharesUnderTarget({ openNow, target, random }: ForecastInput, weeks: readonly FlowWeek[]): number[] {
  const under = new Array<number>(HORIZON_WEEKS).fill(0);
  const draw = flowSampler(weeks, random);
  let runs = RUNS;
  for (let run = 0; run < runs; run++) {
    if (run === FIRST.runs) runs = runsWanted(under);
    if (run === runs) break;
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
  return under.map((count) => count / runs);
}

/** How many runs to play where so many of the first ones were under the target in each week. */
function runsWanted(under: readonly number[]): number {
  const most = Math.max(...under);
  if (most === 0) return FIRST.runs;
  return most < FIRST.fewestForDate ? RUNS_WITHOUT_DATE : RUNS;
}

/** How many of those that closed in the past weeks will still come back. */
function failingNow(weeks: readonly FlowWeek[], relapseShare: number, random: Random): number {
  return weeks.reduce((sum, { closed }, i) => sum + sampleBinomial(random, closed, relapseShare * unseen(weeks, i)), 0);
}

function bump(counts: number[], index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}
