import type { Random } from '../../../src/domain/stats/random.ts';

/** A waiting time with the given rate (events a unit of time). */
export function sampleExponential(random: Random, rate: number): number {
  return -Math.log(1 - random()) / rate;
}
