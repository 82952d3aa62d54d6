import { expect, test } from 'vitest';
import { type CriterionFacts, type EvidenceContext, evidenceRow } from '../../src/domain/criterion-evidence.ts';

const DAY_MS = 86_400_000;
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

const errorRate = { kind: 'metric', metric: 'error rate of billing', bound: 0.005, forDays: 7 } as const;
const daily = (values: number[], until = 10): CriterionFacts => ({
  criterion: errorRate,
  readings: values.map((value, i) => ({ at: afterFix(until - i), value })),
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
    sentence: 'error rate of billing stayed under the bound for 7 days: at worst 0.004, the bound is 0.005.',
  });
});

test('a metric on its bound, with too few days, or with old or no readings stays open', () => {
  const good = [0.001, 0.002, 0.004, 0.001, 0.001, 0.002, 0.003];
  expect(evidenceRow(daily([0.001, 0.001, 0.005, 0.001, 0.001, 0.001, 0.001]), context)).toMatchObject({
    state: 'open',
    sentence: 'error rate of billing under the bound for 2 of 7 days: at worst 0.005, the bound is 0.005.',
  });
  expect(evidenceRow(daily(good.slice(0, 6)), context).state).toBe('open');
  expect(evidenceRow(daily(good, 7), context).state).toBe('open');
  expect(evidenceRow(daily(good, 5), context).state).toBe('open');
  expect(evidenceRow(daily([]), context)).toMatchObject({
    state: 'open',
    sentence: 'error rate of billing: no reading since the fix.',
  });
  expect(evidenceRow(daily([Number.NaN, Number.NaN]), context).state).toBe('open');
});

test('seven readings within an hour are not seven days', () => {
  const readings = Array.from({ length: 7 }, (_, i) => ({ at: afterFix(10 - i / 200), value: 0.001 }));
  expect(evidenceRow({ criterion: errorRate, readings }, context).state).toBe('open');
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
