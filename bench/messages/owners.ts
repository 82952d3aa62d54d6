import { fixShippedMessage } from '../../src/blocks/fixes/fix-messages.ts';
import { criterionWords } from '../../src/blocks/kit/words.ts';
import { departedMessage, reassignedMessage, reassignedWords } from '../../src/blocks/people/departed-message.ts';
import { comebackMessage } from '../../src/blocks/proof/comeback-message.ts';
import { confirmMessage } from '../../src/blocks/proof/confirm-message.ts';
import { stillSeeingMessage } from '../../src/blocks/proof/still-seeing-message.ts';
import type { DirectItem } from '../../src/blocks/reminders/direct-item.ts';
import { assignedNote, formerOwnerMessage, ownershipMessage } from '../../src/blocks/reminders/ownership-message.ts';
import { reminderMessage } from '../../src/blocks/reminders/reminder-message.ts';
import { historyMessage, historyTroubleMessage } from '../../src/blocks/trackers/history-messages.ts';
import { ticketAskedMessage, ticketClaimedMessage } from '../../src/blocks/trackers/ticket-messages.ts';
import { trackerTroubleMessage } from '../../src/blocks/trackers/tracker-trouble.ts';
import {
  accountAskedMessage,
  accountNamedMessage,
  notGivenMessage,
  ownAccountNamedMessage,
  ownerAskedMessage,
} from '../../src/blocks/trackers/who-is-messages.ts';
import { type Subject, spoken } from './spoken.ts';

const title = 'Customer charged twice when the webhook is retried';
const program = { name: 'eng-stability', nameFollowsChannel: true, channelId: 'C0STABILITY' };
const todayOn = '2026-11-30';

const whoIs = {
  ...{ programId: 1, personId: 1, number: 4, title, ownerId: 'UANA', kind: 'github' as const, account: 'ben-gh' },
  ticket: { key: 'acme/api#12', url: 'https://github.com/acme/api/issues/12' },
};

const item: DirectItem = {
  ref: { programId: 1, number: 4 },
  title,
  state: 'accepted',
  ownerId: 'UANA',
  dueOn: '2026-12-07',
  reason: 'ownership',
  why: null,
  criteria: [
    criterionWords({ kind: 'max_reports', limit: 0 }),
    criterionWords({ kind: 'second_person', userId: 'UBEN' }),
  ],
  reader: 'owner',
  became: { kind: 'waits' },
};
const overdue: DirectItem = { ...item, reason: 'overdue', dueOn: '2026-11-25' };
const soon: DirectItem = {
  ...item,
  ref: { programId: 1, number: 17 },
  title: 'Sync is a day late',
  reason: 'due_soon',
};
const failed: DirectItem = {
  ...item,
  reason: 'failed',
  dueOn: null,
  why: '2 reports since the fix of 20 Nov; the limit is 0.',
};
/** Of a fix that has ended only a part. */
export const reduced =
  'Seen less, not gone: from 12 reports a week to 3, 55 to 93 % less often. 2 reports from 2 reporters since the fix of 20 Nov; the limit is 0.';
const ticket = { programId: 1, number: 4, title, ticket: { key: 'acme/billing#31', url: 'https://github.com/acme' } };
const departed = {
  programId: 1,
  userId: 'UCEM',
  name: 'Cem',
  atMs: 0,
  owned: [{ number: 4, title }],
  wasLead: false,
  hasLead: true,
};

const reminder = {
  todayOn,
  parts: [{ program, items: [overdue, soon] }],
  isFirst: false,
  isRetired: false,
};

