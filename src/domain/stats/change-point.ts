/** The rate was multiplied by `ratio` from the count at index `at` on; `seenAt` is the last count it took to show it. */
export type RateChange = { at: number; seenAt: number; ratio: number };

/** What changes are looked for, and how rarely one may be named that is none. */
export type Search = { alpha: number; ramps: readonly (readonly number[])[] };

/**
 * Once the evidence passes 1 / alpha a change is named: in flat series that happens in at most so many, ever. Less than the
 * promised 5 % where a program is judged, since an episode over the end of a week makes two weeks alike and hides some of
 * the dispersion.
 */
const ALPHA = 0.03;
const RATIOS = [0.33, 0.5, 0.7, 1.4, 2, 3];
/** What goes on growing gets this many times as frequent at most. */
const FARTHEST = 8;
/** From one count to the next, for good. */
export const STEPS: Search = { alpha: ALPHA, ramps: [] };
/** That of one thing among many, which may also grow by a fifth or by half with each count. */
export const CREEP: Search = { alpha: 0.05, ramps: [1.2, 1.5].map(rampOf) };

/** A series of weeks is expected to change as likely in its first year as in all later ones. */
const YEAR = 52;
/** Fewer counts than these do not tell how much they vary by themselves. */
export const FEWEST_COUNTS = 6;
/** Counts of people's reports vary about so much more than chance; worth as many weeks as the second figure. */
export const USUAL_DISPERSION = 1.5;
const USUAL_WEIGHT = 6;
/** A change of so much, going on for so many counts, is what a series must be able to show. */
const SHOWN = { ratio: 0.5, counts: 8 };

/**
 * The changes of a rate, found by looking at every count as it came: what is named at one look does not depend on how
 * often one looked before, nor on what came later.
 * 1. Each past count may be the first of a new rate, and the new rate may be any of six ratios of the old one, or grow. The
 *    evidence of a pair is the likelihood of the counts, given their sum, against that under one rate for all; the counts
 *    of the y-th year share the prior weight 1 / (y (y + 1)). The sum over all pairs is an e-process (Lindon and Malek,
 *    "Anytime-valid inference for multinomial count data", NeurIPS 2022), which by Ville's inequality passes 1 / alpha in
 *    at most alpha of flat series.
 * 2. Counts that vary more than chance weaken the evidence by their dispersion. It is estimated from neighbouring counts,
 *    so that one lasting change does not hide itself, and evidence grows as a power of it, as with Student's t, so that a
 *    dispersion estimated from few counts proves little. With it the 5 % is shown by simulation, not by theorem.
 * 3. After a change the search begins again at the count that changed.
 *
 * @param counts of periods, the oldest first
 * @param exposures of what they are counts, where that is not as much in each period
 */
export function rateChanges(
  counts: readonly number[],
  { exposures = counts.map(() => 1), search = STEPS }: { exposures?: readonly number[]; search?: Search } = {},
): RateChange[] {
  const changes: RateChange[] = [];
  let from = 0;
  for (let end = FEWEST_COUNTS; end <= counts.length; end++) {
    if (end - from < FEWEST_COUNTS) continue;
    const seen: Series = { counts: counts.slice(from, end), exposures: exposures.slice(from, end) };
    if (mostEvidence(seen, search) < 1 / search.alpha) continue;
    const { evidence, at, ratio } = evidenceOfChange(seen, search);
    if (evidence < 1 / search.alpha) continue;
    changes.push({ at: from + at, seenAt: end - 1, ratio });
    from += at;
  }
  return changes;
}

/** By what a rate that grows is multiplied at each count, until it grows no more. */
function rampOf(growth: number): number[] {
  const steps = Math.ceil(Math.log(FARTHEST) / Math.log(growth));
  return Array.from({ length: steps }, (_, i) => Math.min(FARTHEST, growth ** (i + 1)));
}

/**
 * Would a rate that halves now be named within eight counts? Where it would not, these are too few to tell anything; or too
 * uneven, where it would with the dispersion that is usual.
 */
export function canShowChange(counts: readonly number[], dispersion = neighbourDispersion(counts)): boolean {
  const mean = sumOf(counts) / counts.length;
  const halved = new Array<number>(SHOWN.counts).fill(SHOWN.ratio * mean);
  const series = [...counts, ...halved];
  const { evidence } = evidenceOfChange({ counts: series, exposures: series.map(() => 1) }, STEPS, dispersion);
  return mean > 0 && evidence >= 1 / ALPHA;
}

