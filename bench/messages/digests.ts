import { chartsMessage } from '../../src/blocks/digest/charts-message.ts';
import { digestPost } from '../../src/blocks/digest/digest-post.ts';
import { digestPreview } from '../../src/blocks/digest/digest-preview.ts';
import { digestThread } from '../../src/blocks/digest/digest-thread.ts';
import { ledgerWords, ownWords } from '../../src/blocks/fixes/ledger-words.ts';
import type { Burndown } from '../../src/domain/digest/burndown.ts';
import { assembleBurndown } from '../../src/domain/digest/burndown.ts';
import { assembleDigest, type DigestFacts } from '../../src/domain/digest/digest.ts';
import type { ProgramVerdicts } from '../../src/domain/digest/program-verdicts.ts';
import { sinceWhen } from '../../src/domain/digest/since-when.ts';
import type { Comparison, Group } from '../../src/domain/fixes/ledger.ts';
import type { AreaReliability } from '../../src/domain/reliability/reliability.ts';
import { assembleReliability } from '../../src/domain/reliability/reliability-report.ts';
import { WEEK_MS } from '../../src/domain/time/durations.ts';
import { type Subject, spoken } from './spoken.ts';

const group = (name: string, fixes: number, share: number, low: number, high: number): Group => ({
  ...{ name, fixes },
  survival: { share, days: 90, interval: { low, high } },
  failed: { happened: 2, of: 14, interval: { low: 0.03, high: 0.4 } },
  proof: { days: 14, from: 9, to: 21 },
});
const comparisons: Comparison[] = [
  {
    trait: 'maker',
    groups: [group('person', 48, 0.84, 0.71, 0.93), group('agent', 31, 0.51, 0.33, 0.68)],
    differences: [{ measure: 'survival', name: 'person', sign: 1 }],
  },
  {
    trait: 'area',
    groups: [group('billing', 40, 0.72, 0.56, 0.84), group('deployment', 39, 0.7, 0.54, 0.83)],
    differences: [],
  },
];
const someLedger = [...ledgerWords(comparisons), ownWords(group('own', 12, 0.91, 0.65, 1))];

const NOW = new Date('2026-11-27T14:00:00Z');
const setting = {
  programId: 1,
  programName: null,
  timeZone: 'Europe/Berlin',
  now: NOW,
  late: false,
  hasSample: false,
};

const flow = (kind: 'reported' | 'failed' | 'claimed' | 'proven', count: number) => {
  const from = { reported: null, failed: 'claimed', claimed: 'accepted', proven: 'claimed' } as const;
  const to = { reported: 'new', failed: 'accepted', claimed: 'claimed', proven: 'proven' } as const;
  return { kind, from: from[kind], to: to[kind], count };
};
const thisWeek = assembleBurndown({ toDo: 29, claimed: 5 }, { toDo: 29, claimed: 4 }, [
  flow('reported', 3),
  flow('failed', 1),
  flow('claimed', 4),
  flow('proven', 4),
]);
const lastWeek = assembleBurndown({ toDo: 27, claimed: 5 }, { toDo: 29, claimed: 5 }, [flow('reported', 2)]);

function verdictsOf(counts: readonly number[]): ProgramVerdicts {
  const bounds = Array.from(
    { length: counts.length + 1 },
    (_, i) => new Date(NOW.getTime() - (counts.length - i) * WEEK_MS),
  );
  const verdict = sinceWhen(bounds, counts);
  const tickets = sinceWhen(
    bounds,
    counts.map((count) => Math.round(count / 6)),
  );
  return {
    reports: verdict,
    tickets,
    areas: [{ area: 'billing', verdict }],
    weeks: counts.map((reports) => ({ reports, tickets: Math.round(reports / 6), late: 0 })),
  };
}

const readings = [4, 5, 4, 3, 5, 4, 4, 5, 3, 4, 5, 19].map((n) => ({ bad: n * 100, total: 1_000_000 }));
const area: AreaReliability = {
  area: 'billing',
  objective: { target: 0.999, periodDays: 28, thresholdSeconds: 0.3 },
  weeks: readings.map((requests, i) => ({
    endsAt: new Date(NOW.getTime() - (readings.length - 1 - i) * WEEK_MS),
    reading: { uptime: null, requests, p99: null, slow: null },
  })),
  period: { bad: 3100, total: 4_000_000 },
  trouble: null,
};
export const RELIABILITY = assembleReliability([area], ['billing', 'connectivity']);