export const OWNERS: Subject = {
  heading: 'Owners, reporters and leads, in direct messages',
  messages: [
    spoken(ownershipMessage, { when: 'somebody else makes them the owner', to: 'new owner' }, [
      [{ by: 'UBEN', items: [item], todayOn, isRetired: false }],
      [{ by: 'UBEN', items: [item, { ...soon, reason: 'ownership' }], todayOn, isRetired: false }],
      [
        {
          by: 'UBEN',
          items: [{ ...item, became: { kind: 'handed_over', ownerId: 'UCEM' } }],
          todayOn,
          isRetired: false,
        },
      ],
      [{ by: 'UBEN', place: 'acme/api', items: [item], todayOn, isRetired: false }],
      [
        {
          ...{ by: null, place: 'acme/api', todayOn, isRetired: false },
          items: [item, { ...soon, reason: 'ownership' }],
        },
      ],
    ]),
    spoken(formerOwnerMessage, { when: 'somebody else takes it from them', to: 'former owner' }, [
      [{ number: 4, title, by: 'UBEN', to: 'UCEM' }],
      [{ number: 4, title, by: null, place: 'acme/api', to: 'UCEM' }],
    ]),
    spoken(assignedNote, { when: 'somebody names an owner', to: 'oneself' }, [
      [{ number: 4, title, ownerId: 'UANA', by: 'UBEN' }],
    ]),
    spoken(
      reminderMessage,
      {
        when: '09:30 on their clock on a working day, where something waits',
        to: 'owner; lead after three that were ignored',
      },
      [
        [{ ...reminder, isFirst: true }],
        [reminder],
        [
          {
            ...reminder,
            parts: [{ program, items: [{ ...overdue, became: { kind: 'claimed' } }] }],
          },
        ],
        [
          {
            ...reminder,
            parts: [{ program, items: [{ ...overdue, reader: 'lead' }] }],
          },
        ],
      ],
    ),
    spoken(
      comebackMessage,
      {
        when: 'a fix fails, or has ended only a part, or a proven defect comes back',
        to: 'owner; lead where nobody owns it',
      },
      [
        [{ kind: 'failed', item: failed, failedFixes: 1, todayOn, isRetired: false }],
        [{ kind: 'failed', item: failed, failedFixes: 2, todayOn, isRetired: false }],
        [
          {
            kind: 'reduced',
            item: { ...failed, reason: 'reduced', why: reduced },
            failedFixes: 0,
            todayOn,
            isRetired: false,
          },
        ],
        [
          {
            kind: 'regressed',
            item: { ...failed, reason: 'regressed', reader: 'lead', ownerId: null },
            failedFixes: 0,
            todayOn,
            isRetired: false,
          },
        ],
      ],
    ),
    spoken(confirmMessage, { when: 'a fix is claimed that they are to confirm', to: 'second person' }, [
      [{ programId: 1, number: 4, title, ownerId: 'UANA', keepingNote: 'a test', confirmed: false }],
      [{ programId: 1, number: 4, title, ownerId: 'UANA', keepingNote: 'a test', confirmed: true }],
    ]),
    spoken(
      stillSeeingMessage,
      { when: 'a working day after a claim', to: 'reporters of the last 30 days' },
      [null, 'no' as const, 'yes' as const, 'proven' as const, 'failed' as const].map((answer) => [
        { programId: 1, number: 4, title, fixedOn: '2026-11-26', answer },
      ]),
    ),
    spoken(departedMessage, { when: 'an owner or a lead is deactivated', to: 'leads' }, [
      [departed],
      [{ ...departed, owned: [], wasLead: true, hasLead: false }],
    ]),
    spoken(
      reassignedMessage,
      { when: 'what they owned has a new owner', to: 'leads, in the place of the message before' },
      [['Cem', reassignedWords('UANA', [4, 17], 1)]],
    ),
    spoken(ticketClaimedMessage, { when: 'the ticket of a defect is closed as done', to: 'owner' }, [[ticket]]),
    spoken(
      ticketAskedMessage,
      {
        when: 'a ticket is closed or opened so that a person has to settle it',
        to: 'owner; leads where nobody owns it',
      },
      (['accept_first', 'claim', 'set_aside', 'merge', 'still_to_do', 'seen_again'] as const).map((question) => [
        { ...ticket, question },
      ]),
    ),
    spoken(
      fixShippedMessage,
      {
        when: 'a release or deployment has a merged fix, where the program wants it claimed by that',
        to: 'owner; leads where nobody owns it',
      },
      [true, false].map((isClaimed) => [
        {
          ...{ programId: 1, number: 4, title, shippedIn: 'v1.42', isClaimed },
          pull: { key: 'acme/api#318', url: 'https://github.com/acme/api/pull/318' },
        },
      ]),
    ),
    spoken(
      accountAskedMessage,
      { when: 'a ticket is assigned to an account that nobody here is known by, once', to: 'leads' },
      [[whoIs], [{ ...whoIs, ownerId: null }]],
    ),
    spoken(
      accountNamedMessage,
      { when: 'somebody has said who an account is', to: 'leads, in the place of the question' },
      [[{ kind: 'github', account: 'ben-gh', userId: 'UBEN' }], [{ kind: 'github', account: 'ben-gh', userId: null }]],
    ),
    spoken(
      ownerAskedMessage,
      {
        when: 'the ticket of what they own is to be assigned to them, and nobody knows their account, once',
        to: 'owner',
      },
      [[whoIs]],
    ),
    spoken(ownAccountNamedMessage, { when: 'they have named it', to: 'owner, in the place of the question' }, [
      [{ kind: 'github', account: 'ana-gh' }],
      [{ kind: 'github', account: null }],
    ]),
    spoken(
      notGivenMessage,
      { when: 'a ticket and its defect cannot have the same owner', to: 'leads' },
      (['cannot_see', 'not_assignable'] as const).map((why) => [
        { ...whoIs, userId: why === 'cannot_see' ? 'UBEN' : 'UANA', place: 'acme/api', why },
      ]),
    ),
    spoken(
      historyMessage,
      { when: 'the history of a tracker was taken in, or cannot be', to: 'the lead who wanted it' },
      [null, 'GitHub does not know this token any more. Make a new one and connect again.'].map((stopped) => [
        {
          ...{ place: 'acme/billing', webUrl: 'https://github.com/acme/billing', stopped },
          tally: {
            ...{ opened: 1204, joined: 3, linked: 212, became: { claimed: 980, risk_accepted: 41, dismissed: 60 } },
            ...{ leftOut: { pull_request: 812, bot: 24, here: 1, unreadable: 1 }, kinds: { enhancement: 96 } },
            unreadable: [{ key: 'acme/billing#7', reason: 'title is empty' }],
          },
        },
      ]),
    ),
    spoken(
      historyTroubleMessage,
      {
        when: 'a page of the history of a tracker cannot be taken in, for a reason that nobody foresaw',
        to: 'the lead who wanted it',
      },
      [[{ place: 'acme/billing', webUrl: 'https://github.com/acme/billing' }]],
    ),
    spoken(trackerTroubleMessage, { when: 'a ticket cannot be read or written', to: 'leads' }, [
      [
        {
          number: 4,
          title,
          place: 'acme/billing',
          key: 'acme/billing#31',
          url: 'https://github.com/acme',
          words: 'GitHub does not know this issue any more.',
        },
      ],
    ]),
  ],
};
