import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeDue } from '../../../src/domain/trackers/merge-due.ts';

const [early, late] = [new Date('2026-11-23T09:00:00Z'), new Date('2026-11-23T10:00:00Z')];
const [first, second, third] = ['2026-12-01', '2026-12-02', '2026-12-03'];

describe('a due date on both sides', () => {
  it.each<[string, string | null | undefined, [string | null, Date], [string | null, Date], string]>([
    ['the same on both', first, [second, early], [second, late], 'rest'],
    ['new to the ticket', undefined, [first, early], [null, late], 'give'],
    ['different from the start', undefined, [first, early], [second, late], 'rest'],
    ['changed here', first, [second, early], [first, late], 'give'],
    ['taken away here', first, [null, early], [first, late], 'give'],
    ['changed there', first, [first, late], [second, early], 'take'],
    ['taken away there', first, [first, early], [null, late], 'rest'],
    ['changed on both, here last', first, [second, late], [third, early], 'give'],
    ['changed on both, there last', first, [second, early], [third, late], 'take'],
    ['changed on both at once', first, [second, late], [third, late], 'take'],
  ])('that is %s is settled so', (_, agreed, [ours, oursAt], [theirs, theirsAt], step) => {
    const known = agreed === undefined ? null : { ours: agreed, theirs: agreed };
    expect(mergeDue(known, { dueOn: ours, at: oursAt }, { dueOn: theirs, at: theirsAt, isOwn: false })).toBe(step);
  });

  it('that could not be taken over differs from then on, until somebody changes it', () => {
    const agreed = { ours: first, theirs: second };
    expect(mergeDue(agreed, { dueOn: first, at: early }, { dueOn: second, at: late, isOwn: false })).toBe('rest');
    expect(mergeDue(agreed, { dueOn: third, at: late }, { dueOn: second, at: early, isOwn: false })).toBe('give');
    expect(mergeDue(agreed, { dueOn: first, at: early }, { dueOn: third, at: late, isOwn: false })).toBe('take');
  });

  it('that was being written when it changed here is no news of the ticket, and the same by a person is', () => {
    const agreed = { ours: first, theirs: first, given: second };
    const [ours, theirs] = [
      { dueOn: third, at: early },
      { dueOn: second, at: late },
    ];
    expect(mergeDue(agreed, ours, { ...theirs, isOwn: true })).toBe('give');
    expect(mergeDue(agreed, ours, { ...theirs, isOwn: false })).toBe('take');
  });

  it('ends the same however often, and however late, the two are compared', () => {
    const day = fc.constantFrom(first, second, third);
    const edit = fc.record({
      side: fc.constantFrom('ours' as const, 'theirs' as const),
      dueOn: day,
      isCompared: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        const sides = { ours: { dueOn: first, at: early }, theirs: { dueOn: first, at: early } };
        let agreed = { ours: first, theirs: first };
        const compare = () => {
          const step = mergeDue(agreed, sides.ours, { ...sides.theirs, isOwn: false });
          const winner = step === 'give' ? sides.ours : sides.theirs;
          sides.ours = sides.theirs = { ...winner };
          agreed = { ours: winner.dueOn, theirs: winner.dueOn };
        };
        edits.forEach(({ side, dueOn, isCompared }, i) => {
          if (sides[side].dueOn !== dueOn) sides[side] = { dueOn, at: new Date(early.getTime() + (i + 1) * 1000) };
          if (isCompared) compare();
        });
        compare();
        return (
          sides.ours.dueOn === sides.theirs.dueOn &&
          mergeDue(agreed, sides.ours, { ...sides.theirs, isOwn: false }) === 'rest'
        );
      }),
    );
  });
});
