import { evidenceOfChange } from '../../src/domain/stats/change-evidence.ts';
import { lgamma } from '../../src/domain/stats/kernel.ts';
import { mulberry32 } from '../../src/domain/stats/random.ts';
import { quantile, shareWords } from '../kit/measures.ts';
import { LIVES, MEANS, NEAR, SEEN_WITHIN } from './headline.ts';
import { addedUp, areasOf, CHANGED_WEEK, countsOf, type Life } from './simulated-weeks.ts';

/** Each report by itself: what is told of the known form was measured on such weeks. */
const ALONE: Life = {
  name: 'each by one person',
  episodeDays: [1, 1],
  bursts: false,
  lateShare: 0,
  lateDays: 0,
  others: 0,
};
const FEWEST = 6;
const WRONG = 0.05;

/**
 * What others would name who are told what the bot has to learn. Of the last two columns the evidence asked for is set on
 * flat years of another seed so that one in twenty is called a change; so they are what can be known at all of such weeks.
 */
export function printPeers({ years, seed }: { years: number; seed: number }, print: (line: string) => void): void {
  print(`\nThe same years, told more than the bot: ${years} of each`);
  print(
    '| how failures come | reports a week | varies by, in the long run | known form, told that: flat years wrong | a halving within 8 weeks | who is told that, not the rate | who is told the rate, too, and that it may halve |',
  );
  print('|---|---|---|---|---|---|---|');
  for (const [life, mean] of [[ALONE, 10] as const, ...LIVES.flatMap((one) => MEANS.map((of) => [one, of] as const))]) {
    const play = (factor: number, from: number) => {
      const random = mulberry32(from);
      return Array.from({ length: years }, () => countsOf(addedUp(areasOf(random, life, mean, factor))));
    };
    const known = { flat: play(1, seed + 1), halved: play(0.5, seed + 2) };
    const [flat, halved] = [play(1, seed), play(0.5, seed)];
    const dispersion = longRunDispersion(known.flat);
    const form = (counts: readonly number[]) => knownForm(counts.map((count) => count / dispersion));
    const learns = (counts: readonly number[]) => toldDispersion(counts, dispersion);
    const told = toldAll(known);
    const cells = [
      dispersion.toFixed(1),
      shareWords(flat.filter((counts) => looks(counts, form).some(({ evidence }) => evidence >= 20)).length, years),
      ...[form, learns, told].map((of) => {
        const wanted =
          of === form
            ? 20
            : quantile(
                known.flat.map((counts) => most(looks(counts, of))),
                1 - WRONG,
              );
        return shareWords(halved.filter((counts) => isNamed(looks(counts, of), wanted)).length, years);
      }),
    ];
    print(`| ${life.name} | ${mean} | ${cells.join(' | ')} |`);
  }
}

type Look = { evidence: number; at: number; ratio: number };

const looks = (counts: readonly number[], of: (seen: readonly number[]) => Look) =>
  counts.map((_, week) => (week + 1 < FEWEST ? { evidence: 0, at: 0, ratio: 1 } : of(counts.slice(0, week + 1))));
const most = (all: readonly Look[]) => Math.max(...all.map(({ evidence }) => evidence));

function isNamed(all: readonly Look[], wanted: number): boolean {
  return all
    .slice(CHANGED_WEEK, CHANGED_WEEK + SEEN_WITHIN)
    .some(({ evidence, at, ratio }) => evidence >= wanted && ratio < 1 && at >= CHANGED_WEEK - NEAR);
}

/** By how much more than chance the sums of many weeks vary: that of one week and of its neighbour. */
function longRunDispersion(years: readonly (readonly number[])[]): number {
  const all = years.flat();
  const mean = all.reduce((sum, count) => sum + count, 0) / all.length;
  const variance = all.reduce((sum, count) => sum + (count - mean) ** 2, 0) / all.length;
  const pairs = years.flatMap((counts) =>
    counts.slice(1).map((count, i) => (count - mean) * ((counts[i] ?? 0) - mean)),
  );
  return (variance + (2 * pairs.reduce((sum, pair) => sum + pair, 0)) / pairs.length) / mean;
}

/**
 * Each count is scored by what was known before it (a gamma prior worth one week), under one rate for all and under a rate
 * that was multiplied by one of eight ratios in week s, which has the prior weight 1 / ((s - 1) s). The product of such
 * predictions is the ratio of the two marginal likelihoods.
 */
function knownForm(counts: readonly number[]): Look {
  const RATIOS = [0.4, 0.5, 0.65, 0.8, 1.25, 1.54, 2, 2.5];
  const weeks = counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const prior = 1 / Math.max(1, counts[0] ?? 1);
  const best = { weight: 0, at: 0, ratio: 1 };
  let evidence = 1 / weeks;
  let after = total;
  for (let at = 1; at < weeks; at++) {
    after -= counts[at - 1] ?? 0;
    for (const ratio of RATIOS) {
      const exposure = at + ratio * (weeks - at);
      const gain = after * Math.log(ratio) + (1 + total) * Math.log((prior + weeks) / (prior + exposure));
      const weight = Math.exp(gain) / (at * (at + 1)) / RATIOS.length;
      evidence += weight;
      if (weight > best.weight) Object.assign(best, { weight, at, ratio });
    }
  }
  return { evidence, at: best.at, ratio: best.ratio };
}

/** The bot's own evidence, if the dispersion were known. */
function toldDispersion(counts: readonly number[], dispersion: number): Look {
  const exposures = counts.map(() => 1);
  return evidenceOfChange({ counts, exposures }, [], { dispersion, df: 1e6, seenIn: 1, share: 1 });
}

/** Shiryaev and Roberts: how much likelier the weeks are if a rate that is known has halved in one of them. */
function toldAll({ flat, halved }: { flat: number[][]; halved: number[][] }): (counts: readonly number[]) => Look {
  const [before, after] = [lawOf(flat.flat()), lawOf(halved.flatMap((counts) => counts.slice(CHANGED_WEEK + 1)))];
  return (counts) => ({
    evidence: counts.reduce((sum, count) => (1 + sum) * Math.exp(after(count) - before(count)), 0),
    at: CHANGED_WEEK,
    ratio: 0.5,
  });
}

/** The logarithm of a negative binomial with the mean and the variance of these counts. */
function lawOf(counts: readonly number[]): (count: number) => number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
  const spread = Math.max(1.0001, variance / mean);
  const size = mean / (spread - 1);
  return (count) =>
    lgamma(count + size) - lgamma(size) - lgamma(count + 1) - size * Math.log(spread) + count * Math.log1p(-1 / spread);
}
