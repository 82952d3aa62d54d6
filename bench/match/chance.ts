import { shareWords } from '../kit/measures.ts';
import type { Found } from './variants.ts';

/** What was offered for a report, and the defect that it turned out to repeat. */
export type Seen = { found: readonly Found[]; right: number | undefined };

/** From which chance on a suggestion is called so. */
const LEVELS: readonly { name: string; from: number }[] = [
  { name: 'very likely', from: 0.8 },
  { name: 'maybe', from: 0.25 },
  { name: 'hardly', from: 0 },
];

/** Log odds that the first suggestion is right: fit, how far it is ahead of the best other, newness. Fitted on the first half of the browser's tracker. */
const EVIDENCE = { base: -3.18, fit: 3.8, ahead: 9.76, newness: 17.8 };
/** What each team's own answers move: an offset, since teams differ in how much repeats, and a slope. */
const PRIOR = { offset: -2, offsetSd: 1.5, slope: 1, slopeSd: 0.3 };
const REFIT_EVERY = 25;
const REMEMBERED = 2_000;
const STEPS = 30;

type Answer = { evidence: number; isRight: boolean };

/**
 * How often each word for the chance of the first suggestion is right, told of a whole stream and of its later half, where the
 * team's own merges and refusals so far set the chance anew each night (Platt scaling with a prior).
 */
export function printedChances(seen: readonly Seen[]): string[] {
  const answers: (Answer & { chance: number; isLater: boolean; mayRepeat: boolean })[] = [];
  let fit = { offset: PRIOR.offset, slope: PRIOR.slope };
  for (const [seq, { found, right }] of seen.entries()) {
    if (seq % REFIT_EVERY === 0) fit = fitted(answers.slice(-REMEMBERED));
    const evidence = evidenceOf(found);
    if (evidence === null) continue;
    const isRight = found[0]?.defect === right;
    const chance = chanceOf(evidence, fit);
    answers.push({ evidence, isRight, chance, isLater: seq >= seen.length / 2, mayRepeat: right !== undefined });
  }
  const lines = [
    '\n| the first suggestion is called | whole stream: right | said of so many | later half: right | said of so many |',
    '|---|---|---|---|---|',
  ];
  for (const [nth, { name, from }] of LEVELS.entries()) {
    const to = LEVELS[nth - 1]?.from ?? Number.POSITIVE_INFINITY;
    const called = answers.filter(({ chance }) => chance >= from && chance < to);
    const cells = [called, called.filter(({ isLater }) => isLater)].flatMap((of) => [
      shareWords(of.filter(({ isRight }) => isRight).length, of.length),
      String(of.length),
    ]);
    lines.push(`| ${name} | ${cells.join(' | ')} |`);
  }
  lines.push(`offset ${fit.offset.toFixed(2)}, slope ${fit.slope.toFixed(2)} in the end`);
  return lines;
}

function evidenceOf(found: readonly Found[]): number | null {
  const [top, ...others] = found;
  if (!top) return null;
  const share = 1 / 1.3;
  const best = Math.max(0, ...others.map(({ score }) => score));
  const { base, fit, ahead, newness } = EVIDENCE;
  return base + fit * share * top.score + ahead * share * (top.score - best) + newness * top.newness;
}

function chanceOf(evidence: number, { offset, slope }: { offset: number; slope: number }): number {
  return 1 / (1 + Math.exp(-(offset + slope * evidence)));
}

/** Newton's steps towards the most posterior mass, none longer than one. */
function fitted(answers: readonly Answer[]): { offset: number; slope: number } {
  let { offset, slope }: { offset: number; slope: number } = PRIOR;
  for (let step = 0; step < STEPS; step++) {
    let [g0, g1] = [(PRIOR.offset - offset) / PRIOR.offsetSd ** 2, (PRIOR.slope - slope) / PRIOR.slopeSd ** 2];
    let [h00, h01, h11] = [1 / PRIOR.offsetSd ** 2, 0, 1 / PRIOR.slopeSd ** 2];
    for (const { evidence, isRight } of answers) {
      const chance = chanceOf(evidence, { offset, slope });
      const spread = chance * (1 - chance);
      g0 += Number(isRight) - chance;
      g1 += (Number(isRight) - chance) * evidence;
      h00 += spread;
      h01 += spread * evidence;
      h11 += spread * evidence ** 2;
    }
    const determinant = h00 * h11 - h01 ** 2;
    const [by0, by1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    const shortened = Math.min(1, 1 / Math.hypot(by0, by1));
    offset += by0 * shortened;
    slope += by1 * shortened;
  }
  return { offset, slope };
}
