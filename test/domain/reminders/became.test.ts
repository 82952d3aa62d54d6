import { describe, expect, it } from 'vitest';
import { type Became, becameOf, type CarriedDefect } from '../../../src/domain/reminders/became.ts';

const open: CarriedDefect = {
  state: 'accepted',
  ownerId: 'UANA',
  dueOn: '2026-12-01',
  askedUserId: null,
  askedAt: null,
};
const ana = { userId: 'UANA', isOwner: true, snoozedUntilOn: null, todayOn: '2026-12-02' };
const overdue = { kind: 'overdue', dueOn: '2026-12-01' } as const;

describe('what has become of an item of a direct message', () => {
  it.each<[string, Partial<CarriedDefect>, Partial<typeof ana> | { snoozedUntilOn: string }, Became]>([
    ['waits while nothing was done', {}, {}, { kind: 'waits' }],
    ['is closed, whoever owns it', { state: 'merged', ownerId: 'UBEN' }, {}, { kind: 'closed', state: 'merged' }],
    ['was handed over', { ownerId: 'UBEN' }, {}, { kind: 'handed_over', ownerId: 'UBEN' }],
    ['still waits for the lead, whoever owns it', { ownerId: 'UBEN' }, { isOwner: false }, { kind: 'waits' }],
    ['is claimed', { state: 'claimed' }, {}, { kind: 'claimed' }],
    ['is snoozed', {}, { snoozedUntilOn: '2026-12-09' }, { kind: 'snoozed', untilOn: '2026-12-09' }],
    ['waits again on the day on which a snooze ends', {}, { snoozedUntilOn: '2026-12-02' }, { kind: 'waits' }],
    ['has another date', { dueOn: '2026-12-09' }, {}, { kind: 'new_date', dueOn: '2026-12-09' }],
    ['waits where the other date has passed too', { dueOn: '2026-11-30' }, {}, { kind: 'waits' }],
  ])('%s', (_, defect, reader, became) => {
    expect(becameOf(overdue, { ...open, ...defect }, { ...ana, ...reader })).toEqual(became);
  });

  it('a stalled proof waits while the fix is claimed', () => {
    expect(becameOf({ kind: 'stalled', dueOn: null }, { ...open, state: 'claimed' }, ana)).toEqual({ kind: 'waits' });
  });

  it('a question waits until it is answered, whoever owns the defect', () => {
    const asked = { ...open, state: 'new' as const, ownerId: null, askedUserId: 'UANA', askedAt: new Date(0) };
    expect(becameOf({ kind: 'question', dueOn: null }, asked, ana)).toEqual({ kind: 'waits' });
    expect(becameOf({ kind: 'question', dueOn: null }, { ...asked, askedAt: null }, ana)).toEqual({ kind: 'answered' });
  });

  it('a new owner sees the date in the message itself', () => {
    expect(becameOf({ kind: 'ownership', dueOn: null }, open, ana)).toEqual({ kind: 'waits' });
  });
});
