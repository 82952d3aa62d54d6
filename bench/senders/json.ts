import { aDefect, type Golden } from './golden.ts';

const EXPORT = {
  title: 'Export of 2026-11-24 wrote 0 rows',
  severity: 'high',
  account: 'cus_5',
  environment: 'production',
  key: 'export-2026-11-24',
  seen_at: 1_795_510_800_000,
  cluster: 'eu-1',
};

export const OWN_JSON: readonly Golden[] = [
  {
    kind: 'json',
    situation: 'a time in milliseconds, a field of nobody, and its end',
    sends: [{ body: EXPORT }, { body: { ...EXPORT, status: 'recovered' } }],
    becomes: [
      aDefect(EXPORT.title, {
        severity: 'S2',
        over: 1,
        accounts: ['cus_5'],
        environment: 'production',
        card: ['cluster: eu-1'],
      }),
    ],
  },
  {
    kind: 'json',
    situation: 'fields where a mapping says, the same failure with other numbers',
    mapping: { title: '/alert/name', key: '/alert/id', severity: '/alert/level', labels: '/alert/tags' },
    rules: { without: ['muted'] },
    sends: [
      { body: { alert: { id: 1, name: 'Job 41 timed out after 30 s', level: 'P2', tags: ['jobs'] } } },
      { body: { alert: { id: 2, name: 'Job 57 timed out after 90 s', level: 'P2', tags: ['jobs'] } } },
      { body: { alert: { id: 3, name: 'Job 58 timed out after 31 s', level: 'P2', tags: ['muted'] } } },
    ],
    becomes: [aDefect('Job 41 timed out after 30 s', { severity: 'S2', occurrences: 2 })],
    leftOut: [{ event: 'report: Job 58 timed out after 31 s', why: 'It is labelled muted.', count: 1 }],
  },
  {
    kind: 'json',
    situation: 'a release, and a body without a title',
    sends: [{ body: { release: '2026.48', environment: 'production' } }, { body: { hello: 'world' } }],
    becomes: [],
    leftOut: [{ event: 'no title', why: 'It tells of no failure.', count: 1 }],
    releases: ['2026.48'],
  },
];
