import { expect, test } from 'vitest';
import {
  mulberry32,
  type Random,
  sampleBeta,
  sampleBinomial,
  sampleGamma,
  samplePoisson,
} from '../../../src/domain/stats/random.ts';

test('the same seed repeats the same numbers, another seed does not', () => {
  const draw = (seed: number) => Array.from({ length: 5 }, mulberry32(seed));
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test.each<[string, (random: Random) => number, number, number]>([
  ['uniform', (random) => random(), 0.5, 1 / 12],
  ['Poisson of mean 0.3', (random) => samplePoisson(random, 0.3), 0.3, 0.3],
  ['Poisson of mean 65', (random) => samplePoisson(random, 65), 65, 65],
  ['gamma of shape 0.5', (random) => sampleGamma(random, 0.5), 0.5, 0.5],
  ['gamma of shape 9', (random) => sampleGamma(random, 9), 9, 9],
  ['beta of 2 and 6', (random) => sampleBeta(random, 2, 6), 0.25, 12 / (64 * 9)],
  ['binomial of 10 at 0.2', (random) => sampleBinomial(random, 10, 0.2), 2, 1.6],
  ['binomial of 300 at 0.02', (random) => sampleBinomial(random, 300, 0.02), 6, 5.88],
  ['binomial of 40 at 0.9', (random) => sampleBinomial(random, 40, 0.9), 36, 3.6],
  ['binomial of 2,000 at 0.3', (random) => sampleBinomial(random, 2_000, 0.3), 600, 420],
])('%s draws have their mean and variance', (_, sample, mean, variance) => {
  const random = mulberry32(20_261_123);
  const draws = Array.from({ length: 20_000 }, () => sample(random));
  const average = draws.reduce((a, b) => a + b, 0) / draws.length;
  const spread = draws.reduce((a, b) => a + (b - average) ** 2, 0) / draws.length;
  expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(variance / draws.length));
  expect(spread / variance).toBeGreaterThan(0.92);
  expect(spread / variance).toBeLessThan(1.08);
});

test('a chance of nothing draws none of the trials, a sure one all', () => {
  expect(sampleBinomial(mulberry32(1), 50, 0)).toBe(0);
  expect(sampleBinomial(mulberry32(1), 50, 1)).toBe(50);
  expect(sampleBinomial(mulberry32(1), 0, 0.4)).toBe(0);
});

test('a mean of zero or less draws nothing', () => {
  expect(samplePoisson(mulberry32(1), 0)).toBe(0);
  expect(samplePoisson(mulberry32(1), -3)).toBe(0);
});
