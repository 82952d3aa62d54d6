import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepPlaceForBestFit, PLACES } from '../../../src/domain/grouping/kept-place.ts';

const ids = (found: readonly { id: number; score: number }[]) => keepPlaceForBestFit(found).map(({ id }) => id);

it('the last place that people look at is kept for what fits best, though newer ones came before it', () => {
  const byRank = [0.4, 0.3, 0.3, 0.2, 0.2, 0.1, 0.38, 0.2].map((score, id) => ({ id, score }));
  expect(ids(byRank)).toEqual([0, 1, 2, 3, 6, 4, 5, 7]);
});

it('of equals the newer one is kept the place, so that nothing moves where newness changed nothing', () => {
  const byRank = [0.5, 0.4, 0.3, 0.2, 0.1, 0.1, 0].map((score, id) => ({ id, score }));
  expect(ids(byRank)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

it('nothing is lost or doubled, and the places before the last stay as they are', () => {
  const found = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
  fc.assert(
    fc.property(found, (scores) => {
      const byRank = scores.map((score, id) => ({ id, score }));
      const kept = ids(byRank);
      expect(kept.toSorted((a, b) => a - b)).toEqual(byRank.map(({ id }) => id));
      expect(kept.slice(0, PLACES - 1)).toEqual(byRank.slice(0, PLACES - 1).map(({ id }) => id));
    }),
  );
});
