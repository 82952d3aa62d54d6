import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failuresWithin, firingSegments, splitFailures } from '../../../src/domain/reliability/firing-segments.ts';

const NOW = new Date('2026-11-20T14:30:00Z');
const AFTER = new Date('2026-08-22T14:30:00Z');
const at = (time: string) => new Date(`2026-11-20T${time}:00Z`);
const firing = (defectId: number, from: string, to: string | null) => ({
  defectId,
  startsAt: at(from),
  endsAt: to === null ? null : at(to),
});

describe('what failed while alerts fired', () => {
  it('is cut where a defect began or ended, and split by those that fired', () => {
    const segments = firingSegments([firing(1, '08:00', '10:00'), firing(2, '09:00', '11:00')], AFTER, NOW);
    expect(segments).toEqual([
      { startsAt: at('08:00'), endsAt: at('09:00'), defectIds: [1] },
      { startsAt: at('09:00'), endsAt: at('10:00'), defectIds: [1, 2] },
      { startsAt: at('10:00'), endsAt: at('11:00'), defectIds: [2] },
    ]);
    const counts = [10, 30, null];
    const split = splitFailures(segments, (segment) => counts[segments.indexOf(segment)] ?? null);
    expect([...split]).toEqual([
      [1, 25],
      [2, 15],
    ]);
  });

  it('counts two alerts of one defect once, and one that is on up to the last full hour', () => {
    const twice = [
      firing(1, '08:00', '10:00'),
      firing(1, '08:30', '09:00'),
      firing(2, '13:10', null),
      firing(3, '14:10', null),
    ];
    const segments = firingSegments(twice, AFTER, NOW);
    expect(segments.map(({ defectIds }) => defectIds)).toEqual([[1], [1], [1], [2]]);
    expect(segments.at(-1)).toMatchObject({ startsAt: at('13:10'), endsAt: at('14:00') });
  });

  it('shares out all that failed, and nothing more', () => {
    const minute = fc
      .integer({ min: 0, max: 600 })
      .map((minutes) => new Date(at('00:00').getTime() + minutes * 60_000));
    const firings = fc.array(
      fc.record({ defectId: fc.integer({ min: 1, max: 4 }), startsAt: minute, endsAt: minute }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(firings, (list) => {
        const segments = firingSegments(list, AFTER, NOW);
        for (const [i, segment] of segments.slice(1).entries()) {
          expect(segment.startsAt.getTime()).toBeGreaterThanOrEqual(segments[i]?.endsAt.getTime() ?? 0);
        }
        const minutes = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) => (+endsAt - +startsAt) / 60_000;
        const split = [...splitFailures(segments, minutes).values()].reduce((sum, one) => sum + one, 0);
        expect(split).toBeCloseTo(
          segments.reduce((sum, segment) => sum + minutes(segment), 0),
          6,
        );
        const longest = Math.max(0, ...list.map((one) => minutes(one)));
        expect(split).toBeGreaterThanOrEqual(longest - 1e-6);
      }),
    );
  });

  it('is taken from counts of other spans in proportion, and unknown where there are none', () => {
    const hours = [
      { startsAt: at('08:00'), endsAt: at('09:00'), bad: 60 },
      { startsAt: at('09:00'), endsAt: at('10:00'), bad: 6 },
    ];
    expect(failuresWithin({ startsAt: at('08:45'), endsAt: at('09:30') }, hours)).toBeCloseTo(18, 9);
    expect(failuresWithin({ startsAt: at('11:00'), endsAt: at('12:00') }, hours)).toBeNull();
  });
});
