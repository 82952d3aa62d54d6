import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import { mrkdwn } from '../../../src/blocks/kit/mrkdwn.ts';
import { severalDecided } from '../../../src/blocks/triage/decide-several.ts';
import { overdueItem } from '../../../src/blocks/triage/overdue-item.ts';
import {
  settledItem,
  type TriagedDefect,
  triageItem,
  type UndecidedItem,
} from '../../../src/blocks/triage/triage-item.ts';
import {
  answeredQuestionMessage,
  answerMessage,
  escalationMessage,
  facilitatorMessage,
  questionMessage,
} from '../../../src/blocks/triage/triage-notes.ts';
import { askToOpen, triageIsOpen } from '../../../src/blocks/triage/triage-now.ts';
import { triageSummary } from '../../../src/blocks/triage/triage-summary.ts';
import { headlineWords, type TriageParent, triageParent } from '../../../src/blocks/triage/triage-thread.ts';
import { DECISIONS, SEVERITIES } from '../../../src/domain/vocabulary.ts';
import { commandsIn, typed } from '../hostile.ts';

const count = fc.oneof(fc.nat(40), fc.constant(2_000_000_000));
const moment = fc.integer({ min: 0, max: 4e9 }).map((seconds) => new Date(seconds * 1000));
const person = fc.constantFrom('UANA', 'UBEN');
const day = fc.constantFrom('2026-11-20', '2027-01-31');
const number = fc.integer({ min: 1, max: 2_000_000_000 });
const suggestion = fc.constantFrom('accept', 'recommit', 'accept_risk', 'need_info', 'defer');

const defect: fc.Arbitrary<TriagedDefect> = fc.record({
  number,
  title: typed,
  state: fc.constantFrom('new', 'accepted', 'claimed'),
  severity: fc.constantFrom(...SEVERITIES),
  area: typed,
  reportCount: count,
  reporterCount: count,
  affectedTotal: count,
  lastSeenOn: day,
  harm: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e12, noNaN: true })),
  quietHalvings: fc.constantFrom(0, 0.5, 510),
  ownerId: fc.option(person),
  dueOn: fc.option(day),
});

const undecided = fc.record({
  ref: fc.constant({ programId: 7, number: 42, triageId: 19 }),
  defect,
  reason: typed,
  streak: fc.nat(60),
  suggestion,
  proposal: fc.record({ ownerId: fc.option(person), dueOn: day }),
  notes: fc.array(typed, { maxLength: 2 }),
}) as fc.Arbitrary<UndecidedItem>;

const counts = fc.record({
  ...{ open: count, new: count, cameBack: count, failed: count, reduced: count, unowned: count },
  since: fc.option(moment),
});

const parent = fc.record({
  ref: fc.constant({ programId: 7, triageId: 19 }),
  program: fc.record({ name: typed, nameFollowsChannel: fc.constant(false), channelId: fc.constant('C1') }),
  timeZone: fc.constantFrom('Europe/Berlin', 'Pacific/Apia'),
  dueAt: moment,
  openedAt: moment,
  late: fc.boolean(),
  closesAt: moment,
  closed: fc.option(fc.record({ at: moment, by: fc.option(person) })),
  facilitatorId: fc.option(person),
  counts,
  items: fc.nat(100),
  decided: fc.constant(0),
  leftOut: fc.nat(5000),
  budgets: fc.option(typed),
  missed: fc.array(moment, { maxLength: 60 }),
});

const ref = { programId: 7, number: 42 };
const question = fc.record({ ref: fc.constant(ref), title: typed, askedBy: person, question: typed });
const settled = typed.map((text) => mrkdwn`${text}`);
const dated = fc.record({ number, title: typed, ownerId: fc.option(person), dueOn: day });

