import { aDefect, type Golden, type GoldenDelivery } from './golden.ts';

let requests = 0;

function deliver(resource: string, action: string, data: object): GoldenDelivery {
  requests += 1;
  return {
    headers: { 'sentry-hook-resource': resource, 'request-id': `golden-${requests}` },
    body: {
      action,
      actor: { id: 'sentry', name: 'Sentry', type: 'application' },
      data,
      installation: { uuid: '2f6d1c90-5b8a-4a37-9e11-c0ffee000001' },
    },
  };
}

const issue = (action: string, over: object = {}) =>
  deliver('issue', action, {
    issue: {
      id: '5512001',
      shortId: 'SHOP-3K',
      title: 'RangeError: Invalid currency code',
      culprit: 'formatPrice(price.ts)',
      level: 'error',
      status: 'unresolved',
      substatus: 'new',
      statusDetails: {},
      count: '17',
      userCount: 9,
      firstSeen: '2026-11-24T08:30:00.000Z',
      lastSeen: '2026-11-24T08:31:00.000Z',
      metadata: { type: 'RangeError', value: 'Invalid currency code : XXQ', filename: 'price.ts' },
      project: { id: '41', slug: 'shop', name: 'Shop' },
      web_url: 'https://harbour.sentry.example/issues/5512001/',
      ...over,
    },
  });

/** What a person did in Sentry, where it is otherwise Sentry itself. */
const byHand = (delivery: GoldenDelivery): GoldenDelivery => ({
  ...delivery,
  body: { ...(delivery.body as object), actor: { id: 7, name: 'Ada Byron', type: 'user' } },
});

const eventAlert = (eventId: string, timestamp: string, tags: [string, string][] = []) =>
  deliver('event_alert', 'triggered', {
    event: {
      event_id: eventId,
      issue_id: '5512001',
      title: 'RangeError: Invalid currency code',
      culprit: 'formatPrice(price.ts)',
      level: 'error',
      timestamp,
      tags,
      web_url: `https://harbour.sentry.example/issues/5512001/events/${eventId}/`,
    },
    triggered_rule: 'New errors of the shop',
  });

const metricAlert = (action: string, over: object = {}) =>
  deliver('metric_alert', action, {
    description_text: '412 events in the last 5 minutes',
    description_title: `${action === 'warning' ? 'Warning' : 'Critical'}: Failed checkouts`,
    metric_alert: {
      id: '88',
      identifier: '301',
      title: 'Failed checkouts',
      status: 20,
      date_started: '2026-11-24T09:00:00Z',
      alert_rule: { id: '12', name: 'Failed checkouts', aggregate: 'count()', environment: 'production' },
      ...over,
    },
    web_url: 'https://harbour.sentry.example/alerts/rules/details/12/',
  });

const TITLE = 'RangeError: Invalid currency code';

