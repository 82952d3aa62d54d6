/** The share of false calls that statements over many things at once put up with. */
export const FALSE_CALL_SHARE = 0.1;

/**
 * The p-values adjusted for looking at many things at once (Benjamini and Hochberg, JRSS B 1995), in the order given.
 * Calling everything real whose adjusted value is at most q keeps the expected share of false calls at q. Values must
 * lie in 0..1; an empty list stays empty.
 */
export function adjustedPValues(pValues: readonly number[]): number[] {
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const adjusted = new Array<number>(pValues.length);
  let lowest = 1;
  order.forEach(({ p, index }, fromWorst) => {
    lowest = Math.min(lowest, (p * pValues.length) / (pValues.length - fromWorst));
    adjusted[index] = lowest;
  });
  return adjusted;
}
