/** Counts of people's reports vary about so much more than chance; worth as many weeks as the second figure. */
export const USUAL_DISPERSION = 1.5;
const USUAL_WEIGHT = 6;
/** What several series show may not hold of their sum, where they vary together: they are worth no more than so many. */
const MOST_SERIES = 1.5;
/** How far neighbours are alike is hard to see: it is believed by half after so many pairs. */
const PAIRS_TO_BELIEVE = 50;
/** Episodes of days that run on over the end of a week add no more than this. */
const MOST_RUN_ON = 1.6;

/** How much more than chance counts vary around their rate, and how well that is known. */
export type Spread = {
  /** How many times wider than chance, at least 1; in the long run, where neighbours are alike. */
  dispersion: number;
  /** Degrees of freedom: as many pairs of neighbours as it rests on. */
  df: number;
  /** How many series of the same size it was seen in, at least 1. */
  seenIn: number;
  /** What those series alone say of it, at most 1: less where they vary together, which they do not show one by one. */
  share: number;
};

/**
 * How much counts vary by themselves, from pairs of neighbours, so that one lasting change does not hide itself.
 * 1. Few pairs stay near what is usual.
 * 2. Neighbours that are alike vary less than the long run does: counts two apart show by how much. The variance of a long
 *    sum of counts whose neighbours alone are alike is that of one count and twice their covariance: three times what counts
 *    two apart show, less twice what neighbours show.
 * 3. Series that come alike and apart, such as the areas of a program, show both sooner than their sum.
 * 4. Where the counts themselves vary more than that, what is common to all of them does; then they count.
 *
 * @param alike series of the same weeks; left out, the counts alone tell
 * @param changedAt the first count of another rate, if there is one: what lies on both sides of it says nothing of 2
 */
export function spreadOf(
  counts: readonly number[],
  {
    exposures = counts.map(() => 1),
    alike = [counts],
    changedAt,
  }: { exposures?: readonly number[]; alike?: readonly (readonly number[])[]; changedAt?: number } = {},
): Spread {
  const pairs = Math.max(0, counts.length - 1);
  const own = towardsUsual(differences([counts], exposures, 1), pairs);
  const seenIn = sizeOf(alike);
  const towards = towardsUsual(differences(alike, exposures, 1), seenIn * pairs);
  const [near, farther] = [1, 2].map((apart) => differences(alike, exposures, apart, changedAt));
  const dispersion = Math.max(1, towards * runOn(near, farther, seenIn * pairs));
  if (own <= dispersion)
    return { dispersion, df: USUAL_WEIGHT + Math.min(seenIn, MOST_SERIES) * pairs, seenIn, share: 1 };
  return { dispersion: own, df: USUAL_WEIGHT + pairs, seenIn, share: dispersion / own };
}

/**
 * Of counts so many apart: the squares of their differences by what chance alone makes of them; NaN of nothing. Those
 * between a count before `across` and one from it on are left out.
 */
function differences(
  series: readonly (readonly number[])[],
  exposures: readonly number[],
  apart: number,
  across?: number,
): number {
  let squares = 0;
  let sums = 0;
  for (const counts of series) {
    for (let i = apart; i < counts.length; i++) {
      if (across !== undefined && i >= across && i - apart < across) continue;
      const [count, last] = [counts[i] ?? 0, counts[i - apart] ?? 0];
      const [here, before] = [exposures[i] ?? 0, exposures[i - apart] ?? 0];
      if (here * before === 0) continue;
      squares += (count * before - last * here) ** 2 / (here * before);
      sums += count + last;
    }
  }
  return squares / sums;
}

function towardsUsual(seen: number, pairs: number): number {
  const own = Number.isNaN(seen) ? USUAL_DISPERSION : seen;
  return Math.max(1, (USUAL_WEIGHT * USUAL_DISPERSION + pairs * own) / (USUAL_WEIGHT + pairs));
}

/** How many times wider the long run is than neighbours show. */
function runOn(near = Number.NaN, farther = Number.NaN, pairs = 0): number {
  const seen = (3 * farther) / near - 2;
  if (!Number.isFinite(seen)) return 1;
  return Math.min(MOST_RUN_ON, Math.max(1, 1 + ((seen - 1) * pairs) / (pairs + PAIRS_TO_BELIEVE)));
}

/** How many series of the same size tell as much as these; one that is most of all is hardly more than one. */
function sizeOf(series: readonly (readonly number[])[]): number {
  const totals = series.map((counts) => counts.reduce((sum, count) => sum + count, 0));
  const all = totals.reduce((sum, total) => sum + total, 0);
  return all === 0 ? 1 : all ** 2 / totals.reduce((sum, total) => sum + total ** 2, 0);
}