const messages = {
  'the parent': parent.map(triageParent),
  'an item': undecided.map(triageItem),
  'a settled item': fc
    .tuple(defect, settled, typed)
    .map(([one, sentence, spoken]) => settledItem(one, sentence, spoken)),
  'the item of the overdue': fc
    .record({
      ref: fc.constant({ programId: 7, triageId: 19 }),
      overdue: fc.array(dated, { maxLength: 120 }),
      all: count,
      answered: fc.option(fc.record({ by: person })),
      isClosed: fc.boolean(),
    })
    .map(overdueItem),
  'the note of several decisions': fc
    .record({
      ref: fc.constant({ programId: 7, batchId: 3 }),
      by: person,
      numbers: fc.array(number, { minLength: 1, maxLength: 30 }),
      undone: fc.option(fc.record({ by: person, kept: fc.array(number, { maxLength: 30 }) })),
    })
    .map(severalDecided),
  'the summary': fc
    .record({
      decided: fc.array(
        fc.record({
          ...{ number, title: typed, by: person, ownerId: fc.option(person), dueOn: fc.option(day) },
          outcome: fc.constantFrom(...DECISIONS, 'keep' as const, 'claim' as const),
        }),
        { maxLength: 120 },
      ),
      newDates: fc.option(fc.record({ answered: fc.boolean(), dated: count, all: count })),
      carriedOver: fc.array(fc.record({ number, title: typed, streak: fc.nat(60) }), { maxLength: 120 }),
      leftOut: count,
      escalated: fc.array(number, { maxLength: 120 }),
      leadIds: fc.array(person, { minLength: 1, maxLength: 3 }),
    })
    .map(triageSummary),
  'the escalation': fc
    .record({
      channelId: fc.constant('C0STABILITY'),
      // A triage has one item of each defect.
      items: fc.uniqueArray(
        fc.record({ defect, undecided: fc.option(undecided, { nil: undefined }), settled: fc.option(settled) }),
        { minLength: 1, maxLength: 60, selector: (item) => item.defect.number },
      ),
    })
    .map(escalationMessage),
  'the facilitator note': fc
    .record({ channelId: fc.constant('C0STABILITY'), timeZone: fc.constant('Europe/Berlin'), dueAt: moment })
    .map(facilitatorMessage),
  'the question whether to open a triage': fc
    .record({
      ...{ programId: fc.constant(7), channelId: fc.constant('C0STABILITY'), timeZone: fc.constant('Europe/Berlin') },
      ...{ items: count, nextAt: fc.option(moment) },
    })
    .map(askToOpen),
  'the way to the open thread': fc
    .record({
      ...{ channelId: fc.constant('C0STABILITY'), timeZone: fc.constant('Europe/Berlin'), openedAt: moment },
      ...{ items: count, decided: count, link: fc.constant(null) },
    })
    .map(triageIsOpen),
  'a question': question.map(questionMessage),
  'an answered question': question.map((one) => answeredQuestionMessage({ ...one, answeredBy: 'UBEN' })),
  'an answer': fc.tuple(question, typed).map(([one, answer]) => answerMessage({ ...one, answer, answeredBy: 'UBEN' })),
};

describe.each(Object.entries(messages))('%s of triage', (_, any) => {
  it('fits Slack from empty to far too much', () => {
    const fits = fc.property(any, (message) => {
      expect(validateSurface('message', message)).toEqual([]);
    });
    fc.assert(fits, { numRuns: 150 });
  });

  it('mentions only whom it means, whatever people typed', () => {
    const meant = new Set(['<@UANA>', '<@UBEN>', '<#C0STABILITY>']);
    const mentions = fc.property(any, (message) => {
      expect(commandsIn(message).filter((one) => !meant.has(one))).toEqual([]);
    });
    fc.assert(mentions, { numRuns: 150 });
  });
});

const anItem: UndecidedItem = {
  ref: { programId: 7, number: 42, triageId: 19 },
  defect: {
    ...{ number: 42, title: 'Stripe webhook times out', state: 'new', severity: 'S2', area: 'billing' },
    ...{ reportCount: 3, reporterCount: 2, affectedTotal: 31, lastSeenOn: '2026-11-21', harm: 4.2, quietHalvings: 0 },
    ...{ ownerId: null, dueOn: null },
  },
  reason: 'New since the last triage, and it recurs.',
  streak: 0,
  suggestion: 'accept',
  proposal: { ownerId: 'UANA', dueOn: '2026-11-30' },
};

describe('an item', () => {
  const buttonsOf = (over: Partial<UndecidedItem>) => {
    const { blocks } = triageItem({ ...anItem, ...over });
    return JSON.stringify(blocks.at(-1));
  };
  const labelsOf = (over: Partial<UndecidedItem>) =>
    [...buttonsOf(over).matchAll(/"text":"([^"]+)"/g)].map(([, label]) => label);
  const inState = (state: TriagedDefect['state'], ownerId: string | null = 'UANA') => ({
    defect: { ...anItem.defect, state, ownerId },
  });

  it.each([
    ['new', {}, ['Accept', 'Defer', 'Not a defect', 'Need info', 'Accept the risk', 'Merge', 'Split']],
    [
      'new and seen once',
      { suggestion: 'need_info' },
      ['Need info', 'Accept', 'Defer', 'Not a defect', 'Accept the risk', 'Merge', 'Split'],
    ],
    [
      'accepted',
      { ...inState('accepted'), suggestion: 'recommit' },
      ['Set a new date', 'Claim the fix', 'Defer', 'Need info', 'Accept the risk', 'Merge', 'Split'],
    ],
    [
      'accepted without an owner',
      { ...inState('accepted', null), suggestion: 'recommit' },
      ['Give it an owner', 'Claim the fix', 'Defer', 'Need info', 'Accept the risk', 'Merge', 'Split'],
    ],
    [
      'claimed',
      { ...inState('claimed'), suggestion: 'recommit' },
      ['Change the proof', 'Defer', 'Need info', 'Merge', 'Split'],
    ],
  ] as const)('that is %s offers what is suggested first, and what else its state allows', (_, over, labels) => {
    expect(labelsOf(over)).toEqual(labels);
    expect(buttonsOf(over).match(/"style":"primary"/g)).toHaveLength(1);
    expect(buttonsOf(over).indexOf('primary')).toBeLessThan(buttonsOf(over).indexOf(labels[1]));
  });

  it('asks with whom and until when', () => {
    expect(JSON.stringify(triageItem(anItem).blocks[0])).toContain('*Accept it: <@UANA>, due 30 Nov?*');
  });

  it('says that accounts are those that reports named', () => {
    expect(JSON.stringify(triageItem(anItem).blocks[1])).toContain('31 accounts named in reports');
  });
});

