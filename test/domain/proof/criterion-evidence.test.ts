import { expect, test } from 'vitest';
import {
  type CriterionFacts,
  type EvidenceContext,
  evidenceRow,
} from '../../../src/domain/proof/criterion-evidence.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';

const deployedAt = new Date('2026-11-04T09:00:00Z');
const afterFix = (days: number) => new Date(deployedAt.getTime() + days * DAY_MS);

const context: EvidenceContext = {
  fix: { deployedAt, environments: null },
  now: afterFix(10),
  timeZone: 'Europe/Berlin',
  counting: 0,
  tolerated: 0,
  failed: false,
};

const errorRate = {
  ...({ kind: 'metric', metric: 'error_ratio' } as const),
  ...{ areaId: 1, area: 'billing', bound: 0.005, forDays: 7 },
};
/** The last value is that of the first day given, the day before `until` days after the fix. */
const daily = (values: (number | null | undefined)[], until = 10): CriterionFacts => ({
  criterion: errorRate,
  days: values.map((value, i) => ({ startsAt: afterFix(until - i - 1), endsAt: afterFix(until - i), value })),
});

test('the report limit says the count, the date and the limit', () => {
  const facts: CriterionFacts = { criterion: { kind: 'max_reports', limit: 0 } };
  expect(evidenceRow(facts, context)).toMatchObject({
    state: 'met',
    sentence: '0 reports since the fix of 4 Nov; the limit is 0.',
  });
  expect(evidenceRow(facts, { ...context, counting: 3, failed: true })).toMatchObject({
    state: 'broken',
    sentence: '3 reports since the fix of 4 Nov; the limit is 0.',
  });
  expect(evidenceRow(facts, { ...context, counting: 2, tolerated: 1 }).state).toBe('open');
});

test('a metric is met by seven days under the bound, all after the fix', () => {
  expect(evidenceRow(daily([0.001, 0.002, 0.004, 0.001, 0.001, 0.002, 0.003]), context)).toMatchObject({
    state: 'met',
    sentence: 'Error rate of billing stayed under 0.5 % for 7 days, at worst 0.4 %.',
  });
});

test('a metric on its bound, with too few days, or with old or no data stays open', () => {
  const good = [0.001, 0.002, 0.004, 0.001, 0.001, 0.002, 0.003];
  expect(evidenceRow(daily([0.001, 0.001, 0.005, 0.001, 0.001, 0.001, 0.001]), context)).toMatchObject({
    state: 'open',
    sentence: 'Error rate of billing under 0.5 % for 2 of 7 days, at worst 0.5 %.',
  });
  expect(evidenceRow(daily(good.slice(0, 6)), context).state).toBe('open');
  expect(evidenceRow(daily([...good, 0.9], 6), context).state).toBe('open');
  expect(evidenceRow(daily([null, null, null, ...good]), context)).toMatchObject({
    state: 'open',
    sentence: 'Error rate of billing under 0.5 % for 0 of 7 days; no data since 11 Nov, so it cannot be met yet.',
  });
  for (const none of [daily([]), daily([null, null]), { criterion: errorRate }]) {
    expect(evidenceRow(none, context)).toMatchObject({
      state: 'open',
      sentence: 'Error rate of billing: no data since the fix, so it cannot be met yet.',
    });
  }
});

test('days on which nobody used the area are no evidence, and break none', () => {
  const used = [0.001, undefined, 0.002, 0.001, undefined, 0.001, 0.001, 0.003, 0.001];
  expect(evidenceRow(daily(used), context).state).toBe('met');
  expect(evidenceRow(daily(used.slice(0, 8)), context).state).toBe('open');
});

test('only the named second person counts, and only after the deployment', () => {
  const criterion = { kind: 'second_person', userId: 'U7' } as const;
  const confirmed = (confirmedBy: string, days: number) =>
    evidenceRow({ criterion, confirmedBy, confirmedAt: afterFix(days) }, context);
  expect(confirmed('U7', 2)).toMatchObject({ state: 'met', sentence: 'The second person confirmed it on 6 Nov.' });
  expect(confirmed('U8', 2).state).toBe('open');
  expect(confirmed('U7', -1).state).toBe('open');
  expect(confirmed('U7', 11).state).toBe('open');
  expect(evidenceRow({ criterion }, context).state).toBe('open');
});

test('a link is met once it is there', () => {
  const criterion = { kind: 'link', what: 'the regression test' } as const;
  expect(evidenceRow({ criterion, link: '  ' }, context)).toMatchObject({
    state: 'open',
    sentence: 'The link to the regression test is missing.',
  });
  expect(evidenceRow({ criterion, link: 'https://ci.example/42' }, context)).toMatchObject({
    state: 'met',
    sentence: 'The link to the regression test is there: https://ci.example/42',
  });
});
