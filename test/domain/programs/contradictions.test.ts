import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contradictionsIn, moveToWorkingDays } from '../../../src/domain/programs/contradictions.ts';

const rhythm = (...weekdays: number[]) => ({ weekdays, atLocalTime: '10:00', everyWeeks: 1 });

it('a triage on Monday contradicts a week that is worked on Thursday and Friday', () => {
  const settings = { triage: rhythm(1), digest: rhythm(5), workingDays: [4, 5] };
  expect(contradictionsIn(settings)).toEqual([{ ritual: 'triage', weekday: 1, nextWorkingDay: 4 }]);
  const moved = moveToWorkingDays(settings, ['triage']);
  expect(moved.triage).toEqual(rhythm(4));
  expect(moved.digest).toEqual(rhythm(5));
});

it('a day off at the end of the week moves to the first working day of the next', () => {
  const settings = { triage: rhythm(1), digest: rhythm(6, 7), workingDays: [1, 2, 3, 4, 5] };
  expect(contradictionsIn(settings)).toEqual([{ ritual: 'digest', weekday: 6, nextWorkingDay: 1 }]);
  expect(moveToWorkingDays(settings, ['digest']).digest).toEqual(rhythm(1));
});

it('whatever the week, nothing contradicts itself once both rituals have moved, and nothing moves that need not', () => {
  const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(days, days, days, (triage, digest, workingDays) => {
      const settings = { triage: rhythm(...triage), digest: rhythm(...digest), workingDays };
      const moved = moveToWorkingDays(settings, ['triage', 'digest']);
      expect(contradictionsIn(moved)).toEqual([]);
      if (contradictionsIn(settings).length === 0)
        expect(moved.triage.weekdays).toEqual([...triage].sort((a, b) => a - b));
    }),
  );
});
