import { counted } from '../text/counted.ts';

export type Harm = { key: string; harm: number };

export type Pareto = {
  /** The defects that together make the share, most harmful first. */
  top: Harm[];
  total: number;
  /** Their share of all harm, 0 to 1. */
  share: number;
  sentence: string;
};

/** The share of the harm that the named few must make together. */
const PARETO_SHARE = 0.7;
const PARETO_PERCENT = 70;

/**
 * The repeat offenders: the fewest defects that make at least 70 % of the harm, as `4 of 31 defects make 71 % of the
 * harm`. Where that takes half of them or more, or more than were looked at, the sentence says that the harm is spread
 * instead of naming a few. Percentages are rounded down. `undefined` where there is nothing to compare: fewer than two
 * harmful defects, or harm that is spread over fewer than five.
 *
 * @param defects the most harmful ones, at least all where they are few
 * @param all how many there are and the harm that they do together
 */
export function paretoOf(defects: readonly Harm[], all = together(defects)): Pareto | undefined {
  const harmful = defects.filter(({ harm }) => harm > 0).sort((a, b) => b.harm - a.harm || (a.key < b.key ? -1 : 1));
  // Added up elsewhere, in another order, the whole may come out a little less than its parts.
  const whole = Math.max(all.harm, together(defects).harm);
  if (harmful.length < 2 || !Number.isFinite(whole)) return undefined;
  let made = 0;
  const count = harmful.findIndex(({ harm }) => {
    made += harm;
    return made >= PARETO_SHARE * whole * (1 - 1e-12);
  });
  const top = harmful.slice(0, count === -1 ? harmful.length : count + 1);
  const share = together(top).harm / whole;
  if (count === -1 && defects.length < all.count) {
    const few = `no ${counted(defects.length, 'defect')} of ${all.count.toLocaleString('en-GB')}`;
    return { top, total: all.count, share, sentence: `The harm is spread: ${few} make ${PARETO_PERCENT} % of it.` };
  }
  if (isSpread(top, all.count) && harmful.length < 5) return undefined;
  return { top, total: all.count, share, sentence: paretoSentence(top, all.count, share) };
}

function together(defects: readonly Harm[]): { count: number; harm: number } {
  return { count: defects.length, harm: defects.reduce((sum, { harm }) => sum + harm, 0) };
}

function paretoSentence(top: readonly Harm[], total: number, share: number): string {
  const percent = Math.floor(share * 100 + 1e-9);
  const few = `${top.length} of ${counted(total, 'defect')}`;
  if (isSpread(top, total)) return `The harm is spread: it takes ${few} to make ${percent} % of it.`;
  const verb = top.length === 1 ? 'makes' : 'make';
  return `${few} ${verb} ${percent} % of the harm: ${listWords(top.map(({ key }) => key))}.`;
}

function isSpread(top: readonly Harm[], total: number): boolean {
  return top.length * 2 >= total;
}

function listWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
