/**
 * Special functions for exact tests on counts, good to twelve digits and more over the range counts have.
 * The densities follow C. Loader, "Fast and accurate computation of binomial probabilities" (2000), so that large
 * counts lose no digits; the tails are the series and continued fractions of DLMF 8.11, 8.9 and 8.17.22.
 */

const EPSILON = 1e-16;
const TINY = 1e-300;
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/** ln Γ(a) for a > 0. */
export function lgamma(a: number): number {
  if (!(a > 0)) return a === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  let shift = 1;
  let x = a;
  for (; x < 16; x++) shift *= x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + stirlingSeries(x) - Math.log(shift);
}

/** Q(a, x), the regularised upper incomplete gamma function, without cancellation; a > 0, x >= 0. */
export function gammaQ(a: number, x: number): number {
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}

/** I_x(a, b), the regularised incomplete beta function; a, b > 0. `complement` is 1 - x where that is known better. */
export function betaI(x: number, a: number, b: number, complement = 1 - x): number {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaFraction(complement, b, a, x);
  return betaFraction(x, a, b, complement);
}

/** The x with I_x(a, b) = p. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  const isBelow = (x: number, y: number) => (p < 0.5 ? betaI(x, a, b, y) < p : betaI(y, b, a, x) > 1 - p);
  // The larger half is searched by its distance from 1, where doubles are dense.
  if (isBelow(0.5, 0.5)) return 1 - bisect((y) => !isBelow(1 - y, y), 0, 0.5);
  return bisect((x) => isBelow(x, 1 - x), 0, 0.5);
}

/** P(Z <= z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  const tail = gammaQ(0.5, (z * z) / 2) / 2;
  return z < 0 ? tail : 1 - tail;
}

/** The z with P(Z <= z) = p. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p === 0.5) return 0;
  return bisect((z) => normalCdf(z) < p, -39, 0);
}

/** The t with P(T <= t) = p of Student's distribution; p from 0.5 on. */
export function studentQuantile(p: number, df: number): number {
  const x = betaQuantile(2 * (1 - p), df / 2, 0.5);
  return Math.sqrt((df * (1 - x)) / x);
}

/** P(|T| >= t) of Student's distribution. */
export function studentTails(t: number, df: number): number {
  return Number.isFinite(t) ? betaI(df / (df + t * t), df / 2, 0.5) : 0;
}

/** P(X >= x) for a chi-square variable. */
export function chiSquareUpperTail(x: number, df: number): number {
  return gammaQ(df / 2, x / 2);
}

/** x^a e^-x / Γ(a+1): the Poisson density, for real a >= 0 too. */
export function poissonDensity(a: number, x: number): number {
  if (x === 0) return a === 0 ? 1 : 0;
  if (a === 0) return Math.exp(-x);
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

/** The binomial density at a of a + b trials with chances p and q = 1 - p, for real a and b too. */
export function binomialDensity(a: number, b: number, p: number, q = 1 - p): number {
  if (a === 0) return Math.exp(b * (p < 0.1 ? Math.log1p(-p) : Math.log(q)));
  if (b === 0) return Math.exp(a * (q < 0.1 ? Math.log1p(-q) : Math.log(p)));
  if (p === 0 || q === 0) return 0;
  const n = a + b;
  const log = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * p) - deviance(b, n * q);
  return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * a * b));
}

/** The point where a predicate that is true to its left turns false, to the last bit that doubles can tell apart. */
export function bisect(isLeft: (x: number) => boolean, low: number, high: number): number {
  let [left, right] = [low, high];
  for (let step = 0; step < 400; step++) {
    const middle = left + (right - left) / 2;
    if (middle === left || middle === right) break;
    if (isLeft(middle)) left = middle;
    else right = middle;
  }
  return left + (right - left) / 2;
}

function stirlingSeries(x: number): number {
  return STIRLING.reduceRight((sum, term) => sum / (x * x) + term, 0) / x;
}

/** ln Γ(a+1) minus Stirling's approximation of it. */
function stirlingError(a: number): number {
  if (a >= 16) return stirlingSeries(a);
  return lgamma(a + 1) - (a + 0.5) * Math.log(a) + a - 0.5 * Math.log(2 * Math.PI);
}

/** a ln(a/m) + m - a, which cancels near a = m. */
function deviance(a: number, m: number): number {
  if (Math.abs(a - m) >= 0.1 * (a + m)) return a * Math.log(a / m) + m - a;
  const v = (a - m) / (a + m);
  let sum = (a - m) * v;
  let term = 2 * a * v;
  for (let j = 1; j < 1000; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

function gammaSeries(a: number, x: number): number {
  if (x <= 0) return 0;
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * EPSILON; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * poissonDensity(a, x);
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 100_000; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / nonZero(numerator * d + b);
    c = nonZero(b + numerator / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < EPSILON * 4) break;
  }
  return h * a * poissonDensity(a, x);
}

function betaFraction(x: number, a: number, b: number, complement: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < EPSILON * 4) break;
  }
  return (h * binomialDensity(a, b, x, complement) * b) / (a + b);
}

function nonZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}
