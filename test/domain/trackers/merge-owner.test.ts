import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgreedOwner, mergeOwner } from '../../../src/domain/trackers/merge-owner.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute));
const agreed: AgreedOwner = { ownerId: 'UANA', assignees: ['ana'], given: null };
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
    ['follow the defect', agreed, ours('UBEN', 5), theirs(['ana'], 0), { kind: 'give', add: 'ben', remove: 'ana' }],
    [
      'leave others alone',
      agreed,
      ours('UBEN', 5),
      theirs(['ana', 'cem'], 1),
      { kind: 'give', add: 'ben', remove: 'ana' },
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
      { kind: 'give', add: null, remove: 'ana', isWhole: true },
    ],
    [
      'name nobody while the account of the owner is not known',
      agreed,
      ours('UBEN', 5, []),
      theirs(['ana'], 0),
      { kind: 'give', add: null, remove: 'ana', isWhole: false },
    ],
    [
      'wait for an account with nobody to take away',
      { ownerId: null, assignees: [], given: null },
      ours('UBEN', 5, []),
      theirs([], 0),
      { kind: 'rest', isWhole: false },
    ],
    [
      'are given to the owner where they were just linked',
      null,
      ours('UANA', 0),
      theirs([], 0),
      { kind: 'give', add: 'ana', remove: null },
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
      { kind: 'give', add: 'cem', remove: 'ben' },
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

  it('end with the later of two edits, whichever side is looked at in between', () => {
    const people = ['ana', 'ben', 'cem'];
    const edit = fc.record({ side: fc.constantFrom('here', 'there'), who: fc.constantFrom(...people) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), fc.array(fc.boolean()), (edits, looks) => {
        const world = { owner: 'ana', ownerAt: 0, assignee: 'ana', assigneeAt: 0, agreed: { ...agreed } };
        const look = () => {
          const idOf = (name: string) => `U${name.toUpperCase()}`;
          const step = mergeOwner(
            world.agreed,
            ours(idOf(world.owner), world.ownerAt),
            theirs([world.assignee], world.assigneeAt),
            world.agreed.ownerId ? [world.agreed.ownerId.slice(1).toLowerCase()] : [],
          );
          if (step.kind === 'take') Object.assign(world, { owner: step.account, ownerAt: world.assigneeAt });
          if (step.kind === 'give') Object.assign(world, { assignee: step.add, assigneeAt: world.ownerAt });
          world.agreed = { ownerId: idOf(world.owner), assignees: [world.assignee], given: null };
        };
        edits.forEach(({ side, who }, i) => {
          if (side === 'here')
            Object.assign(world, { owner: who, ownerAt: world.owner === who ? world.ownerAt : i + 1 });
          else if (world.assignee !== who) Object.assign(world, { assignee: who, assigneeAt: i + 1 });
          if (looks[i]) look();
        });
        look();
        expect(world.owner).toBe(world.assignee);
        const changes = [world.ownerAt, world.assigneeAt];
        expect(Math.max(...changes)).toBeLessThanOrEqual(edits.length);
        look();
        expect(world.owner).toBe(world.assignee);
      }),
    );
  });
});
