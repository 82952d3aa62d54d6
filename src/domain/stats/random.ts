/** A source of numbers in [0, 1). The same seed gives the same numbers, so that a simulated statement can be repeated. */
export type Random = () => number;

/** The mulberry32 generator: 32 bits of state, period 2^32. For simulation, never for secrets. */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A Poisson count, exact for every mean: a large mean is drawn as a sum of small ones. */
export function samplePoisson(random: Random, mean: number): number {
  let count = 0;
  for (let left = mean; left > 0; left -= 20) {
    const floor = Math.exp(-Math.min(left, 20));
    for (let product = random(); product > floor; product *= random()) count++;
  }
  return count;
}

export function sampleNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A gamma variable with scale 1, by Marsaglia and Tsang, "A simple method for generating gamma variables" (2000). */
export function sampleGamma(random: Random, shape: number): number {
  if (shape < 1) return sampleGamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = sampleNormal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

export function sampleBeta(random: Random, a: number, b: number): number {
  const x = sampleGamma(random, a);
  return x / (x + sampleGamma(random, b));
}

/**
 * Successes in so many trials, exact up to a variance of 25 and by the normal above. Where many trials have few successes
 * the failures between two are skipped at once (Devroye, Non-Uniform Random Variate Generation, 1986, X.4.3).
 */
export function sampleBinomial(random: Random, trials: number, chance: number): number {
  if (chance > 0.5) return trials - sampleBinomial(random, trials, 1 - chance);
  const variance = trials * chance * (1 - chance);
  if (variance > 25) {
    const drawn = Math.round(trials * chance + Math.sqrt(variance) * sampleNormal(random));
    return Math.min(trials, Math.max(0, drawn));
  }
  if (chance <= 0) return 0;
  const lnFailure = Math.log1p(-chance);
  let count = 0;
  for (let at = skip(random, lnFailure); at < trials; at += 1 + skip(random, lnFailure)) count++;
  return count;
}

function skip(random: Random, lnFailure: number): number {
  return Math.floor(Math.log(1 - random()) / lnFailure);
}