export const SENTRY: readonly Golden[] = [
  {
    kind: 'sentry',
    situation: 'a new issue, and the alert of its first event',
    sends: [issue('created'), eventAlert('e0000001', '2026-11-24T08:30:05Z', [['customer', 'harbour']])],
    becomes: [
      aDefect(TITLE, {
        severity: 'S2',
        accounts: ['harbour'],
        card: ['Users: 9', 'Culprit: formatPrice(price.ts)', 'Invalid currency code : XXQ'],
      }),
    ],
  },
  {
    kind: 'sentry',
    situation: 'an alert of the same issue hours later',
    sends: [
      issue('created', { firstSeen: '2026-11-24T04:00:00.000Z' }),
      eventAlert('e0000002', '2026-11-24T09:00:00Z'),
    ],
    becomes: [aDefect(TITLE, { severity: 'S2', occurrences: 2 })],
  },
  {
    kind: 'sentry',
    situation: 'an issue that is resolved and comes back',
    sends: [
      issue('created'),
      issue('resolved', { status: 'resolved' }),
      {
        ...issue('unresolved', { substatus: 'regressed', lastSeen: '2026-11-24T10:20:00.000Z' }),
        afterMinutes: 30,
      },
    ],
    becomes: [aDefect(TITLE, { severity: 'S2', occurrences: 2, over: 1, card: ['State: regressed'] })],
  },
  {
    kind: 'sentry',
    situation: 'a resolved issue that a person reopens, without an event since',
    sends: [issue('created'), issue('resolved', { status: 'resolved' }), byHand(issue('unresolved'))],
    becomes: [aDefect(TITLE, { severity: 'S2', over: 1 })],
    leftOut: [
      {
        event: 'issue:unresolved',
        why: 'It was opened again, and nothing has failed since it was over.',
        count: 1,
      },
    ],
  },
  {
    kind: 'sentry',
    situation: 'an archived issue that a person reopens, with events since, and one that nobody has told of',
    sends: [
      issue('created'),
      issue('archived', { status: 'ignored' }),
      { ...byHand(issue('unresolved', { lastSeen: '2026-11-24T23:00:00.000Z' })), afterMinutes: 30 },
      byHand(issue('unresolved', { id: '5512002', title: 'TypeError: Cart is empty' })),
    ],
    becomes: [
      aDefect(TITLE, { severity: 'S2', occurrences: 2, over: 1 }),
      aDefect('TypeError: Cart is empty', { severity: 'S2' }),
    ],
  },
  {
    kind: 'sentry',
    situation: 'an issue that a person reopens while it is open here',
    sends: [issue('created'), byHand(issue('unresolved', { level: 'fatal' }))],
    becomes: [aDefect(TITLE, { severity: 'S1' })],
  },
  {
    kind: 'sentry',
    situation: 'an issue that is archived',
    sends: [issue('created'), issue('archived', { status: 'ignored', substatus: 'archived_forever' })],
    becomes: [aDefect(TITLE, { severity: 'S2', over: 1 })],
  },
  {
    kind: 'sentry',
    situation: 'a metric alert that warns, becomes critical and is resolved',
    sends: [
      metricAlert('warning'),
      metricAlert('critical'),
      metricAlert('resolved', { date_closed: '2026-11-24T09:50:00Z', status: 2 }),
    ],
    becomes: [
      aDefect('Failed checkouts', {
        severity: 'S1',
        over: 1,
        environment: 'production',
        card: ['Metric: count()', '412 events in the last 5 minutes'],
      }),
    ],
  },
  {
    kind: 'sentry',
    situation: 'assigned, and a comment',
    sends: [issue('assigned'), deliver('comment', 'created', { comment: 'On it.', issue_id: '5512001' })],
    becomes: [],
    leftOut: [
      { event: 'issue:assigned', why: 'It tells of no failure.', count: 1 },
      { event: 'comment:created', why: 'It tells of no failure.', count: 1 },
    ],
  },
  {
    kind: 'sentry',
    situation: 'an issue that Sentry calls regressed, with the time at which it was last seen before',
    sends: [
      issue('created'),
      issue('resolved', { status: 'resolved' }),
      { ...issue('unresolved', { substatus: 'regressed' }), afterMinutes: 30 },
    ],
    becomes: [aDefect(TITLE, { severity: 'S2', occurrences: 2, over: 1, card: ['State: regressed'] })],
  },
  {
    kind: 'sentry',
    situation: 'an archived issue that Sentry itself opens again since time has gone by',
    sends: [
      issue('created'),
      issue('archived', { status: 'ignored', substatus: 'archived_until_condition_met' }),
      { ...issue('unresolved', { substatus: 'ongoing' }), afterMinutes: 30 },
    ],
    becomes: [aDefect(TITLE, { severity: 'S2', over: 1 })],
    leftOut: [
      { event: 'issue:unresolved', why: 'It was opened again, and nothing has failed since it was over.', count: 1 },
    ],
  },
];
