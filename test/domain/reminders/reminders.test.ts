import { describe, expect, it } from 'vitest';
import {
  dueReminderOn,
  escalationsFor,
  ignoredInARow,
  type RemindedDefect,
  remindersFor,
} from '../../../src/domain/reminders/reminders.ts';

const calendar = { timeZone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5], holidays: ['2026-12-25'] };
const NOW = new Date('2026-11-25T08:30:00Z');
const TODAY = { todayOn: '2026-11-25', now: NOW, calendar };

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * 86_400_000);
}

function aDefect(over: Partial<RemindedDefect> = {}): RemindedDefect {
  return {
    id: 1,
    number: 1,
    title: 'Invoice twice',
    state: 'accepted',
    ownerId: 'UANA',
    dueOn: '2026-11-20',
    rankLevel: 5,
    comeback: null,
    stalled: null,
    question: null,
    actedAt: null,
    nudges: [],
    snoozedUntilOn: null,
    ...over,
  };
}

const kinds = (defects: RemindedDefect[]) => remindersFor(defects, TODAY).map(({ reason }) => reason.kind);

describe('when a reminder is due', () => {
  const due = (now: string, timeZone: string, lastOn: string | null = null, localTime = '09:30') =>
    dueReminderOn({ timeZone, lastOn }, { localTime, now: new Date(now), calendar });

  it.each([
    ['half past nine in Berlin', '2026-11-25T08:30:00Z', 'Europe/Berlin', '2026-11-25'],
    ['a minute before', '2026-11-25T08:29:59Z', 'Europe/Berlin', null],
    ['half past nine in Auckland, the evening before in UTC', '2026-11-24T20:30:00Z', 'Pacific/Auckland', '2026-11-25'],
    ['half past nine in Los Angeles', '2026-11-25T17:30:00Z', 'America/Los_Angeles', '2026-11-25'],
    ['the afternoon, after the bot was away', '2026-11-25T16:29:00Z', 'Europe/Berlin', '2026-11-25'],
    ['the evening', '2026-11-25T16:30:00Z', 'Europe/Berlin', null],
    ['a Saturday', '2026-11-28T08:30:00Z', 'Europe/Berlin', null],
    ['a holiday of the program', '2026-12-25T08:30:00Z', 'Europe/Berlin', null],
    ['a Monday there that is still Sunday in UTC', '2026-11-29T20:30:00Z', 'Pacific/Auckland', '2026-11-30'],
  ])('at %s', (_, now, timeZone, expected) => expect(due(now, timeZone)).toBe(expected));

  it('is once a local day', () => {
    expect(due('2026-11-25T10:00:00Z', 'Europe/Berlin', '2026-11-25')).toBeNull();
    expect(due('2026-11-25T10:00:00Z', 'Europe/Berlin', '2026-11-24')).toBe('2026-11-25');
  });

  it('is not sent again for a day behind, when somebody flies west', () => {
    expect(due('2026-11-25T20:00:00Z', 'America/Los_Angeles', '2026-11-26')).toBeNull();
  });

  it('comes at the first time that exists when the clock skips the hour', () => {
    const everyDay = { ...calendar, workingDays: [1, 2, 3, 4, 5, 6, 7] };
    const at = (now: string) =>
      dueReminderOn(
        { timeZone: 'Europe/Berlin', lastOn: null },
        { localTime: '02:30', now: new Date(now), calendar: everyDay },
      );
    expect(at('2026-03-29T00:59:00Z')).toBeNull();
    expect(at('2026-03-29T01:00:00Z')).toBe('2026-03-29');
  });
});