const week: DigestFacts = {
  reliability: RELIABILITY,
  burners: [{ number: 4, area: 'billing', share: 0.62, badEvents: 3615 }],
  window: { after: new Date(NOW.getTime() - WEEK_MS), upTo: NOW },
  thisWeek,
  lastWeek,
  week: { reports: 31, tickets: 5 },
  verdicts: verdictsOf([44, 47, 41, 45, 43, 30, 31, 29, 33, 31]),
  needs: [
    {
      kind: 'failed',
      number: 12,
      title: 'Deploy job hangs',
      personId: 'UCEM',
      dueOn: null,
      isOverdue: false,
      budget: null,
    },
    {
      kind: 'over budget',
      number: 4,
      title: 'Customer charged twice when the webhook is retried',
      personId: 'UANA',
      dueOn: null,
      isOverdue: false,
      budget: { area: 'billing', share: 0.62 },
    },
    {
      kind: 'unowned',
      number: 44,
      title: 'Partial refund shows as full',
      personId: 'ULEAD',
      dueOn: null,
      isOverdue: false,
      budget: null,
    },
  ],
  costs: [{ number: 4, area: 'billing', tickets: 4, ticketsBefore: 2 }],
  movers: [{ number: 4, title: 'Customer charged twice', reports: 7, harmThen: 4.1, harmNow: 6.4 }],
  outcomes: [
    {
      kind: 'proven',
      number: 21,
      title: 'Login page is blank after a release',
      why: 'No report in 14 days; without the fix 9 would have been expected.',
    },
    {
      kind: 'failed',
      number: 12,
      title: 'Deploy job hangs',
      why: '2 reports since the fix of 20 Nov; the limit is 0.',
    },
  ],
  relabels: [{ key: 'D-9', field: 'severity', from: 'S2', to: 'S3', by: 'Ben', at: NOW, why: 'there is a way around' }],
  unowned: { total: 2, top: [{ number: 44, title: 'Partial refund shows as full', harm: 9.6, quietHalvings: 0 }] },
  harms: [
    { key: 'D-4', harm: 40 },
    { key: 'D-12', harm: 20 },
    { key: 'D-44', harm: 4 },
    { key: 'D-17', harm: 2 },
  ],
  open: { count: 4, harm: 66 },
  health: {
    triage: { held: true, late: false, items: 10, decided: 8, carriedOver: 2 },
    reminders: { sent: 9, acted: 6 },
    missed: [{ ritual: 'triage', dueAt: new Date('2026-11-23T09:00:00Z'), why: 'not running' }],
  },
  escapes: [{ escape: 'no_test', count: 6 }],
  fixes: [{ kind: 'code', claimed: 12, cameBack: 2 }],
  ledger: comparisons,
  outlook: {
    forecast: 'At this pace you will not get under 20 open within a year.',
    survival: '15 of 17 fixes still hold. About 85 % last 30 days (51 to 96 %).',
    drifts: ['D-7 is S3 but does as much harm as a typical S2. Raise it?'],
  },
  nextTriageAt: new Date('2026-11-30T09:00:00Z'),
  tranche: { number: 1, endsAt: new Date('2026-12-28T09:00:00Z'), committed: 22, proven: 4 },
};
const digest = assembleDigest(week);
const first = assembleDigest({ ...week, verdicts: null });
const nothing: Burndown = assembleBurndown({ toDo: 3, claimed: 1 }, { toDo: 3, claimed: 1 }, []);
const quiet = assembleDigest({
  ...week,
  thisWeek: nothing,
  lastWeek: nothing,
  week: { reports: 0, tickets: 0 },
  relabels: [],
  reliability: undefined,
});

export const DIGESTS: Subject = {
  heading: 'The digest',
  messages: [
    spoken(digestPost, { when: 'Fridays at 15:00', to: 'channel' }, [
      [digest, setting],
      [first, setting],
      [quiet, setting],
      [digest, { ...setting, late: true, hasSample: true }],
    ]),
    ...digestThread(digest, setting).map(({ name, message }) => ({
      by: digestThread,
      given: [[digest, setting]],
      topic: name,
      when: 'with the digest, where there is something to say',
      to: 'thread of the digest',
      forms: [message],
    })),
    spoken(digestPreview, { when: '`/defect digest`', to: 'oneself' }, [[digest, setting]]),
    spoken(chartsMessage, { when: '`/defect charts`', to: 'oneself' }, [
      [
        [],
        {
          program: { name: '#eng-stability', nameFollowsChannel: true, channelId: 'C0STABILITY' },
          todayOn: '2026-11-27',
          ledger: someLedger,
        },
      ],
    ]),
  ],
};
