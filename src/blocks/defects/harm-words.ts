import { points } from '../kit/words.ts';

/** "harm 12 a week", and as what it is ranked where a silence costs it some: so a list can be checked by its own figures. */
export function harmWords({ harm, quietHalvings }: { harm: number; quietHalvings: number }): string {
  const words = `harm ${points(harm)} a week`;
  const ranked = points(rankedAs(harm, quietHalvings));
  return ranked === points(harm) ? words : `${words}, ranked as ${ranked} for its silence`;
}

/** The harm that counts for the order. */
export function rankedAs(harm: number, quietHalvings: number): number {
  return harm * 2 ** -quietHalvings;
}
