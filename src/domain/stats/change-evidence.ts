import type { Spread } from './series-spread.ts';

/** Counts of periods, the oldest first, and of what they are counts where that is not as much in each. */
export type Series = { counts: readonly number[]; exposures: readonly number[] };
/** How many times likelier some change makes the counts; from where the likeliest began, and by what it multiplied the rate. */
export type Evidence = { evidence: number; at: number; ratio: number };
/** By what a rate that grows is multiplied at each count, until it grows no more. */
export type Ramp = readonly number[];

const RATIOS = [0.33, 0.5, 0.7, 1.4, 2, 3];
/** What goes on growing gets this many times as frequent at most. */
const FARTHEST = 8;
/** A rate is expected to change once in its first year, at any of its counts, and the more rarely the longer it has stayed. */
const YEAR = 52;
/** What all years come to: the sum of 1 / y^3. */
const CHANGES = 1.2021;
/** Where growth is looked for, it is taken to be so much of what changes. */
const SHARE_OF_RAMPS = 0.75;

/** Growth by the same factor from each count to the next. */
export function rampOf(growth: number): Ramp {
  const steps = Math.ceil(Math.log(FARTHEST) / Math.log(growth));
  return Array.from({ length: steps }, (_, i) => Math.min(FARTHEST, growth ** (i + 1)));
}

export function evidenceOfChange(series: Series, ramps: readonly Ramp[], spread: Spread): Evidence {
  const { counts, exposures } = series;
  const [total, all] = [sumOf(counts), sumOf(exposures)];
  const best = { likelihood: 0, at: 0, ratio: 1, gain: 0, grows: false };
  const [ofStep, ofRamp] = ramps.length > 0 ? [1 - SHARE_OF_RAMPS, SHARE_OF_RAMPS / ramps.length] : [1, 0];
  let evidence = 0;
  let after = total;
  let before = 0;
  for (let at = 1; at < counts.length; at++) {
    after -= counts[at - 1] ?? 0;
    before += exposures[at - 1] ?? 0;
    const add = (gain: number, prior: number, ratio: number, grows = false) => {
      const likelihood = prior * priorOf(at) * likelihoodOf(gain, spread);
      evidence += likelihood;
      if (likelihood > best.likelihood) Object.assign(best, { likelihood, at, ratio, gain, grows });
    };
    for (const ratio of RATIOS) {
      const gain = after * Math.log(ratio) + total * Math.log(all / (before + ratio * (all - before)));
      add(gain, ofStep / RATIOS.length, ratio);
    }
    for (const ramp of ramps) {
      const gain = gainOfRamp(ramp, series, { at, before, after, total, all });
      add(gain, ofRamp, ramp[counts.length - at - 1] ?? FARTHEST, true);
    }
  }
  // A step of another ratio may fit better than growth, and began later.
  const step = best.grows ? bestStep(series) : best;
  const { at, ratio } = step.gain >= best.gain ? step : best;
  return { evidence, at, ratio };
}

/**
 * No evidence is above this: that of the best pair, if its ratio were the one that fits best. Far cheaper to tell.
 *
 * @param step the one that fits best
 */
export function mostEvidence(
  series: Series,
  ramps: readonly Ramp[],
  spread: Spread,
  wanted: number,
  step: Step,
): number {
  const { counts, exposures } = series;
  const [total, all] = [sumOf(counts), sumOf(exposures)];
  if (total === 0) return 0;
  const of = (gain: number) => CHANGES * likelihoodOf(gain, spread);
  let { gain } = step;
  // So few counts prove no growth either, wherever they lie.
  if (ramps.length === 0 || of(gain) >= wanted || of(total * Math.log(FARTHEST)) < wanted) return of(gain);
  let after = total;
  let before = 0;
  for (let at = 1; at < counts.length; at++) {
    after -= counts[at - 1] ?? 0;
    before += exposures[at - 1] ?? 0;
    for (const ramp of ramps) gain = Math.max(gain, gainOfRamp(ramp, series, { at, before, after, total, all }));
  }
  return of(gain);
}

type Step = { gain: number; at: number; ratio: number };
/** A series before and from a count on. */
type Split = { at: number; before: number; after: number; total: number; all: number };

function gainOfRamp(ramp: Ramp, { counts, exposures }: Series, { at, before, after, total, all }: Split): number {
  const steps = Math.min(ramp.length, counts.length - at);
  let [logs, grown, countsLeft, exposureLeft] = [0, before, after, all - before];
  for (let i = 0; i < steps; i++) {
    const [count, exposure, factor] = [counts[at + i] ?? 0, exposures[at + i] ?? 0, ramp[i] ?? FARTHEST];
    if (count > 0) logs += count * Math.log(factor);
    grown += factor * exposure;
    countsLeft -= count;
    exposureLeft -= exposure;
  }
  return logs + countsLeft * Math.log(FARTHEST) + total * Math.log(all / (grown + FARTHEST * exposureLeft));
}

/** The step that fits best, of whatever ratio. */
export function bestStep({ counts, exposures }: Series): Step {
  const [total, all] = [sumOf(counts), sumOf(exposures)];
  const flat = xLog(total, all);
  const best = { gain: 0, at: 0, ratio: 1 };
  let after = total;
  let before = 0;
  for (let at = 1; at < counts.length; at++) {
    after -= counts[at - 1] ?? 0;
    before += exposures[at - 1] ?? 0;
    const gain = xLog(after, all - before) + xLog(total - after, before) - flat;
    const ratio = after / (all - before) / ((total - after) / before);
    if (gain > best.gain) Object.assign(best, { gain, at, ratio });
  }
  return best;
}

const xLog = (count: number, exposure: number) => (count > 0 ? count * Math.log(count / exposure) : 0);

/** The chance, before anything was seen, that the count at this index is the first of another rate. */
function priorOf(at: number): number {
  return 1 / (YEAR * Math.ceil(at / YEAR) ** 3);
}

/** With a dispersion that is estimated: a power, as with Student's t, so that one known from few counts proves little. */
function likelihoodOf(gain: number, { dispersion, df }: Spread): number {
  return gain > 0 ? (1 + (2 * gain) / (dispersion * df)) ** (df / 2) : Math.exp(gain / dispersion);
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