describe('the counts of a program', () => {
  const MONDAY = new Date('2026-11-23T09:00:00Z');
  const some = {
    open: 33,
    new: 3,
    cameBack: 1,
    failed: 1,
    reduced: 0,
    unowned: 11,
    since: new Date('2026-11-16T09:00:00Z'),
  };

  it.each([
    [some, '33 open. Since last Monday: 3 new, 1 came back, 1 fix failed. 11 have no owner.'],
    [
      { ...some, since: new Date('2026-11-19T09:00:00Z') },
      '33 open. Since Thursday: 3 new, 1 came back, 1 fix failed. 11 have no owner.',
    ],
    [
      { ...some, since: new Date('2026-11-09T09:00:00Z'), unowned: 1 },
      '33 open. Since 9 Nov: 3 new, 1 came back, 1 fix failed. 1 has no owner.',
    ],
    [{ ...some, new: 0, cameBack: 0, failed: 0, reduced: 0, unowned: 0 }, '33 open. Since last Monday, nothing new.'],
    [
      { ...some, reduced: 1, unowned: 0 },
      '33 open. Since last Monday: 3 new, 1 came back, 1 fix failed, 1 seen less but not gone.',
    ],
    [{ ...some, since: null, cameBack: 0, failed: 0, unowned: 0 }, '33 open. Since the start: 3 new.'],
  ])('are said with their window', (one, words) => {
    expect(headlineWords(one, MONDAY, 'Europe/Berlin')).toBe(words);
  });
});

describe('the parent', () => {
  const whole = {
    ref: { programId: 7, triageId: 19 },
    program: { name: 'Launch stability', nameFollowsChannel: false, channelId: 'C0STABILITY' },
    timeZone: 'Europe/Berlin',
    dueAt: new Date('2026-11-23T09:00:00Z'),
    openedAt: new Date('2026-11-23T09:00:00Z'),
    late: false,
    closesAt: new Date('2026-11-24T09:00:00Z'),
    closed: null,
    facilitatorId: 'UANA',
    counts: {
      open: 31,
      new: 6,
      cameBack: 2,
      failed: 0,
      reduced: 0,
      unowned: 4,
      since: new Date('2026-11-16T09:00:00Z'),
    },
    items: 10,
    decided: 4,
    leftOut: 3,
    budgets: null,
  };
  const seen = (over: Partial<TriageParent>) => JSON.stringify(triageParent({ ...whole, ...over }).blocks);

  it('begins with the counts and says how far the thread has come', () => {
    expect(triageParent(whole).text).toBe(
      'Triage of Launch stability. 31 open. Since last Monday: 6 new, 2 came back. 4 have no owner. 10 items, 4 decided. 3 more did not fit and wait for the next triage.',
    );
    expect(seen({})).toContain('<@UANA> facilitates. It closes by itself Tue 24 Nov, 10:00.');
  });

  it('calls a program by its channel, as a link, unless it has a name of its own', () => {
    expect(seen({})).toContain('*Triage of Launch stability, Mon 23 Nov*');
    expect(seen({ program: { ...whole.program, nameFollowsChannel: true } })).toContain(
      '*Triage of <#C0STABILITY>, Mon 23 Nov*',
    );
  });

  it('offers to decide several while something is left to decide', () => {
    expect(seen({})).toContain('decide_several');
    expect(seen({ decided: 10 })).not.toContain('decide_several');
  });

  it('says before it closes how much is left open', () => {
    expect(seen({})).toContain('6 items are left open, and triage comes back to them.');
    expect(seen({ decided: 9 })).toContain('1 item is left open, and triage comes back to it.');
  });

  it('names the error budgets that are in danger, and no others', () => {
    const budgets = 'The error budget of checkout is spent. The other 2 hold.';
    expect(seen({ budgets })).toContain(budgets);
    expect(seen({ items: 0, decided: 0, budgets })).toContain(budgets);
  });

  it('says which triage before it was missed', () => {
    const missed = [new Date('2026-11-16T09:00:00Z')];
    expect(seen({ missed })).toContain('The triage of Mon 16 Nov was missed.');
    expect(seen({ items: 0, decided: 0, missed })).toContain('The triage of Mon 16 Nov was missed.');
    expect(seen({ missed: [new Date('2026-11-09T09:00:00Z'), ...missed] })).toContain(
      'The triages of Mon 9 Nov and Mon 16 Nov were missed.',
    );
  });

  it('says how it ended once it is closed', () => {
    const closed = seen({ closed: { at: whole.closesAt, by: 'UBEN' } });
    expect(closed).toContain('4 of 10 decided (40 %). 3 more did not fit');
    expect(closed).toContain('Closed Tue 24 Nov, 10:00 by <@UBEN>.');
    expect(closed).not.toContain('close_triage');
  });
});

