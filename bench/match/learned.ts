import type { Db } from '../../src/db/engine/client.ts';
import { keepPlaceForBestFit } from '../../src/domain/grouping/kept-place.ts';
import { bootstrapDifference } from '../kit/bootstrap.ts';
import { type StreamReport, stemmer, verdict, words } from './ablation.ts';
import { printedChances, type Seen } from './chance.ts';
import { type Found, ranker, variantsOf } from './variants.ts';

/** The nightly fit, in reports between two. */
const REFIT_EVERY = 25;
const REMEMBERED = 1_000;
const OFFERED = 10;
const STEPS = 60;
/** How far the weights may leave the bot's own: a Gaussian prior around them. */
const PRIOR_SD = 2;
/** By this a softmax of the bot's rank fits how often it is right. */
const SHARPNESS = 12;

/** One decision of the team: the offered defects by what is known of them, and the one that it merged with. */
type Decision = { offered: number[][]; right: number };

/**
 * A small model over the features of the search, fitted anew each night to what the team merged and what it refused: a softmax
 * over the ten first, with the bot's own weights as its prior. Told of the later half of the stream only.
 */
export async function learn(db: Db, stream: readonly StreamReport[]): Promise<string[]> {
  const [bot] = variantsOf({ english: await stemmer(db, stream) });
  const { add, find } = ranker(bot);
  const known = new Map<string | number, number>();
  const decided: Decision[] = [];
  const seen: Seen[] = [];
  const later: { group: string | number; bot: number; learned: number }[] = [];
  let weights = BOT_WEIGHTS;
  for (const [seq, report] of stream.entries()) {
    if (seq % REFIT_EVERY === 0) weights = fitted(decided.slice(-REMEMBERED));
    const right = report.class === null ? undefined : known.get(report.class);
    const found = find(report);
    const byTitle = { ...report, description: '' };
    const offered = {
      'the form, by its title': find(byTitle).slice(0, OFFERED),
      'the form, once it is filed': found.slice(0, OFFERED),
      'the form of a merge': find({ ...byTitle, at: Number.POSITIVE_INFINITY }).slice(0, OFFERED),
    };
    seen.push({ offered, right });
    if (right !== undefined && report.class !== null) {
      const ranks = [found, reranked(found, weights)].map((list) => rankOf(right, list));
      const [byBot = 0, byLearned = 0] = ranks;
      if (seq >= stream.length / 2) later.push({ group: report.class, bot: byBot, learned: byLearned });
      const offered = found.slice(0, OFFERED);
      const at = offered.findIndex(({ defect }) => defect === right);
      if (at >= 0) decided.push({ offered: offered.map(features), right: at });
    }
    if (report.class !== null && right === undefined) known.set(report.class, seq);
    add(report, right ?? seq);
  }
  return [
    ...told(later),
    `weights in the end: ${weights.map((one) => one.toFixed(1)).join(' ')} (${FEATURES})`,
    ...printedChances(seen),
  ];
}

const FEATURES = 'words, trigrams, newness, second best report, ln of reports';
const BOT_WEIGHTS: readonly number[] = [SHARPNESS, 0.3 * SHARPNESS, SHARPNESS, 0, 0];

function features({ words: byWords, trigram, newness, second, size }: Found): number[] {
  return [byWords, trigram, newness, second, Math.log(size)];
}

function reranked(found: readonly Found[], weights: readonly number[]): Found[] {
  const first = found.slice(0, OFFERED).sort((a, b) => dot(features(b), weights) - dot(features(a), weights));
  return keepPlaceForBestFit([...first, ...found.slice(OFFERED)]);
}

/** The weights of most posterior mass, by gradient ascent from the bot's own. */
function fitted(decisions: readonly Decision[]): readonly number[] {
  const weights = [...BOT_WEIGHTS];
  if (decisions.length === 0) return weights;
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, i) => ((BOT_WEIGHTS[i] ?? 0) - weight) / PRIOR_SD ** 2);
    for (const { offered, right } of decisions) {
      const scores = offered.map((one) => dot(one, weights));
      const most = Math.max(...scores);
      const shares = scores.map((score) => Math.exp(score - most));
      const all = shares.reduce((sum, share) => sum + share, 0);
      for (const [i, one] of offered.entries()) {
        const pull = Number(i === right) - (shares[i] ?? 0) / all;
        for (const [nth, value] of one.entries()) gradient[nth] = (gradient[nth] ?? 0) + pull * value;
      }
    }
    const rate = 2 / (decisions.length + 1 / PRIOR_SD ** 2);
    for (const [i, by] of gradient.entries()) weights[i] = (weights[i] ?? 0) + rate * by;
  }
  return weights;
}

function told(later: readonly { group: string | number; bot: number; learned: number }[]): string[] {
  const groups = later.map(({ group }) => group);
  const difference = (of: (rank: number) => number) =>
    bootstrapDifference(
      later.map(({ bot, learned }) => 100 * (of(learned) - of(bot))),
      groups,
    );
  const within = (places: number) => difference((rank) => Number(rank <= places));
  const [one, five, reciprocal] = [within(1), within(5), difference((rank) => 1 / rank)];
  const verdicts = verdict(one, five, reciprocal);
  return [
    `learned from merges and refusals, against the bot, on ${later.length} repeats of the later half, in points:`,
    `R@1 ${words(one)}   R@5 ${words(five)}   MRR ${words(reciprocal)}   ${verdicts}`,
  ];
}

function rankOf(right: number, found: readonly Found[]): number {
  const at = found.findIndex(({ defect }) => defect === right);
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, one, i) => sum + one * (b[i] ?? 0), 0);
}
