import { bestStep, evidenceOfChange, mostEvidence, type Ramp, rampOf } from './change-evidence.ts';
import { type Spread, spreadOf, USUAL_DISPERSION } from './series-spread.ts';

/** The rate was multiplied by `ratio` from the count at index `at` on; `seenAt` is the last count it took to show it. */
export type RateChange = { at: number; seenAt: number; ratio: number };

/** What changes are looked for, and how rarely one may be named that is none. */
export type Search = { alpha: (spread: Spread) => number; ramps: readonly Ramp[] };

/** From one count to the next, for good. */
export const STEPS: Search = { alpha: alphaOf, ramps: [] };
/** That of one thing among many, which may also grow by a fifth or by half with each count. */
export const CREEP: Search = { alpha: () => 0.07, ramps: [1.2, 1.5].map(rampOf) };

/** Fewer counts than these do not tell how much they vary by themselves. */
export const FEWEST_COUNTS = 6;
/** A change of so much, going on for so many counts, is what a series must be able to show. */
const SHOWN = { ratio: 0.5, counts: 8 };

type Given = {
  /** Of what they are counts, where that is not as much in each period. */
  exposures?: readonly number[];
  /** Series of the same periods that vary alike and apart, such as those of its areas. */
  alike?: readonly (readonly number[])[];
  search?: Search;
};

/**
 * The changes of a rate, found by looking at every count as it came: what is named at one look does not depend on how
 * often one looked before, nor on what came later.
 * 1. Each past count may be the first of a new rate, and the new rate may be any of six ratios of the old one, or grow. The
 *    evidence of a pair is the likelihood of the counts, given their sum, against that under one rate for all (Lindon and
 *    Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022); each count of the y-th year since the last
 *    change has the same small chance to be the first of another rate, those of a year adding up to 1 / y^3. What all years
 *    add up to is 1.2, and so the evidence passes 1 / alpha in at most 1.2 alpha of flat series, however long one looks
 *    (Ville's inequality).
 * 2. Counts that vary more than chance weaken the evidence by their dispersion (spreadOf), and evidence grows as a power of
 *    it, so that a dispersion estimated from few counts proves little. With it how often a flat year is called a change is
 *    shown by simulation, not by theorem, and so is alpha (alphaOf).
 * 3. After a change the search begins again at the count that changed.
 *
 * @param counts of periods, the oldest first
 */
export function rateChanges(counts: readonly number[], { exposures, alike, search = STEPS }: Given = {}): RateChange[] {
  const changes: RateChange[] = [];
  let from = 0;
  for (let end = FEWEST_COUNTS; end <= counts.length; end++) {
    if (end - from < FEWEST_COUNTS) continue;
    const seen = (series: readonly number[]) => series.slice(from, end);
    const series = {
      counts: seen(counts),
      exposures: exposures ? seen(exposures) : new Array<number>(end - from).fill(1),
    };
    const step = bestStep(series);
    const spread = spreadOf(series.counts, {
      exposures: series.exposures,
      alike: alike?.map(seen),
      changedAt: step.at,
    });
    const wanted = 1 / search.alpha(spread);
    if (mostEvidence(series, search.ramps, spread, wanted, step) < wanted) continue;
    const { evidence, at, ratio } = evidenceOfChange(series, search.ramps, spread);
    if (evidence < wanted) continue;
    changes.push({ at: from + at, seenAt: end - 1, ratio });
    from += at;
  }
  return changes;
}

/**
 * Would a rate that halves now be named within eight counts? Where it would not, these are too few to tell anything; or too
 * uneven, where it would with the dispersion that is usual.
 */
export function canShowChange(counts: readonly number[], spread: Spread): boolean {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const series = [...counts, ...new Array<number>(SHOWN.counts).fill(SHOWN.ratio * mean)];
  const { evidence } = evidenceOfChange({ counts: series, exposures: series.map(() => 1) }, STEPS.ramps, spread);
  return mean > 0 && evidence >= 1 / STEPS.alpha(spread);
}

/** The same counts, if they varied as people's reports usually do. */
export function asUsual(spread: Spread): Spread {
  return { ...spread, dispersion: USUAL_DISPERSION, share: 1 };
}

/**
 * The evidence that a step is asked for, so that at most 5 % of flat years are called a change in every life that
 * `bench -- program` plays. Where three series or more tell how much counts vary, evidence of 18 % is wrong as rarely as
 * that of 7 % is where they vary much, as those of episodes do; where the counts alone tell, and where the series vary
 * together, it takes more.
 */
function alphaOf({ dispersion, seenIn, share }: Spread): number {
  const wellKnown = Math.min(1, (seenIn / 3) ** 2);
  const varying = Math.min(1, Math.max(0.4, 2 / dispersion));
  return share ** 4 * Math.max(0.05, 0.18 * wellKnown * varying);
}
