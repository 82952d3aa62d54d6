import { mulberry32 } from '../../src/domain/stats/random.ts';
import { quantile } from './measures.ts';

const RESAMPLES = 2_000;

export type Difference = { mean: number; low: number; high: number };

/**
 * The mean of paired differences with its 95 % interval, by the percentile bootstrap. What belongs together, such as the
 * repeats of one defect, is drawn together, since one lucky word decides about all of them.
 */
export function bootstrapDifference(differences: readonly number[], groups: readonly (string | number)[]): Difference {
  const byGroup = new Map<string | number, { sum: number; count: number }>();
  for (const [i, difference] of differences.entries()) {
    const group = byGroup.get(groups[i] ?? i) ?? { sum: 0, count: 0 };
    byGroup.set(groups[i] ?? i, { sum: group.sum + difference, count: group.count + 1 });
  }
  const all = [...byGroup.values()];
  const random = mulberry32(20_261_123);
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < all.length; i++) {
      const drawn = all[Math.floor(random() * all.length)];
      sum += drawn?.sum ?? 0;
      count += drawn?.count ?? 0;
    }
    return sum / Math.max(1, count);
  });
  const mean = differences.reduce((sum, one) => sum + one, 0) / Math.max(1, differences.length);
  return { mean, low: quantile(means, 0.025), high: quantile(means, 0.975) };
}
