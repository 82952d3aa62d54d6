import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgreedOwner, hasArrived, mergeOwner } from '../../../src/domain/trackers/merge-owner.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute));
const agreed: AgreedOwner = {
  ...{ ownerId: 'UANA', ownerAt: at(0), assignedAt: at(0), assignees: ['ana'] },
  ...{ given: null, leaving: [] },
};
const ours = (ownerId: string | null, minute: number, accounts?: string[]) => ({
  ownerId,
  at: at(minute),
  accounts: accounts ?? (ownerId ? [ownerId.slice(1).toLowerCase()] : []),
});
const theirs = (assignees: string[], minute: number, isOwn = false) => ({ assignees, at: at(minute), isOwn });

describe('the owner of a defect and the assignees of its ticket', () => {
  it.each([
    ['rest while nothing is new', agreed, ours('UANA', 0), theirs(['ana'], 0), { kind: 'rest', isWhole: true }],
    ['rest where the owner is among several', agreed, ours('UBEN', 5), theirs(['ana', 'ben'], 0), { kind: 'rest' }],
    ['follow the ticket', agreed, ours('UANA', 0), theirs(['ben'], 5), { kind: 'take', account: 'ben' }],
    [
      'follow the one who was added',
      agreed,
      ours('UCEM', 9),
      theirs(['ana', 'ben'], 10),
      { kind: 'take', account: 'ben' },
    ],
    ['follow the defect', agreed, ours('UBEN', 5), theirs(['ana'], 0), { kind: 'give', add: 'ben', remove: ['ana'] }],
    [
      'leave others alone',
      agreed,
      ours('UBEN', 5),
      theirs(['ana', 'cem'], 1),
      { kind: 'give', add: 'ben', remove: ['ana'] },
    ],
    [
      'keep the owner whom nobody is assigned for',
      agreed,
      ours('UANA', 0),
      theirs([], 5),
      { kind: 'rest', isWhole: true },
    ],
    [
      'take away who owns it no more',
      agreed,
      ours(null, 5),
      theirs(['ana'], 0),
      { kind: 'give', add: null, remove: ['ana'], isWhole: true },
    ],
    [
      'name nobody while the account of the owner is not known',
      agreed,
      ours('UBEN', 5, []),
      theirs(['ana'], 0),
      { kind: 'give', add: null, remove: ['ana'], isWhole: false },
    ],
    [
      'wait for an account with nobody to take away',
      { ownerId: null, ownerAt: at(0), assignedAt: at(0), assignees: [], given: null, leaving: [] },
      ours('UBEN', 5, []),
      theirs([], 0),
      { kind: 'rest', isWhole: false },
    ],
    [
      'are given to the owner where they were just linked',
      null,
      ours('UANA', 0),
      theirs([], 0),
      { kind: 'give', add: 'ana', remove: [] },
    ],
    [
      'stay as they are where they were just linked',
      null,
      ours('UANA', 0),
      theirs(['ben'], 9),
      { kind: 'rest', isWhole: true },
    ],
    [
      'take an echo for no change',
      { ...agreed, given: 'ben' },
      ours('UCEM', 2),
      theirs(['ben'], 9, true),
      { kind: 'give', add: 'cem', remove: ['ben'] },
    ],
    [
      'are rid of all who were being taken away where the owner changed again in between',
      { ...agreed, ownerId: 'UBEN', assignees: ['ana', 'ben'], given: 'cem', leaving: ['ana', 'ben'] },
      ours('UCEM', 2),
      theirs(['ana', 'ben', 'cem', 'dan'], 3, true),
      { kind: 'give', add: null, remove: ['ana', 'ben'] },
    ],
    [
      'take the same by somebody else for one',
      { ...agreed, given: 'ben' },
      ours('UCEM', 2),
      theirs(['ben'], 9),
      { kind: 'take', account: 'ben' },
    ],
  ] as const)('%s', (_, before, here, there, step) => {
    const { ownerId } = before ?? { ownerId: null };
    const accounts = ownerId === 'UANA' ? ['ana'] : [];
    const given = { ...there, assignees: [...there.assignees] };
    expect(mergeOwner(before, { ...here, accounts: [...here.accounts] }, given, accounts)).toMatchObject(step);
  });

  it('end as the last edit says, whatever was looked at, lost or never sent in between', () => {
    const people = ['ana', 'ben', 'cem'];
    const looks = ['none', 'whole', 'answer lost', 'not sent'] as const;
    const edit = fc.record({
      side: fc.constantFrom('here', 'there'),
      who: fc.constantFrom(...people),
      look: fc.constantFrom(...looks),
    });
    const idOf = (name: string) => `U${name.toUpperCase()}`;
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        const here = { who: 'ana', at: 0 };
        let there = { who: 'ana', at: 0, isOwn: true };
        let known: AgreedOwner = { ...agreed };
        const look = (how: (typeof looks)[number], minute: number) => {
          const before = known.ownerId ? [known.ownerId.slice(1).toLowerCase()] : [];
          const step = mergeOwner(
            known,
            ours(idOf(here.who), here.at),
            theirs([there.who], there.at, there.isOwn),
            before,
          );
          if (hasArrived(known, theirs([there.who], there.at, there.isOwn)))
            known = { ...known, ownerId: idOf(there.who), assignees: [there.who] };
          if (step.kind === 'take') Object.assign(here, { who: step.account, at: minute });
          if (step.kind === 'give') {
            if (how !== 'not sent') there = { who: step.add ?? '', at: minute, isOwn: true };
            if (how !== 'whole') {
              known = { ...known, given: step.add, leaving: step.remove };
              return;
            }
          }
          known = {
            ownerId: idOf(here.who),
            ownerAt: at(here.at),
            assignedAt: at(there.at),
            assignees: [there.who],
            ...{ given: null, leaving: [] },
          };
        };
        let last = 'ana';
        edits.forEach(({ side, who, look: how }, i) => {
          const minute = 2 * i + 1;
          if (side === 'here' && here.who !== who) Object.assign(here, { who, at: minute });
          else if (side === 'there' && there.who !== who) there = { who, at: minute, isOwn: false };
          else return;
          last = who;
          if (how !== 'none') look(how, minute + 1);
        });
        look('whole', 50);
        expect([here.who, there.who]).toEqual([last, last]);
        look('whole', 51);
        expect([here.who, there.who]).toEqual([last, last]);
      }),
      { numRuns: 3_000 },
    );
  });
});
