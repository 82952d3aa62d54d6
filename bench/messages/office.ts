import { endAnswered, endProposal, programEnded, programStartedAgain } from '../../src/blocks/exit/exit-messages.ts';
import { officeMessage, officeQuarterMessage, withheldMessage } from '../../src/blocks/office/office-message.ts';
import { quarterMessage } from '../../src/blocks/office/quarter-message.ts';
import type { ExitScorecard } from '../../src/domain/exit/exit-scorecard.ts';
import type { PeriodFacts } from '../../src/domain/office/period-facts.ts';
import { type Subject, spoken } from './spoken.ts';

const program = { programId: 1, channelId: 'C0STABILITY' };
const met: ExitScorecard = {
  isMet: true,
  lines: [
    { kind: 'open', grade: 'met', open: 3, under: 5 },
    { kind: 'hold', grade: 'met', percent: 90, known: 31, share: 0.936, interval: { low: 0.79, high: 0.983 } },
    {
      kind: 'objectives',
      grade: 'met',
      weeks: 4,
      areas: [
        { area: 'billing', missed: 0, unread: 0 },
        { area: 'connectivity', missed: 0, unread: 0 },
      ],
    },
  ],
};

const none = { new: 0, regressed: 0, failed: 0, reduced: 0, split: 0, reopened: 0, claimed: 0 };
const facts: PeriodFacts = {
  programName: 'eng-stability',
  timeZone: 'Europe/Berlin',
  after: '2026-06-30T22:00:00.000Z',
  upTo: '2026-09-30T22:00:00.000Z',
  openThen: 41,
  open: 33,
  claimed: 4,
  flows: { ...none, new: 29, regressed: 2, proven: 31, merged: 5, riskAccepted: 2, dismissed: 1 },
  gaps: [],
  reports: 412,
  reportsBefore: 520,
  trend: { grade: 'fewer', sentence: 'Fewer reports since the week of 17 Aug: 27 a week, 41 before.' },
  outcomes: { proven: [3, 5, 8, 13], failed: [4], reduced: [6], regressed: [9] },
  fixes: {
    all: 47,
    broken: 6,
    sentence: '41 of 47 fixes still hold. About 88 % last 30 days (73 to 94 %), 85 % last 60, 85 % last 90.',
  },
  budgets: [
    { area: 'billing', left: -0.52 },
    { area: 'connectivity', left: 0.41 },
    { area: 'deployment', left: null },
  ],
  rituals: {
    triage: { held: 13, missed: 0, lastHeldAt: '2026-09-28T08:00:00.000Z' },
    digest: { held: 12, missed: 1, lastHeldAt: '2026-09-25T13:00:00.000Z' },
  },
  weeks: [],
};

const now = new Date('2026-10-01T08:00:00Z');
const page = {
  rows: [
    {
      facts,
      name: { name: 'eng-stability', nameFollowsChannel: true, channelId: 'C0STABILITY' },
      endedAt: null,
      hasSample: false,
    },
    {
      facts: {
        ...facts,
        rituals: {
          triage: { ...facts.rituals.triage, lastHeldAt: null },
          digest: { held: 0, missed: 4, lastHeldAt: '2026-07-03T13:00:00.000Z' },
        },
      },
      name: null,
      endedAt: null,
      hasSample: false,
    },
  ],
  timeZone: 'Europe/Berlin',
  now,
};

export const OFFICE: Subject = {
  heading: 'The end of a program, its quarters, and the office',
  messages: [
    spoken(endProposal, { when: 'a program has met all that it set for its own end', to: 'leads' }, [[met, program]]),
    spoken(endAnswered, { when: 'a lead has answered that', to: 'leads' }, [
      ['ended', program, 'ULEAD'],
      ['goes on', program, 'ULEAD'],
    ]),
    spoken(programEnded, { when: 'a lead ends the program', to: 'channel' }, [['ULEAD']]),
    spoken(programStartedAgain, { when: 'a lead starts it again', to: 'channel' }, [['ULEAD']]),
    spoken(quarterMessage, { when: '`/defect quarter`', to: 'oneself' }, [
      [{ quarter: '2026-Q3', facts, isOver: true, hasSample: false }],
      [
        {
          quarter: '2026-Q3',
          facts: { ...facts, upTo: '2026-09-12T10:00:00.000Z' },
          isOver: false,
          hasSample: false,
        },
      ],
    ]),
    spoken(
      officeMessage,
      { when: 'a month is over, in the channel of the office; and `/defect office`', to: 'channel' },
      [
        [{ ...page, lookback: { kind: 'month', month: '2026-09' } }],
        [{ ...page, rows: page.rows.slice(0, 1), lookback: { kind: 'weeks' } }],
      ],
    ),
    spoken(
      withheldMessage,
      { when: 'somebody of another organisation is in the channel of the office', to: 'channel' },
      [[]],
    ),
    spoken(officeQuarterMessage, { when: '`/defect office Q3 2026`', to: 'oneself' }, [
      [{ ...page, lookback: { kind: 'quarter', quarter: '2026-Q3' } }],
    ]),
  ],
};
