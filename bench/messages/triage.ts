import { mention, mrkdwn } from '../../src/blocks/kit/mrkdwn.ts';
import { budgetsSentence } from '../../src/blocks/reliability/budget-words.ts';
import { severalDecided } from '../../src/blocks/triage/decide-several.ts';
import { overdueItem } from '../../src/blocks/triage/overdue-item.ts';
import { trancheMessage } from '../../src/blocks/triage/tranche-message.ts';
import {
  settledItem,
  type TriagedDefect,
  triageItem,
  type UndecidedItem,
} from '../../src/blocks/triage/triage-item.ts';
import {
  answeredQuestionMessage,
  answerMessage,
  escalationMessage,
  facilitatorMessage,
  questionMessage,
} from '../../src/blocks/triage/triage-notes.ts';
import { askToOpen, triageIsOpen } from '../../src/blocks/triage/triage-now.ts';
import { type TriageSummary, triageSummary } from '../../src/blocks/triage/triage-summary.ts';
import { type TriageParent, triageParent } from '../../src/blocks/triage/triage-thread.ts';
import { reasonWords, usedBudgetWords } from '../../src/blocks/triage/triage-words.ts';
import { type CommittedDefect, reviewOf } from '../../src/domain/triage/tranche.ts';
import { RELIABILITY } from './digests.ts';
import { reduced } from './owners.ts';
import { type Subject, spoken } from './spoken.ts';

const AT = { timeZone: 'Europe/Berlin', channelId: 'C0STABILITY' };
const ref = { programId: 1, number: 4, triageId: 9 };
const title = 'Customer charged twice when the webhook is retried';

const parent: TriageParent = {
  ref: { programId: 1, triageId: 9 },
  program: { name: 'eng-stability', nameFollowsChannel: true, channelId: 'C0STABILITY' },
  timeZone: AT.timeZone,
  dueAt: new Date('2026-11-30T09:00:00Z'),
  openedAt: new Date('2026-11-30T09:00:00Z'),
  late: false,
  closesAt: new Date('2026-12-01T09:00:00Z'),
  closed: null,
  facilitatorId: 'UBEN',
  counts: {
    open: 33,
    unowned: 11,
    new: 3,
    cameBack: 1,
    failed: 1,
    reduced: 0,
    since: new Date('2026-11-23T09:00:00Z'),
  },
  items: 10,
  decided: 0,
  leftOut: 4,
  budgets: null,
};

const defect: TriagedDefect = {
  number: 4,
  title,
  state: 'new',
  severity: 'S2',
  area: 'billing',
  reportCount: 7,
  reporterCount: 4,
  affectedTotal: 41,
  lastSeenOn: '2026-11-28',
  harm: 6.4,
  quietHalvings: 0,
  ownerId: null,
  dueOn: null,
};

const item: UndecidedItem = {
  ref,
  defect,
  reason: reasonWords({ kind: 'new', recurring: true, isFresh: true }),
  streak: 0,
  suggestion: 'accept',
  proposal: { ownerId: 'UANA', dueOn: '2026-12-07' },
};
const back: UndecidedItem = {
  ...item,
  defect: { ...defect, state: 'accepted', ownerId: 'UANA', dueOn: '2026-11-20' },
  reason: usedBudgetWords({ area: 'billing', share: 0.65, badEvents: 3615 }),
  streak: 2,
  suggestion: 'recommit',
};

const less: UndecidedItem = {
  ...back,
  reason: reasonWords({ kind: 'reduced', why: reduced }),
  streak: 0,
  suggestion: 'keep_proving',
};

const overdue = [
  { number: 12, title: 'Deploy job hangs on the migration step', ownerId: 'UCEM', dueOn: '2026-11-20' },
  { number: 17, title: 'Sync to the warehouse is a day late', ownerId: 'UANA', dueOn: '2026-11-25' },
];
const shared = { ref: parent.ref, overdue, all: 2, answered: null, isClosed: false };

const summary: TriageSummary = {
  decided: [
    { number: 4, title, outcome: 'accept', by: 'UBEN', ownerId: 'UANA', dueOn: '2026-12-07' },
    { number: 9, title: 'Report shows the wrong month', outcome: 'dismiss', by: 'UBEN', ownerId: null, dueOn: null },
    { number: 8, title: 'Charged once more', outcome: 'merge', by: 'UANA', ownerId: null, dueOn: null, into: 4 },
  ],
  newDates: { answered: true, dated: 2, all: 2 },
  carriedOver: [{ number: 44, title: 'Partial refund shows as full', streak: 3 }],
  leftOut: 4,
  escalated: [44],
  leadIds: ['ULEAD'],
};

const question = { ref: { programId: 1, number: 4 }, title, askedBy: 'UBEN', question: 'Which card was it?' };

