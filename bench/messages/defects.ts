import { type DefectDetail, defectCard } from '../../src/blocks/defects/defect-card.ts';
import { rankList } from '../../src/blocks/defects/rank-list.ts';
import { whyMessage } from '../../src/blocks/defects/why-message.ts';
import { searchMessage } from '../../src/blocks/grouping/search-message.ts';
import { criterionWords } from '../../src/blocks/kit/words.ts';
import { didYouMean, helpMessage, note, refusalNote } from '../../src/blocks/programs/help-message.ts';
import { boardMessage } from '../../src/blocks/programs/home-view.ts';
import { pastProofMessage } from '../../src/blocks/proof/past-proof-message.ts';
import { messageReportedReply } from '../../src/blocks/reports/message-reported.ts';
import { strangerFiledMessage } from '../../src/blocks/reports/stranger-messages.ts';
import { HELP_TOPICS } from '../../src/domain/command.ts';
import { type Subject, spoken } from './spoken.ts';

const todayOn = '2026-11-30';

const card: DefectDetail = {
  programId: 1,
  number: 4,
  title: 'Customer charged twice when the webhook is retried',
  area: 'billing',
  severity: 'S2',
  state: 'accepted',
  ownerId: 'UANA',
  dueOn: '2026-12-07',
  reportCount: 7,
  reporterCount: 4,
  affectedTotal: 41,
  ticketTotal: 2,
  harmPerWeek: 6.4,
  quietHalvings: 0,
  daysSinceSeen: 2,
  recurring: true,
  failedFixes: 1,
  regressed: false,
  overdue: false,
  mergedInto: null,
  todayOn,
  firstSeenOn: '2026-10-12',
  place: 2,
  proving: null,
  trend: 'Reports: 2 this week, 3 last week. Too few to call a trend.',
  ticketsLately: { now: 2, before: 0 },
  criteria: [criterionWords({ kind: 'max_reports', limit: 0 })],
  keepingNote: null,
  releases: { firstSeen: null, fixed: null, fix: null, cameBack: null },
  pulls: [
    {
      key: 'acme/api#318',
      url: 'https://github.com/acme/api/pull/318',
      title: 'Retry the webhook when Stripe answers late',
      author: 'ana-b',
      mergedOn: '2026-11-12',
      shipped: { in: 'v1.42', url: 'https://github.com/acme/api/releases/tag/v1.42', on: '2026-11-13' },
      missing: null,
    },
    {
      key: 'acme/api#327',
      url: 'https://github.com/acme/api/pull/327',
      title: 'Tell a retry from a first payment',
      author: 'ben-k',
      mergedOn: '2026-11-26',
      shipped: null,
      missing: { release: 'billing 7431', why: 'no_commit' },
    },
  ],
  tickets: [
    {
      key: 'acme/billing#31',
      url: 'https://github.com/acme',
      place: 'acme/billing',
      status: 'open',
      trouble: null,
      stranger: null,
    },
  ],
  hasTrackers: true,
  budgetShare: null,
  history: [
    { on: '2026-10-12', actorId: null, kind: 'reported', what: 'First report.' },
    { on: '2026-10-19', actorId: 'UBEN', kind: 'accepted', what: 'Accepted, due 27 Oct.' },
  ],
  latest: [
    {
      seenOn: '2026-11-28',
      reporterId: 'UCEM',
      isByPerson: true,
      title: 'Charged twice again',
      description: 'Both charges have the same idempotency key.',
      severity: 'S2',
      affected: 3,
      supportTickets: 1,
      occurrences: 1,
      environment: 'production',
      vendor: null,
      link: 'https://acme.slack.com/p1',
      facts: [{ label: 'customer', value: 'cus_91' }],
      verdict: 'counts',
    },
  ],
};
const proving: DefectDetail = {
  ...card,
  state: 'claimed',
  proving: 'proving 9/21 d, 74 % sure',
  keepingNote: 'a test',
};

