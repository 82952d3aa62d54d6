/** The value below which a share of the values lies, by the nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Recall at 1, 5 and 10 and mean reciprocal rank; a rank of Infinity is a miss. */
export function ranking(ranks: readonly number[]): { recall1: number; recall5: number; recall10: number; mrr: number } {
  const within = (k: number) => ranks.filter((rank) => rank <= k).length / ranks.length;
  const mrr = ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length;
  return { recall1: within(1), recall5: within(5), recall10: within(10), mrr };
}

/** Half of the 95 % interval of a share, in points. */
export function halfInterval(share: number, count: number): number {
  return 196 * Math.sqrt((share * (1 - share)) / count);
}

/** "4.1 % ±1.2" with half of the 95 % interval. */
export function shareWords(part: number, all: number): string {
  if (all === 0) return 'none';
  return `${((100 * part) / all).toFixed(1)} % ±${halfInterval(part / all, all).toFixed(1)}`;
}