describe('what somebody is reminded of', () => {
  it.each<[string, Partial<RemindedDefect>, string[]]>([
    ['an overdue defect', {}, ['overdue']],
    [
      'a fix that failed, while it has no new date',
      { dueOn: null, comeback: { kind: 'failed', why: 'x' } },
      ['failed'],
    ],
    ['the new date of a fix that failed, once that is over', { comeback: { kind: 'failed', why: 'x' } }, ['overdue']],
    ['a regression', { dueOn: null, comeback: { kind: 'regressed', why: 'x' } }, ['regressed']],
    ['a stalled proof', { state: 'claimed', stalled: 'x' }, ['stalled']],
    ['nothing while a fix is being proven', { state: 'claimed' }, []],
    ['a due date today', { dueOn: '2026-11-25' }, ['due_soon']],
    ['a due date two working days ahead', { dueOn: '2026-11-27' }, ['due_soon']],
    ['nothing of a due date three working days ahead', { dueOn: '2026-11-30' }, []],
    ['nothing without a due date', { dueOn: null }, []],
    ['a question since yesterday', { state: 'new', dueOn: null, question: { askedAt: daysAgo(1) } }, ['question']],
    ['no question of this morning', { state: 'new', dueOn: null, question: { askedAt: daysAgo(0.1) } }, []],
    ['nothing within seven days of the own activity', { actedAt: daysAgo(6.9) }, []],
    ['an overdue defect after seven days of silence', { actedAt: daysAgo(7) }, ['overdue']],
    [
      'a question, although the person reported the defect yesterday',
      { state: 'new', dueOn: null, actedAt: daysAgo(3), question: { askedAt: daysAgo(2) } },
      ['question'],
    ],
    ['nothing while it is snoozed', { snoozedUntilOn: '2026-11-26' }, []],
    ['it again on the day on which the snooze ends', { snoozedUntilOn: '2026-11-25' }, ['overdue']],
  ])('%s', (_, over, expected) => expect(kinds([aDefect(over)])).toEqual(expected));

  it('tells of a due date on Friday already when it is the Tuesday after', () => {
    const friday = { todayOn: '2026-11-27', now: new Date('2026-11-27T08:30:00Z'), calendar };
    expect(remindersFor([aDefect({ dueOn: '2026-12-01' })], friday)).toHaveLength(1);
  });

  it('tells of a due date that comes near once', () => {
    const told = [{ sentAt: daysAgo(1), acted: false }];
    expect(kinds([aDefect({ dueOn: '2026-11-26', nudges: told })])).toEqual([]);
  });

  it('puts the urgent first, then the hot', () => {
    const items = remindersFor(
      [
        aDefect({ number: 1, dueOn: '2026-11-26' }),
        aDefect({ number: 2, rankLevel: 3 }),
        aDefect({ number: 3, rankLevel: 8 }),
        aDefect({ number: 4, rankLevel: Number.NEGATIVE_INFINITY }),
        aDefect({ number: 5, dueOn: null, comeback: { kind: 'failed', why: 'x' } }),
      ],
      TODAY,
    );
    expect(items.map(({ defect }) => defect.number)).toEqual([5, 3, 2, 4, 1]);
  });
});

describe('reminders that go unheeded', () => {
  const unheeded = [1, 2, 3].map((days) => ({ sentAt: daysAgo(days), acted: false }));

  it('are counted since the last one that led to action, or the last activity', () => {
    expect(ignoredInARow({ nudges: unheeded, actedAt: null })).toBe(3);
    expect(ignoredInARow({ nudges: unheeded, actedAt: daysAgo(2.5) })).toBe(2);
    expect(ignoredInARow({ nudges: [...unheeded, { sentAt: daysAgo(4), acted: true }], actedAt: null })).toBe(3);
    expect(ignoredInARow({ nudges: [{ sentAt: daysAgo(1), acted: true }], actedAt: null })).toBe(0);
  });

  it('go to the lead after three, and no longer to the owner', () => {
    const defect = { ...aDefect({ nudges: unheeded }), leadToldAt: null };
    expect(remindersFor([defect], TODAY)).toEqual([]);
    expect(escalationsFor([defect], TODAY).map(({ reason }) => reason.kind)).toEqual(['overdue']);
  });

  it('do not go to the lead after two, nor twice within a week', () => {
    const two = { ...aDefect({ nudges: unheeded.slice(1) }), leadToldAt: null };
    expect(escalationsFor([two], TODAY)).toEqual([]);
    const three = aDefect({ nudges: unheeded });
    expect(escalationsFor([{ ...three, leadToldAt: daysAgo(6) }], TODAY)).toEqual([]);
    expect(escalationsFor([{ ...three, leadToldAt: daysAgo(7) }], TODAY)).toHaveLength(1);
  });
});