const share = {
  on: '2026-11-28',
  reports: 1,
  severity: 'S2',
  affected: 3,
  supportTickets: 1,
  weight: 10.55,
  daysOld: 2,
};
const why = {
  number: 4,
  title: card.title,
  place: 2,
  total: 2.6,
  halfLifeDays: 28,
  todayOn,
  shares: [{ ...share, harm: 1.74 }],
  rest: { reports: 6, harm: 0.86 },
  silence: null,
  budgetShare: null,
};
const wentQuiet = {
  ...why,
  shares: [{ ...share, on: '2026-09-27', daysOld: 63.4, harm: 1.74 }],
  silence: { days: 63.4, pauses: 12, longer: 0, quietHalvings: 0.5, ahead: { number: 9, harm: 2.1 } },
};
const found = { number: 4, title: card.title, reportCount: 7, daysAgo: 2, words: ['webhook', 'charged'] };
const page = { heading: 'Open defects', nothing: 'No defect is open.', todayOn, hasSample: false, pageValue: String };
const board = {
  programId: 1,
  program: { name: '#eng-stability', nameFollowsChannel: true, channelId: 'C0STABILITY' },
  todayOn,
  timeZone: 'Europe/Berlin',
  open: 33,
  proving: 4,
  unowned: 11,
  overdue: 2,
  waiting: [],
  owned: [card],
  ownProving: [],
  top: [card],
  reliability: null,
  next: [],
  mayChangeSettings: false,
  hasSample: false,
};

export const DEFECTS: Subject = {
  heading: 'Defects, and what people ask for',
  messages: [
    spoken(messageReportedReply, { when: 'a message is reported by its shortcut', to: 'thread of that message' }, [
      [{ by: 'UCEM', number: 4 }],
    ]),
    spoken(strangerFiledMessage, { when: 'somebody of another organisation reports', to: 'oneself' }, [
      [{ programId: 1, number: 4 }],
    ]),
    spoken(defectCard, { when: '`/defect show 4`', to: 'oneself' }, [[card], [proving]]),
    spoken(pastProofMessage, { when: '`/defect show 4 2026-11-04`', to: 'oneself' }, [
      [{ number: 4, title: card.title, on: '2026-11-04', todayOn, proof: null }],
      [
        {
          number: 4,
          title: card.title,
          on: '2026-11-24',
          todayOn,
          proof: {
            progress: 'proving 4/21 d, 41 % sure',
            sentence: 'It is proven on 11 Dec if nothing is reported until then.',
            evidence: [],
          },
        },
      ],
      [
        {
          number: 4,
          title: card.title,
          on: '2026-11-24',
          todayOn,
          proof: {
            progress: 'proving 4/8 d, 84 % sure, 40 runs since',
            sentence:
              'No report in 40 runs since the fix of 16 Nov: day 4 of 8, since it ran only as in 4 usual days of the 8, until 28 Nov if it runs as usual, 84 % sure that it holds.',
            evidence: [],
          },
        },
      ],
    ]),
    spoken(rankList, { when: '`/defect list`', to: 'oneself' }, [
      [{ ...page, total: 33, offset: 0, defects: [card, proving] }],
      [{ ...page, total: 1, offset: 0, defects: [{ ...card, daysSinceSeen: 63, quietHalvings: 0.5 }] }],
      [{ ...page, total: 0, offset: 0, defects: [] }],
    ]),
    spoken(whyMessage, { when: '`/defect why 4`', to: 'oneself' }, [[why], [wentQuiet], [{ ...why, shares: [] }]]),
    spoken(searchMessage, { when: '`/defect search webhook`', to: 'oneself' }, [
      ['webhook charged', [found]],
      ['webhook', []],
    ]),
    spoken(boardMessage, { when: '`/defect board`', to: 'oneself' }, [[board], [{ ...board, owned: [] }]]),
    spoken(helpMessage, { when: '`/defect help`', to: 'oneself' }, [
      [],
      ...HELP_TOPICS.map((topic): [typeof topic] => [topic]),
    ]),
    spoken(didYouMean, { when: 'a command is mistyped, or a title starts like one', to: 'oneself' }, [['lst', 'list']]),
    spoken(note, { when: 'something was done, or need not be', to: 'oneself' }, [['D-4 is on the list again.']]),
    spoken(refusalNote, { when: 'something cannot be done', to: 'oneself' }, [['There is no D-99 here.']]),
  ],
};
