/** So many suggestions people look at. */
export const PLACES = 5;

/**
 * The suggestions as they are shown, from their order by rank: what was seen lately comes first, but the last of the places
 * that people look at belongs to what fits best of the rest, however old it is.
 */
export function keepPlaceForBestFit<S extends { score: number }>(byRank: readonly S[]): S[] {
  const first = byRank.slice(0, PLACES - 1);
  const rest = byRank.slice(PLACES - 1);
  const [next, ...others] = rest;
  if (next === undefined) return first;
  const fittest = others.reduce((best, one) => (one.score > best.score ? one : best), next);
  return [...first, fittest, ...rest.filter((one) => one !== fittest)];
}
