import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreedSince, mergeDue } from '../../../src/domain/trackers/merge-due.ts';

const [early, late] = [new Date('2026-11-23T09:00:00Z'), new Date('2026-11-23T10:00:00Z')];
const [first, second, third] = ['2026-12-01', '2026-12-02', '2026-12-03'];

describe('a due date on both sides', () => {
  it.each<[string, string | null | undefined, [string | null, Date], [string | null, Date], string]>([
    ['the same on both', first, [second, early], [second, late], 'rest'],
    ['new to the ticket', undefined, [first, early], [null, late], 'give'],
    ['different from the start', undefined, [first, early], [second, late], 'rest'],
    ['changed here', first, [second, late], [first, early], 'give'],
    ['taken away here', first, [null, late], [first, early], 'give'],
    ['changed there', first, [first, early], [second, late], 'take'],
    ['changed here, and there and back after that', first, [second, early], [first, late], 'take'],
    ['changed here and back after it was changed there', first, [first, late], [second, early], 'give'],
    ['taken away there', first, [first, early], [null, late], 'rest'],
    ['changed on both, here last', first, [second, late], [third, early], 'give'],
    ['changed on both, there last', first, [second, early], [third, late], 'take'],
    ['changed on both at once', first, [second, late], [third, late], 'take'],
  ])('that is %s is settled so', (_, agreed, [ours, oursAt], [theirs, theirsAt], step) => {
    const known = agreed === undefined ? null : { ours: agreed, oursAt: early, theirs: agreed, theirsAt: early };
    expect(mergeDue(known, { dueOn: ours, at: oursAt }, { dueOn: theirs, at: theirsAt, isOwn: false })).toBe(step);
  });

  it('that could not be taken over differs from then on, until somebody changes it', () => {
    const agreed = { ours: first, oursAt: early, theirs: second, theirsAt: late };
    expect(mergeDue(agreed, { dueOn: first, at: early }, { dueOn: second, at: late, isOwn: false })).toBe('rest');
    expect(mergeDue(agreed, { dueOn: third, at: late }, { dueOn: second, at: late, isOwn: false })).toBe('give');
    expect(mergeDue(agreed, { dueOn: first, at: early }, { dueOn: third, at: late, isOwn: false })).toBe('take');
  });

  it('that was being written when it changed here is no news of the ticket, and the same by a person is', () => {
    const [ours, theirs] = [
      { dueOn: third, at: early },
      { dueOn: second, at: late },
    ];
    const afterGiving = (isOwn: boolean) => {
      const there = { ...theirs, isOwn };
      return mergeDue(
        agreedSince({ ours: first, oursAt: early, theirs: first, theirsAt: early }, { dueOn: second }, there),
        ours,
        there,
      );
    };
    expect([afterGiving(true), afterGiving(false)]).toEqual(['give', 'take']);
  });

  it('ends as the last edit says, whatever was looked at, lost or never sent in between', () => {
    const looks = ['none', 'whole', 'answer lost', 'not sent'] as const;
    const edit = fc.record({
      side: fc.constantFrom('ours' as const, 'theirs' as const),
      dueOn: fc.constantFrom(first, second, third),
      look: fc.constantFrom(...looks),
    });
    const minute = (i: number) => new Date(early.getTime() + i * 60_000);
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let ours = { dueOn: first, at: early };
        let theirs = { dueOn: first, at: early, isOwn: true };
        let agreed: Parameters<typeof mergeDue>[0] = { ours: first, oursAt: early, theirs: first, theirsAt: early };
        let given: Parameters<typeof agreedSince>[1] = null;
        const look = (how: (typeof looks)[number], at: Date) => {
          agreed = agreedSince(agreed, given, theirs);
          const step = mergeDue(agreed, ours, theirs);
          if (step === 'take') ours = { dueOn: theirs.dueOn, at };
          if (step === 'give') {
            given = { dueOn: ours.dueOn };
            if (how !== 'not sent') theirs = { dueOn: ours.dueOn, at, isOwn: true };
            if (how !== 'whole') return;
          }
          given = null;
          agreed = { ours: ours.dueOn, oursAt: ours.at, theirs: theirs.dueOn, theirsAt: theirs.at };
        };
        let last = first;
        edits.forEach(({ side, dueOn, look: how }, i) => {
          if ((side === 'ours' ? ours : theirs).dueOn === dueOn) return;
          if (side === 'ours') ours = { dueOn, at: minute(2 * i + 1) };
          else theirs = { dueOn, at: minute(2 * i + 1), isOwn: false };
          last = dueOn;
          if (how !== 'none') look(how, minute(2 * i + 2));
        });
        look('whole', minute(50));
        expect([ours.dueOn, theirs.dueOn]).toEqual([last, last]);
        expect(mergeDue(agreed, ours, theirs)).toBe('rest');
      }),
      { numRuns: 3_000 },
    );
  });
});
