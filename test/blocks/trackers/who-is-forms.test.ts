import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import { nameAccountModal, readWhoInput, whoInput, whoIsWhoModal } from '../../../src/blocks/trackers/who-is-forms.ts';
import {
  accountAskedMessage,
  notGivenMessage,
  ownerAskedMessage,
} from '../../../src/blocks/trackers/who-is-messages.ts';
import { TRACKER_KINDS } from '../../../src/domain/trackers/tracker.ts';
import { MONDAY } from '../../builders.ts';
import { typed } from '../hostile.ts';

const known = fc.record({
  id: fc.integer({ min: 1, max: 1_000_000 }),
  kind: fc.constantFrom(...TRACKER_KINDS),
  account: typed.map((one) => one || 'ana'),
  name: fc.option(typed, { nil: null }),
  userId: fc.constantFrom('UANA', 'UBEN', null),
  knownBy: fc.constantFrom('email' as const, 'person' as const, null),
  changedAt: fc.constant(MONDAY),
});

describe('who is who', () => {
  it('fits into a window, however many there are and whatever they are called', () => {
    const people = fc.uniqueArray(known, { maxLength: 150, selector: ({ id }) => id });
    fc.assert(
      fc.property(people, typed, (all, place) => {
        const waiting = { ...all[0], id: 2_000_000, account: null, name: null, userId: 'UANA', knownBy: null };
        const shown = [...all, { kind: 'jira' as const, changedAt: MONDAY, ...waiting }];
        const places = [{ id: 1, kind: 'github' as const, place: place || 'acme/api' }];
        expect(validateSurface('modal', whoIsWhoModal({ people: shown, places }, 1))).toEqual([]);
        for (const one of all.slice(0, 3)) expect(validateSurface('modal', nameAccountModal(one, 1))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('is asked in messages that hold, whatever an account, a ticket and a defect are called', () => {
    fc.assert(
      fc.property(typed, typed, typed, (account, title, key) => {
        const ticket = { key: key || 'OPS-1', url: 'https://acme.example/OPS-1' };
        const asked = {
          programId: 1,
          personId: 2,
          number: 3,
          title,
          ownerId: 'UANA',
          kind: 'jira' as const,
          account,
          ticket,
        };
        expect(validateSurface('message', accountAskedMessage(asked))).toEqual([]);
        expect(validateSurface('message', ownerAskedMessage(asked))).toEqual([]);
        for (const why of ['cannot_see', 'not_assignable'] as const)
          expect(validateSurface('message', notGivenMessage({ ...asked, userId: 'UBEN', place: 'OPS', why }))).toEqual(
            [],
          );
      }),
    );
  });

  it.each([
    ['who:12:UANA', { id: 12, before: 'UANA' }],
    ['who:12:', { id: 12, before: null }],
    ['who:-1:UANA', null],
    ['who:12:<@UANA>', null],
    ['who:99999999999999999999:', null],
    ['account', null],
  ])('an input that is called %s names %j', (name, read) => {
    expect(readWhoInput(name)).toEqual(read);
    if (read) expect(whoInput({ id: read.id, userId: read.before })).toBe(name);
  });
});
