import { bisect, lgamma } from '../stats/kernel.ts';
import { DAY_MS } from '../time/durations.ts';

export const FALSE_PROOF_RATE = 0.05;
export const MIN_WINDOW_DAYS = 3;
export const MAX_WINDOW_DAYS = 60;
/** How far back a defect's own rate is taken from. */
export const RATE_LOOKBACK_DAYS = 56;

/** On how many of the whole days before a fix the defect was seen at all. */
export type PriorRate = { hitDays: number; days: number };

export type ValidationWindow = {
  /** Whole days to wait, from the deployment of the fix; always within 3 and 60. */
  days: number;
  /** The days that silence alone would need; infinite when it was never seen before. */
  neededDays: number;
  /** Whether silence over `days` proves anything; if not, the fix needs another criterion. */
  provable: boolean;
  /** The rate, in hit days a day, that the window was sized to: lower than the observed one, more so with few reports. */
  cautiousRate: number;
};

/**
 * The defect's rate before the fix, from the last 56 days (of 24 hours, counted back from the fix). A day counts once
 * however many reports it brought, so that duplicates of one incident do not shorten the window. A defect younger than
 * that is watched from the day after its first report.
 */
export function priorRate(seenAts: readonly Date[], deployedAt: Date): PriorRate {
  const ages = seenAts.map((at) => (deployedAt.getTime() - at.getTime()) / DAY_MS).filter((age) => age > 0);
  const days = Math.min(RATE_LOOKBACK_DAYS, Math.floor(ages.reduce((oldest, age) => Math.max(oldest, age), 0)));
  return { hitDays: new Set(ages.map(Math.floor).filter((day) => day < days)).size, days };
}

/**
 * The chance that an unfixed defect would be seen on at most `tolerated` of the days given, with its rate known only
 * from its past: Fisher's exact conditional test (hypergeometric) of "the share of days it is seen on did not change".
 * For a rare defect and none tolerated it is (T / (T + d))^x for x hit days of T, which tends to e^(-lambda d) as x
 * grows. 1 when it was never seen before, since silence is then no news. `days` may be a fraction.
 */
export function chanceOfSilence(prior: PriorRate, days: number, tolerated = 0): number {
  // A past that was hit on every day leaves no room for the tolerated ones; fewer hits are the cautious reading.
  const hits = Math.min(prior.hitDays, prior.days - tolerated) + tolerated;
  if (prior.hitDays <= 0 || hits <= tolerated || days <= 0) return 1;
  const lnAll = lnChoose(prior.days + days, hits);
  let chance = 0;
  let waysAfter = 1;
  for (let after = 0; after <= tolerated && waysAfter > 0; after++) {
    chance += waysAfter * Math.exp(lnChoose(prior.days, hits - after) - lnAll);
    waysAfter *= (days - after) / (after + 1);
  }
  return Math.min(1, chance);
}

/**
 * How long a fix must stay silent until an unfixed defect would have been so quiet in under 5 % of cases. Because the
 * prior rate is itself uncertain, the window is the one at which the conditional test reaches 5 %, not -ln(0.05)/lambda;
 * for any true rate the share of unfixed defects called proven then stays under 5 %, and with many reports the two agree.
 * `tolerated` is the number of reports that would not fail the fix. From the second failed fix on the window doubles,
 * within the same 60 days.
 */
export function validationWindow(prior: PriorRate, tolerated = 0, failedFixes = 0): ValidationWindow {
  const neededDays = silenceNeeded(prior, tolerated);
  const provable = neededDays <= MAX_WINDOW_DAYS;
  const asked = Math.ceil(neededDays) * (failedFixes >= 2 ? 2 : 1);
  return {
    days: Math.min(MAX_WINDOW_DAYS, Math.max(MIN_WINDOW_DAYS, asked)),
    neededDays,
    provable,
    cautiousRate: -Math.log(FALSE_PROOF_RATE) / neededDays,
  };
}

/** `proving 9/21 d, 74 % sure`: rounded down, so that 100 % is never said and 95 % is not said early. */
export function provingWords(window: ValidationWindow, elapsedDays: number, certainty: number): string {
  const days = Math.min(window.days, Math.max(0, Math.floor(elapsedDays)));
  if (!window.provable) return `proving ${days}/${window.days} d, silence cannot prove this`;
  return `proving ${days}/${window.days} d, ${Math.min(99, Math.floor(certainty * 100 + 1e-9))} % sure`;
}

function silenceNeeded(prior: PriorRate, tolerated: number): number {
  const isTooShort = (days: number) => chanceOfSilence(prior, days, tolerated) > FALSE_PROOF_RATE;
  const unbounded = 1e6;
  return isTooShort(unbounded) ? Number.POSITIVE_INFINITY : bisect(isTooShort, 0, unbounded);
}

/** ln of n choose k, for real n >= k. */
function lnChoose(n: number, k: number): number {
  return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}
