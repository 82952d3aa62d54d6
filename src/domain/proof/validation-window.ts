import { betaI, bisect } from '../stats/kernel.ts';
import { counted } from '../text/counted.ts';
import type { PriorRate, Returns } from './episodes.ts';

const FALSE_PROOF_RATE = 0.05;
const MIN_WINDOW_DAYS = 3;
export const MAX_WINDOW_DAYS = 60;
/**
 * What is expected of a defect of which little is known: that it comes back once in four quiet days, or, once it has been
 * quiet for four weeks in all, twice in eleven, as whole programs do. The first asks for less of a frequent one, the second
 * of a rare one, and the less is enough: that the 5 % hold all the same is shown by simulation (docs/evidence.md).
 */
const EXPECTED: readonly (Returns & { from: number })[] = [
  { returns: 1, quietDays: 4, from: 0 },
  { returns: 2, quietDays: 11, from: 28 },
];

export type ValidationWindow = {
  /** Whole days to wait, from when silence counts; always within 3 and 60. */
  days: number;
  /** The days that silence alone would need; infinite when it was never seen before. */
  neededDays: number;
  /** Whether silence over `days` proves anything; if not, the fix needs another criterion. */
  provable: boolean;
};

/**
 * The chance that an unfixed defect would come back at most `tolerated` times in so many days, with its rate known only
 * from its past: the negative binomial that a Gamma prior and Poisson returns predict, by the less cautious of two priors.
 * 1. A day counts only as far as what was seen on it is told by now, by how late reports were filed before.
 * 2. Some people tell no more of what is said to be fixed.
 * It is 1 when the defect was never seen before, since silence is then no news. `days` may be a fraction.
 */
export function chanceOfSilence(prior: PriorRate, days: number, tolerated = 0): number {
  const told = prior.toldOn * toldDays(prior, days);
  if (prior.hitDays <= 0 || told <= 0) return 1;
  const chances = EXPECTED.filter(({ from }) => prior.quietDays >= from).map((expected) => {
    const quietDays = prior.quietDays + expected.quietDays;
    return betaI(quietDays / (quietDays + told), prior.returns + expected.returns, tolerated + 1);
  });
  return Math.min(...chances);
}

/**
 * How long a fix must stay silent until an unfixed defect would have been so quiet in under 5 % of cases. With few returns
 * the rate is uncertain and the window longer than -ln(0.05)/lambda; with many the two agree. `tolerated` is the number of
 * reports that would not fail the fix. From the second failed fix on the window doubles, within the same 60 days.
 */
export function validationWindow(prior: PriorRate, tolerated = 0, failedFixes = 0): ValidationWindow {
  const neededDays = silenceNeeded(prior, tolerated);
  const provable = neededDays <= MAX_WINDOW_DAYS;
  const asked = Math.ceil(neededDays) * (failedFixes >= 2 ? 2 : 1);
  const days = Math.min(MAX_WINDOW_DAYS, Math.max(MIN_WINDOW_DAYS, asked));
  return { days, neededDays, provable };
}

/**
 * `proving 9/21 d, 74 % sure`: rounded down, so that 100 % is never said and 95 % is not said early. Where it is told how
 * often it ran, `, 412 runs since` follows.
 */
export function provingWords(
  window: ValidationWindow,
  elapsedDays: number,
  certainty: number,
  ran: number | null = null,
): string {
  const days = Math.min(window.days, Math.max(0, Math.floor(elapsedDays)));
  const runs = ran === null ? '' : `, ${ran === 0 ? 'no run' : counted(ran, 'run')} since`;
  if (!window.provable) return `proving ${days}/${window.days} d, silence cannot prove this${runs}`;
  return `proving ${days}/${window.days} d, ${Math.min(99, Math.floor(certainty * 100 + 1e-9))} % sure${runs}`;
}

function silenceNeeded(prior: PriorRate, tolerated: number): number {
  const isTooShort = (days: number) => chanceOfSilence(prior, days, tolerated) > FALSE_PROOF_RATE;
  const unbounded = 1e6;
  return isTooShort(unbounded) ? Number.POSITIVE_INFINITY : bisect(isTooShort, 0, unbounded);
}

/** How many of the days since a fix are told by now, by how late reports were filed before. */
export function toldDays({ delays }: PriorRate, days: number): number {
  if (delays.length === 0) return Math.max(0, days);
  return delays.reduce((sum, late) => sum + late.share * Math.max(0, days - late.days), 0);
}
