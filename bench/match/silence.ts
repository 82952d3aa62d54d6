import { bootstrapDifference } from '../kit/bootstrap.ts';

/** For how many days nothing was told of a defect before it came back. */
export type Silence = { defect: number; days: number };

const SPANS: readonly { name: string; from: number; to: number }[] = [
  { name: 'under 30 days', from: 0, to: 30 },
  { name: '30 to 90 days', from: 30, to: 90 },
  { name: '90 days to a year', from: 90, to: 365 },
  { name: 'one to two years', from: 365, to: 730 },
  { name: 'over two years', from: 730, to: Number.POSITIVE_INFINITY },
  { name: 'over a year', from: 365, to: Number.POSITIVE_INFINITY },
];

/**
 * What preferring newer reports is worth and costs, by how long the defect was silent: recall at 5 as it is, by fit alone, and
 * the paired difference with its 95 % interval.
 */
export function bySilence(ranks: readonly number[], byFit: readonly number[], silences: readonly Silence[]): string[] {
  const lines = [
    '\n| silent for | repeats | R@5 as it is | however old | difference in points |',
    '|---|---|---|---|---|',
  ];
  for (const { name, from, to } of SPANS) {
    const within = silences.flatMap(({ days }, i) => (days >= from && days < to ? [i] : []));
    if (within.length === 0) continue;
    const inFive = (of: readonly number[]) => within.map((i) => Number((of[i] ?? Number.POSITIVE_INFINITY) <= 5));
    const [now, fit] = [inFive(ranks), inFive(byFit)];
    const { mean, low, high } = bootstrapDifference(
      now.map((one, i) => 100 * (one - (fit[i] ?? 0))),
      within.map((i) => silences[i]?.defect ?? i),
    );
    lines.push(
      `| ${name} | ${within.length} | ${share(now)} | ${share(fit)} | ${mean.toFixed(1)} [${low.toFixed(1)}, ${high.toFixed(1)}] |`,
    );
  }
  return lines;
}

function share(hits: readonly number[]): string {
  return (hits.reduce((sum, one) => sum + one, 0) / hits.length).toFixed(3);
}
