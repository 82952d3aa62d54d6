import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSurface } from '../../../sandbox/block-kit/validate.ts';
import { fixShippedMessage } from '../../../src/blocks/fixes/fix-messages.ts';
import { historyMessage } from '../../../src/blocks/trackers/history-messages.ts';
import { historyModal } from '../../../src/blocks/trackers/history-modals.ts';
import { ticketAskedMessage, ticketClaimedMessage } from '../../../src/blocks/trackers/ticket-messages.ts';
import {
  type TrackerFacts,
  trackerConnectedModal,
  trackerModal,
  trackerRemovedModal,
  trackersModal,
} from '../../../src/blocks/trackers/tracker-modals.ts';
import { trackerTroubleMessage } from '../../../src/blocks/trackers/tracker-trouble.ts';
import { NOTHING_YET } from '../../../src/domain/trackers/past-ticket.ts';
import { commandsIn, typed } from '../hostile.ts';

const URL = 'https://tracker.example/acme/api/7';
/** The names of places and accounts, as a tracker tells them or a form has taken them. */
const named = typed.map((text) => text.slice(0, 140));

const facts = (texts: { place: string; account: string; trouble: string; agent: string }): TrackerFacts => ({
  ...{ id: 1, kind: 'github', webUrl: URL, place: texts.place, account: texts.account },
  ...{ creation: 'always', reopening: 'reopen', reopenDays: 14, labels: true, linked: 3, inTrouble: 1 },
  ...{ trouble: texts.trouble, history: '', code: { claimsShipped: true, agents: [texts.agent], trouble: null } },
});
const tally = (kind: string, reason: string) => ({
  ...NOTHING_YET,
  ...{ opened: 2, joined: 0, kinds: { [kind]: 1 }, leftOut: { unreadable: 1 } },
  unreadable: [{ key: kind, reason }],
});

const MODALS = {
  trackers: (a: string, b: string) => trackersModal([facts({ place: a, account: b, trouble: b, agent: a })], 1),
  tracker: (a: string, b: string) => trackerModal(facts({ place: a, account: b, trouble: b, agent: a }), 1, b),
  connected: (a: string, b: string) =>
    trackerConnectedModal({
      ...({ kind: 'github', place: a, account: b, isPublic: true } as const),
      ...{ address: URL, secret: 's' },
    }),
  removed: (a: string) => trackerRemovedModal(a),
  history: (a: string, b: string) =>
    historyModal({ place: a, read: 3, isAll: true, open: 1, closed: 1, kinds: { [b]: 2 }, tally: tally(b, a) }, '1:1'),
};

const news = (a: string, b: string) => ({ programId: 1, number: 7, title: a, ticket: { key: b, url: URL } });
const MESSAGES = {
  shipped: (a: string, b: string) =>
    fixShippedMessage({
      ...{ programId: 1, number: 7, title: a, pull: { key: b, url: URL }, shippedIn: a, isClaimed: true },
    }),
  claimed: (a: string, b: string) => ticketClaimedMessage(news(a, b)),
  asked: (a: string, b: string) => ticketAskedMessage({ ...news(a, b), question: 'merge' }),
  taken: (a: string, b: string) => historyMessage({ place: a, webUrl: URL, tally: tally(b, a), stopped: b }),
  trouble: (a: string, b: string) =>
    trackerTroubleMessage({ number: 7, title: a, place: b, key: b, url: URL, words: a }),
};

/** What Slack would act on beside the links that are meant. */
const unmeant = (payload: unknown) => commandsIn(payload).filter((one) => !one.startsWith(`<${URL}|`));

describe('what trackers, pull requests and releases are called, in windows and messages,', () => {
  it.each(Object.entries(MODALS))('fits the window %s and commands nothing', (_, modal) => {
    fc.assert(
      fc.property(named, named, (a, b) => {
        const view = modal(a, b);
        expect(validateSurface('modal', view)).toEqual([]);
        expect(unmeant(view)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it.each(Object.entries(MESSAGES))('fits the message %s and commands nothing', (_, said) => {
    fc.assert(
      fc.property(typed, named, (a, b) => {
        const message = said(a, b);
        expect(validateSurface('message', message)).toEqual([]);
        expect(unmeant(message)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});
