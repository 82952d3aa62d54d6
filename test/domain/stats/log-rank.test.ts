import { describe, expect, it } from 'vitest';
import { evidenceOf, logRank, shareScore } from '../../../src/domain/stats/log-rank.ts';

const times = (given: readonly (number | string)[]) =>
  given.map((time) => ({ time: Number.parseInt(String(time), 10), happened: !String(time).endsWith('+') }));

describe('two groups', () => {
  it('of the trial of Freireich and others (1963) differ as it was published', () => {
    const treated = times([
      6,
      6,
      6,
      '6+',
      7,
      '9+',
      10,
      '10+',
      '11+',
      13,
      16,
      '17+',
      '19+',
      '20+',
      22,
      23,
      '25+',
      '32+',
      '32+',
      '34+',
      '35+',
    ]);
    const placebo = times([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]);
    const { excess, variance } = logRank(treated, placebo);
    // Chi-square 16.79 with one degree of freedom; 9 events where 19.25 were expected.
    expect(excess).toBeCloseTo(9 - 19.25, 2);
    expect(excess ** 2 / variance).toBeCloseTo(16.79, 2);
    expect(logRank(placebo, treated).excess).toBeCloseTo(-excess, 9);
    expect(evidenceOf({ excess, variance })).toBeGreaterThan(20);
  });

  it('cannot be told apart without an event, or without a group', () => {
    expect(logRank(times(['5+']), times(['7+']))).toEqual({ excess: 0, variance: 0 });
    expect(evidenceOf(logRank(times([5, 6]), []))).toBe(1);
    expect(evidenceOf(shareScore({ happened: 0, of: 0 }, { happened: 0, of: 1 }))).toBe(1);
  });

  it('have more evidence between them the more they differ, and less than none where they are alike', () => {
    expect(shareScore({ happened: 4, of: 4 }, { happened: 0, of: 4 })).toEqual({ excess: 2, variance: 4 / 7 });
    const of = 50;
    const evidence = [10, 15, 20, 30].map((happened) => evidenceOf(shareScore({ happened, of }, { happened: 10, of })));
    expect(evidence).toEqual([...evidence].sort((a, b) => a - b));
    expect(evidence[0]).toBeLessThan(1);
    expect(evidence.at(-1)).toBeGreaterThan(20);
  });
});
