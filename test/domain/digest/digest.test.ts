import { describe, expect, it } from 'vitest';
import { assembleBurndown } from '../../../src/domain/digest/burndown.ts';
import { assembleDigest, type Mover } from '../../../src/domain/digest/digest.ts';
import { aWeek } from '../../blocks/digest/digest-world.ts';

function aMover(number: number, harmThen: number, harmNow: number): Mover {
  return { number, title: 'x', reports: 1, harmThen, harmNow };
}

describe('what a digest picks', () => {
  it('are the three defects whose harm rose the most, and none that cooled down', () => {
    const movers = [aMover(1, 5, 6), aMover(2, 9, 3), aMover(3, 0, 4), aMover(4, 1, 3), aMover(5, 1, 1.5)];
    expect(assembleDigest(aWeek({ movers })).movers.map(({ number }) => number)).toEqual([3, 4, 1]);
  });

  it('is quiet only when nothing was reported, changed or relabelled', () => {
    const merged = assembleBurndown({ toDo: 3, claimed: 0 }, { toDo: 2, claimed: 0 }, [
      { kind: 'merged', from: 'new', to: 'merged', count: 1 },
    ]);
    expect(assembleDigest(aWeek()).isQuiet).toBe(true);
    expect(assembleDigest(aWeek({ week: { reports: 1, tickets: 0 } })).isQuiet).toBe(false);
    expect(assembleDigest(aWeek({ thisWeek: merged })).isQuiet).toBe(false);
  });

  it('says which column of which week does not add up', () => {
    const lastWeek = assembleBurndown({ toDo: 1, claimed: 0 }, { toDo: 3, claimed: 0 }, []);
    expect(assembleDigest(aWeek({ lastWeek })).gaps).toEqual([
      'toDo: 1 then and the flows give 1, but 3 are there now',
    ]);
  });
});
