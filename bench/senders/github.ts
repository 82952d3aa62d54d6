import { aDefect, type Golden, type GoldenDelivery } from './golden.ts';

type Issue = { number: number; labels: readonly string[] } & Record<string, unknown>;

let deliveries = 0;

function deliver(event: string, body: object): GoldenDelivery {
  deliveries += 1;
  return { headers: { 'x-github-event': event, 'x-github-delivery': `golden-${deliveries}` }, body };
}

/** An `issues` event as GitHub sends it, without what nobody reads of the repository. */
function issue(action: string, { number, labels, ...over }: Issue, besides: object = {}): GoldenDelivery {
  return deliver('issues', {
    action,
    issue: {
      html_url: `https://github.example/harbour/shop/issues/${number}`,
      id: 9_000 + number,
      node_id: `I_golden_${number}`,
      number,
      title: 'Basket is empty after signing in',
      user: { login: 'mira' },
      labels: labels.map((name) => ({ name })),
      state: 'open',
      state_reason: null,
      assignees: [],
      milestone: null,
      created_at: '2026-11-24T08:15:00Z',
      updated_at: '2026-11-24T09:00:00Z',
      closed_at: null,
      body: 'Sign in with a full basket.\r\nIt is empty.',
      ...over,
    },
    repository: { id: 7, name: 'shop', full_name: 'harbour/shop', private: true },
    sender: { login: 'mira' },
    ...besides,
  });
}

const release = (action: string, tag: string, over: object = {}) =>
  deliver('release', {
    action,
    release: {
      tag_name: tag,
      html_url: `https://github.example/harbour/shop/releases/tag/${tag}`,
      prerelease: false,
      published_at: '2026-11-24T09:30:00Z',
      ...over,
    },
    repository: { id: 7, name: 'shop', full_name: 'harbour/shop' },
  });

const TITLE = 'Basket is empty after signing in';
const NO_LABEL = 'It has none of the labels bug, defect, regression, incident, outage, crash.';

export const GITHUB: readonly Golden[] = [
  {
    kind: 'github',
    situation: 'a bug whose severity and area are labelled later',
    sends: [
      issue('opened', { number: 11, labels: ['bug'] }),
      issue('labeled', { number: 11, labels: ['bug', 'priority: P1'] }, { label: { name: 'priority: P1' } }),
      issue('labeled', { number: 11, labels: ['bug', 'priority: P1', 'area: deployment'] }),
    ],
    becomes: [
      aDefect(TITLE, {
        severity: 'S1',
        area: 'deployment',
        card: ['Labels: bug, priority: P1, area: deployment', 'It is empty.'],
      }),
    ],
  },
  {
    kind: 'github',
    situation: 'a wish and a question',
    sends: [
      issue('opened', { number: 12, labels: ['enhancement'], title: 'Please add a wish list' }),
      issue('opened', { number: 13, labels: [], title: 'Which currencies are there?' }),
    ],
    becomes: [],
    leftOut: [
      { event: 'issues:opened: Please add a wish list', why: NO_LABEL, count: 1 },
      { event: 'issues:opened: Which currencies are there?', why: NO_LABEL, count: 1 },
    ],
  },
  {
    kind: 'github',
    situation: 'an issue that is labelled a bug only later',
    sends: [
      issue('opened', { number: 14, labels: [] }),
      issue('labeled', { number: 14, labels: ['type: bug', 'sev2'] }, { label: { name: 'type: bug' } }),
    ],
    becomes: [aDefect(TITLE, { severity: 'S2' })],
    leftOut: [{ event: `issues:opened: ${TITLE}`, why: NO_LABEL, count: 1 }],
  },
  {
    kind: 'github',
    situation: 'a type in place of a label, and a bug that is none',
    sends: [
      issue('opened', { number: 15, labels: [], type: { name: 'Bug' } }),
      issue('opened', { number: 16, labels: ['bug', 'duplicate'], title: 'Basket empty again' }),
    ],
    becomes: [aDefect(TITLE, { card: ['Type: Bug'] })],
    leftOut: [{ event: 'issues:opened: Basket empty again', why: 'It is labelled duplicate.', count: 1 }],
  },
  {
    kind: 'github',
    situation: 'a source with a filter of its own',
    rules: { labels: ['customer-facing'] },
    sends: [
      issue('opened', { number: 17, labels: ['customer-facing', 'team=payments'], title: 'Refund page is blank' }),
      issue('opened', { number: 18, labels: ['bug'], title: 'Typo in a log line' }),
    ],
    becomes: [aDefect('Refund page is blank')],
    leftOut: [
      { event: 'issues:opened: Typo in a log line', why: 'It has none of the labels customer-facing.', count: 1 },
    ],
  },
  {
    kind: 'github',
    situation: 'closed, and reopened',
    sends: [
      issue('opened', { number: 19, labels: ['bug'] }),
      issue('closed', { number: 19, labels: ['bug'], state: 'closed', closed_at: '2026-11-24T08:40:00Z' }),
      issue('reopened', { number: 19, labels: ['bug'], updated_at: '2026-11-24T09:20:00Z' }),
    ],
    becomes: [aDefect(TITLE, { occurrences: 2, over: 1 })],
  },
  {
    kind: 'github',
    situation: 'deleted, and moved to another repository',
    sends: [
      issue('opened', { number: 20, labels: ['bug'], title: 'Opened by mistake' }),
      issue('deleted', { number: 20, labels: ['bug'], title: 'Opened by mistake' }),
      issue('opened', { number: 21, labels: ['bug'] }),
      issue('transferred', { number: 21, labels: ['bug'] }),
      issue('opened', { number: 3, labels: ['bug'] }, { changes: { old_issue: { node_id: 'I_golden_21' } } }),
    ],
    becomes: [aDefect('Opened by mistake', { over: 1 }), aDefect(TITLE, { occurrences: 2, over: 1 })],
  },
  {
    kind: 'github',
    situation: 'a pull request, comments and a ping',
    sends: [
      issue('opened', { number: 22, labels: ['bug'], pull_request: { url: 'https://github.example/pulls/22' } }),
      issue('assigned', { number: 19, labels: ['bug'] }),
      deliver('ping', { zen: 'Keep it short.', hook_id: 1 }),
    ],
    becomes: [],
    leftOut: [
      { event: 'issues:opened', why: 'It is a pull request.', count: 1 },
      { event: 'issues:assigned', why: 'It tells of no failure.', count: 1 },
      { event: 'ping:', why: 'It tells of no failure.', count: 1 },
    ],
  },
  {
    kind: 'github',
    situation: 'a release, told by both of its events',
    sends: [release('published', 'v2.8.0'), release('released', 'v2.8.0')],
    becomes: [],
    releases: ['v2.8.0'],
  },
  {
    kind: 'github',
    situation: 'severities as projects label them, of which severity counts before priority',
    sends: ['severity/1', 'sev: 2', 'P3 - Medium', 'priority/critical-urgent', 'Low severity'].map((label, i) =>
      issue('opened', {
        number: 30 + i,
        labels: ['bug', 'priority: P2', label].slice(i === 2 ? 2 : 0).concat(i === 2 ? ['bugs'] : []),
        title: `Labelled ${label}`,
      }),
    ),
    becomes: [
      aDefect('Labelled severity/1', { severity: 'S1' }),
      aDefect('Labelled sev: 2', { severity: 'S2' }),
      aDefect('Labelled P3 - Medium', { severity: 'S3' }),
      aDefect('Labelled priority/critical-urgent', { severity: 'S2' }),
      aDefect('Labelled Low severity', { severity: 'S4' }),
    ],
  },
];
