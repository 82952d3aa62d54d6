/** How a program's own answers move the chance of a repeat: an offset and a slope on the evidence (Platt scaling). */
export type ChanceFit = { offset: number; slope: number };

/** The evidence of a first suggestion, and whether the report was a repeat of that defect in the end. */
export type Answer = { evidence: number; isRight: boolean };

/** How likely a suggestion is right, in words; what each means is measured in docs/evidence.md. */
export const CHANCE_WORDS = ['very likely', 'maybe'] as const;
export type ChanceWord = (typeof CHANCE_WORDS)[number];

const VERY_LIKELY_FROM = 0.8;
const MAYBE_FROM = 0.25;
/** With fewer reports of people a program has shown too little of how much repeats. */
export const FEWEST_ANSWERS = 50;

/** Log odds that the first suggestion is right, fitted on the first half of a browser's tracker. */
const EVIDENCE = { base: -3.18, fit: 3.8, ahead: 9.76, newness: 23.1 };
/** What is expected of a program before its answers, which is less than in that tracker, and how far they may move it. */
const PRIOR = { offset: -2, offsetSd: 1.5, slope: 1, slopeSd: 0.3 };
const STEPS = 30;

/**
 * What speaks for the first of the suggestions: how well it fits, how far it is ahead of the best other, and how new it is.
 * Null where there is none.
 */
export function evidenceOf(found: readonly { score: number; newness: number }[]): number | null {
  const [top, ...others] = found;
  if (!top) return null;
  const best = others.reduce((most, { score }) => Math.max(most, score), 0);
  return (
    EVIDENCE.base + EVIDENCE.fit * top.score + EVIDENCE.ahead * (top.score - best) + EVIDENCE.newness * top.newness
  );
}

export function chanceOf(evidence: number, { offset, slope }: ChanceFit): number {
  return 1 / (1 + Math.exp(-(offset + slope * evidence)));
}

/** Null where the chance is too small to be worth a word. */
export function chanceWord(chance: number): ChanceWord | null {
  if (chance >= VERY_LIKELY_FROM) return 'very likely';
  return chance >= MAYBE_FROM ? 'maybe' : null;
}

/** The fit of most posterior mass, by Newton's steps of which none is longer than one. */
export function fitChance(answers: readonly Answer[]): ChanceFit {
  let { offset, slope }: ChanceFit = PRIOR;
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