/** How many times wider than chance counts vary from one to the next, at least 1. Few of them stay near what is usual. */
export function neighbourDispersion(
  counts: readonly number[],
  exposures: readonly number[] = counts.map(() => 1),
): number {
  let squares = 0;
  let sums = 0;
  counts.forEach((count, i) => {
    const last = counts[i - 1];
    const [here, before] = [exposures[i] ?? 0, exposures[i - 1] ?? 0];
    if (last === undefined || here * before === 0) return;
    squares += (count * before - last * here) ** 2 / (here * before);
    sums += count + last;
  });
  const pairs = Math.max(0, counts.length - 1);
  const own = sums === 0 ? USUAL_DISPERSION : squares / sums;
  return Math.max(1, (USUAL_WEIGHT * USUAL_DISPERSION + pairs * own) / (USUAL_WEIGHT + pairs));
}

type Series = { counts: readonly number[]; exposures: readonly number[] };
type Evidence = { evidence: number; at: number; ratio: number };

function evidenceOfChange(
  series: Series,
  { ramps }: Search,
  dispersion = neighbourDispersion(series.counts, series.exposures),
): Evidence {
  const { counts, exposures } = series;
  const [total, all] = [sumOf(counts), sumOf(exposures)];
  const df = USUAL_WEIGHT + counts.length - 1;
  const best = { weighed: 0, at: 0, ratio: 1, gain: 0, grows: false };
  let evidence = 0;
  let toCome = 1;
  let after = total;
  let before = 0;
  for (let at = 1; at < counts.length; at++) {
    after -= counts[at - 1] ?? 0;
    before += exposures[at - 1] ?? 0;
    const mass = priorOf(at);
    toCome -= mass;
    const add = (gain: number, ratio: number, grows = false) => {
      const weighed = likelihood(gain, dispersion, df) * (mass / (RATIOS.length + ramps.length));
      evidence += weighed;
      if (weighed > best.weighed) Object.assign(best, { weighed, at, ratio, gain, grows });
    };
    for (const ratio of RATIOS) {
      add(after * Math.log(ratio) + total * Math.log(all / (before + ratio * (all - before))), ratio);
    }
    for (const ramp of ramps) {
      add(gainOfRamp(ramp, series, { at, before, after, total, all }), ramp[counts.length - at - 1] ?? FARTHEST, true);
    }
  }
  // A step of another ratio may fit better than growth, and began later.
  const step = best.grows ? bestStep(series) : best;
  const { at, ratio } = step.gain >= best.gain ? step : best;
  return { evidence: evidence + toCome, at, ratio };
}

/** A series before and from a count on. */
type Split = { at: number; before: number; after: number; total: number; all: number };

function gainOfRamp(
  ramp: readonly number[],
  { counts, exposures }: Series,
  { at, before, after, total, all }: Split,
): number {
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
function bestStep({ counts, exposures }: Series): { gain: number; at: number; ratio: number } {
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

/** No evidence is above this: that of the best pair, if its ratio were the one that fits best. Far cheaper to tell. */
function mostEvidence(series: Series, { alpha, ramps }: Search): number {
  const { counts, exposures } = series;
  const [total, all] = [sumOf(counts), sumOf(exposures)];
  if (total === 0) return 1;
  const dispersion = neighbourDispersion(counts, exposures);
  const df = USUAL_WEIGHT + counts.length - 1;
  let { gain } = bestStep(series);
  const ofSteps = likelihood(gain, dispersion, df);
  // So few counts prove no growth either, wherever they lie.
  if (ramps.length === 0 || ofSteps >= 1 / alpha) return ofSteps;
  if (likelihood(total * Math.log(FARTHEST), dispersion, df) < 1 / alpha) return ofSteps;
  let after = total;
  let before = 0;
  for (let at = 1; at < counts.length; at++) {
    after -= counts[at - 1] ?? 0;
    before += exposures[at - 1] ?? 0;
    for (const ramp of ramps) gain = Math.max(gain, gainOfRamp(ramp, series, { at, before, after, total, all }));
  }
  return likelihood(gain, dispersion, df);
}

const xLog = (count: number, exposure: number) => (count > 0 ? count * Math.log(count / exposure) : 0);

/** The chance, before anything was seen, that the count at this index is the first of a new rate. */
function priorOf(at: number): number {
  const year = Math.ceil(at / YEAR);
  return 1 / (YEAR * year * (year + 1));
}

function likelihood(gain: number, dispersion: number, df: number): number {
  return gain > 0 ? (1 + (2 * gain) / (dispersion * df)) ** (df / 2) : Math.exp(gain / dispersion);
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