describe('the summary', () => {
  const accepted = { outcome: 'accept' as const, by: 'UBEN', ownerId: 'UANA', dueOn: '2026-12-03' };
  const whole = {
    decided: [
      { ...accepted, number: 4, title: 'Customer charged twice' },
      { ...accepted, number: 44, title: 'Partial refund', dueOn: '2026-12-07' },
      { number: 7, title: 'Old hook', outcome: 'merge' as const, by: 'UBEN', ownerId: null, dueOn: null, into: 4 },
      { number: 9, title: 'By design', outcome: 'dismiss' as const, by: 'UBEN', ownerId: null, dueOn: null },
    ],
    newDates: { answered: true, dated: 6, all: 8 },
    carriedOver: [{ number: 5, title: 'Login loops', streak: 3 }],
    leftOut: 2,
    escalated: [5],
    leadIds: ['UANA'],
  };
  const seen = JSON.stringify(triageSummary(whole).blocks);

  it('names each decision with its title, its owner and its date', () => {
    expect(seen).toContain(
      '*Accepted:* D-4 Customer charged twice (<@UANA>, 3 Dec), D-44 Partial refund (<@UANA>, 7 Dec)',
    );
    expect(seen).toContain('*Merged:* D-7 Old hook into D-4 (<@UBEN>)');
    expect(seen).toContain('*Not a defect:* D-9 By design (<@UBEN>)');
    expect(seen).toContain('*Overdue:* 6 of 8 got a new date.');
  });

  it('names what is left open, and who decides what has been left open too often', () => {
    expect(triageSummary(whole).text).toBe('Triage closed. 5 of 6 decided (83 %).');
    expect(seen).toContain('*Left open:* D-5 Login loops (3 times in a row)');
    expect(seen).toContain('<@UANA> decides D-5 now: left open three times or more.');
  });
});

describe('the item of the overdue', () => {
  const late = { title: 'Backup fails', ownerId: 'UANA', dueOn: '2026-11-20' };
  const shared = {
    ref: { programId: 7, triageId: 19 },
    overdue: [
      { ...late, number: 4 },
      { ...late, number: 5 },
    ],
    all: 3,
    answered: null,
    isClosed: false,
  };
  const seen = (over: Partial<Parameters<typeof overdueItem>[0]>) =>
    JSON.stringify(overdueItem({ ...shared, ...over }).blocks);

  it('asks for new dates of all of them at once, and says what is late no more', () => {
    expect(seen({})).toContain('*2 overdue: new dates?*\\nD-4 Backup fails: <@UANA>, due 20 Nov');
    expect(seen({})).toContain('1 of 3 is no longer overdue.');
    expect(seen({})).toContain('new_dates');
  });

  it('says who set the dates and what stays late', () => {
    expect(seen({ answered: { by: 'UBEN' } })).toContain(
      '<@UBEN> set new dates: 1 of 3 overdue has one. Still overdue: D-4, D-5.',
    );
  });
});

describe('the note to the facilitator', () => {
  it('says in one sentence what to do, where and when', () => {
    const message = facilitatorMessage({
      channelId: 'C0STABILITY',
      timeZone: 'Europe/Berlin',
      dueAt: new Date('2026-11-30T09:00:00Z'),
    });
    expect(JSON.stringify(message.blocks)).toContain(
      "You facilitate Monday's triage in <#C0STABILITY> (30 Nov, 10:00): open the thread, get each item decided, close it.",
    );
  });
});