const committed = (number: number, over: Partial<CommittedDefect>): CommittedDefect => ({
  number,
  title: 'Partial refund shows as full',
  state: 'accepted',
  harmThen: 9.6,
  harmNow: 8.1,
  cameBack: false,
  ...over,
});
const reviewed = {
  programName: 'eng-stability',
  timeZone: AT.timeZone,
  dueAt: new Date('2026-12-28T09:00:00Z'),
  late: false,
  closed: {
    number: 1,
    startsAt: new Date('2026-11-30T09:00:00Z'),
    review: reviewOf([
      committed(4, { state: 'proven', harmNow: 0.9 }),
      committed(12, { cameBack: true }),
      committed(17, { state: 'claimed' }),
      committed(44, {}),
    ]),
  },
  next: { number: 2, endsAt: new Date('2027-01-25T09:00:00Z'), committed: 3 },
  proposed: [{ number: 51, title: 'Webhook signature is refused after a key change', harm: 5.2, quietHalvings: 0 }],
};

export const TRIAGE: Subject = {
  heading: 'Triage',
  messages: [
    spoken(triageParent, { when: 'triage opens, and whenever one of its items is settled', to: 'channel' }, [
      [parent],
      [{ ...parent, items: 0, leftOut: 0, counts: { ...parent.counts, new: 0, cameBack: 0, failed: 0 } }],
      [{ ...parent, closed: { at: new Date('2026-11-30T13:00:00Z'), by: 'UBEN' }, decided: 9 }],
      [
        {
          ...parent,
          late: true,
          counts: { ...parent.counts, reduced: 1 },
          missed: [new Date('2026-11-23T09:00:00Z')],
          budgets: RELIABILITY ? (budgetsSentence(RELIABILITY) ?? null) : null,
        },
      ],
    ]),
    spoken(triageItem, { when: 'triage opens', to: 'thread of triage' }, [
      [item],
      [back],
      [less],
      [{ ...item, reason: 'Nobody owns it.', streak: 1 }],
    ]),
    spoken(overdueItem, { when: 'triage opens and owned defects are past their date', to: 'thread of triage' }, [
      [shared],
      [{ ...shared, overdue: [], answered: { by: 'UBEN' } }],
      [{ ...shared, overdue: overdue.slice(0, 1), isClosed: true }],
    ]),
    spoken(
      settledItem,
      {
        when: 'an item is decided, or left open when the thread closes',
        to: 'thread of triage, in the place of the item',
      },
      [
        [defect, mrkdwn`${mention('UBEN')} accepted it: ${mention('UANA')}, due 7 Dec.`, 'accepted'],
        [defect, mrkdwn`${mention('UBEN')} says it is not a defect: the test card was expired.`, 'dismissed'],
        [defect, mrkdwn`Left open, 2 times in a row. Triage comes back to it.`, 'left open'],
      ],
    ),
    spoken(severalDecided, { when: 'several items are decided in one form', to: 'thread of triage' }, [
      [{ ref: { programId: 1, batchId: 3 }, by: 'UBEN', numbers: [4, 9, 44], undone: null }],
      [
        {
          ref: { programId: 1, batchId: 3 },
          by: 'UBEN',
          numbers: [4, 9, 44],
          undone: { by: 'UANA', kept: [9] },
        },
      ],
    ]),
    spoken(triageSummary, { when: 'triage closes', to: 'thread of triage' }, [
      [summary],
      [{ ...summary, newDates: null, carriedOver: [], leftOut: 0, escalated: [] }],
    ]),
    spoken(trancheMessage, { when: 'every four weeks, before triage', to: 'channel' }, [
      [reviewed],
      [{ ...reviewed, closed: null, proposed: [] }],
    ]),
    spoken(facilitatorMessage, { when: 'a working day before triage', to: 'next facilitator' }, [
      [{ ...AT, dueAt: parent.dueAt }],
    ]),
    spoken(escalationMessage, { when: 'triage leaves a defect open a third time in a row', to: 'leads' }, [
      [
        {
          channelId: AT.channelId,
          items: [{ defect, undecided: { ...item, streak: 3 }, settled: null }],
        },
      ],
      [
        {
          channelId: AT.channelId,
          items: [{ defect, undecided: undefined, settled: mrkdwn`The question about it is answered.` }],
        },
      ],
    ]),
    spoken(questionMessage, { when: 'a decider needs to know more', to: 'those who reported it last' }, [[question]]),
    spoken(
      answeredQuestionMessage,
      { when: 'somebody has answered the question', to: 'everybody asked, in the place of the question' },
      [[{ ...question, answeredBy: 'UCEM' }]],
    ),
    spoken(answerMessage, { when: 'somebody has answered the question', to: 'whoever asked' }, [
      [{ ...question, answer: 'A Visa, on 26 Nov.', answeredBy: 'UCEM' }],
    ]),
    spoken(askToOpen, { when: '`/defect triage now`', to: 'oneself' }, [
      [{ ...AT, programId: 1, items: 7, nextAt: parent.dueAt }],
      [{ ...AT, programId: 1, items: 0, nextAt: parent.dueAt }],
    ]),
    spoken(triageIsOpen, { when: '`/defect triage now`, while a triage is open', to: 'oneself' }, [
      [{ ...AT, openedAt: parent.openedAt, items: 10, decided: 3, link: 'https://acme.slack.com/p1' }],
      [{ ...AT, openedAt: parent.openedAt, items: 10, decided: 3, link: null }],
    ]),
  ],
};
