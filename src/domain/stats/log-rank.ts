import type { Lifetime } from './kaplan-meier.ts';

/** How many more events a group had than it would have if both were alike, and the variance of that. */
export type Excess = { excess: number; variance: number };

/**
 * Whether one group lasts as long as another: the log-rank score of Mantel (1966) with its variance for ties. Those that are
 * censored count for as long as they were watched.
 */
export function logRank(one: readonly Lifetime[], other: readonly Lifetime[]): Excess {
  const all = [
    ...one.map((lifetime) => ({ ...lifetime, isOne: true })),
    ...other.map((lifetime) => ({ ...lifetime, isOne: false })),
  ].sort((x, y) => x.time - y.time);
  let inOne = one.length;
  let excess = 0;
  let variance = 0;
  for (let i = 0; i < all.length; ) {
    const time = all[i]?.time;
    const atRisk = all.length - i;
    const ofOne = inOne;
    let [events, eventsOfOne] = [0, 0];
    for (; i < all.length && all[i]?.time === time; i++) {
      if (all[i]?.happened) events++;
      if (all[i]?.happened && all[i]?.isOne) eventsOfOne++;
      if (all[i]?.isOne) inOne--;
    }
    const share = ofOne / atRisk;
    excess += eventsOfOne - events * share;
    if (atRisk > 1) variance += (events * share * (1 - share) * (atRisk - events)) / (atRisk - 1);
  }
  return { excess, variance };
}

export type Share = { happened: number; of: number };

/** The same of two shares: the score of Mantel and Haenszel. */
export function shareScore(one: Share, other: Share): Excess {
  const happened = one.happened + other.happened;
  const of = one.of + other.of;
  if (of < 2) return { excess: 0, variance: 0 };
  const share = one.of / of;
  const variance = (happened * (of - happened) * share * (1 - share)) / (of - 1);
  return { excess: one.happened - happened * share, variance };
}

/** A difference of this many in the logarithm of rates is as likely as not among those that are expected. */
const EXPECTED_DIFFERENCE = 0.5;

/**
 * How much more likely a score is if the two differ than if they are alike: Robbins' mixture over differences (1970). As
 * fixes and events come in, the score is close to a Brownian motion in its variance (Sellke and Siegmund 1983), so where both
 * are alike this ever reaches 1/a in a share a of programs at most, however often one looks.
 */
export function evidenceOf({ excess, variance }: Excess): number {
  const prior = 1 / EXPECTED_DIFFERENCE ** 2;
  return Math.sqrt(prior / (variance + prior)) * Math.exp(excess ** 2 / (2 * (variance + prior)));
}
