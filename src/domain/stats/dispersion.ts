import { chiSquareUpperTail } from './kernel.ts';
import type { Observed } from './observed.ts';

export type Dispersion = {
  chiSquare: number;
  df: number;
  p: number;
  /** How many times wider than Poisson the counts vary; 1 unless the test finds them too spread. */
  factor: number;
};

/**
 * Are the counts more spread than a Poisson process allows? Fisher's index of dispersion: the sum of
 * (count - expected)^2 / expected is chi-square with k - 1 degrees of freedom. Below p = 0.05 the factor is
 * chiSquare / df, the quasi-Poisson scale by which variances are widened. `undefined` for fewer than two periods or no
 * event at all; with an expected count under 1 the test is rough.
 */
export function dispersion(periods: readonly Observed[]): Dispersion | undefined {
  const exposed = periods.filter(({ exposure }) => exposure > 0);
  const exposure = exposed.reduce((sum, period) => sum + period.exposure, 0);
  const count = exposed.reduce((sum, period) => sum + period.count, 0);
  if (exposed.length < 2 || count === 0) return undefined;
  const chiSquare = exposed.reduce((sum, period) => {
    const expected = (count * period.exposure) / exposure;
    return sum + (period.count - expected) ** 2 / expected;
  }, 0);
  const df = exposed.length - 1;
  const p = chiSquareUpperTail(chiSquare, df);
  return { chiSquare, df, p, factor: p < 0.05 ? Math.max(1, chiSquare / df) : 1 };
}

/**
 * The same evidence at a given dispersion: count and exposure are divided alike, so that the rate stays and every
 * interval built on it widens by the square root of the factor.
 */
export function thinned({ count, exposure }: Observed, factor: number): Observed {
  return { count: count / factor, exposure: exposure / factor };
}
