import { describe, expect, test } from 'vitest';
import {
  countsAgainstFix,
  distinctWitnesses,
  type GuardedReport,
  judgeFix,
  verdictOn,
} from '../../../src/domain/proof/regression-guard.ts';

const fix = { deployedAt: new Date('2026-11-04T09:00:00Z'), environments: ['production', 'eu-staging'] };

function aReport(overrides: Partial<GuardedReport> = {}): GuardedReport {
  return {
    seenAt: new Date('2026-11-05T09:00:00Z'),
    environment: 'production',
    reporterId: 'U1',
    affected: 0,
    vendor: null,
    ...overrides,
  };
}

describe('a report counts against a fix', () => {
  test('when it was seen after the deployment in an environment the fix reached', () => {
    expect(countsAgainstFix(aReport(), fix)).toBe(true);
    expect(countsAgainstFix(aReport({ environment: ' Production ' }), fix)).toBe(true);
    expect(countsAgainstFix(aReport({ environment: 'us-staging' }), fix)).toBe(false);
  });

  test('not when it was seen before the deployment, however late it was filed', () => {
    expect(countsAgainstFix(aReport({ seenAt: new Date('2026-11-04T08:59:59Z') }), fix)).toBe(false);
    expect(countsAgainstFix(aReport({ seenAt: fix.deployedAt }), fix)).toBe(false);
  });

  test('not when a vendor’s incident caused it', () => {
    expect(countsAgainstFix(aReport({ vendor: 'Stripe' }), fix)).toBe(false);
  });

  test('not when it was seen before proving went on anew: that a part was left is known by then', () => {
    const resumed = { ...fix, resumedAt: new Date('2026-11-20T09:00:00Z') };
    expect(countsAgainstFix(aReport(), resumed)).toBe(false);
    expect(verdictOn(aReport(), resumed)).toBe('known_rest');
    expect(countsAgainstFix(aReport({ seenAt: new Date('2026-11-21T09:00:00Z') }), resumed)).toBe(true);
  });

  test('when its environment is unknown, or the fix went everywhere', () => {
    expect(countsAgainstFix(aReport({ environment: null }), fix)).toBe(true);
    expect(countsAgainstFix(aReport({ environment: 'mars' }), { ...fix, environments: null })).toBe(true);
    expect(countsAgainstFix(aReport({ environment: 'mars' }), { ...fix, environments: [] })).toBe(true);
  });
});

describe('a fix has failed', () => {
  test('at the first report of an S1 or S2', () => {
    expect(judgeFix([aReport()], fix, 'S1').failed).toBe(true);
    expect(judgeFix([aReport()], fix, 'S2').failed).toBe(true);
  });

  test('for an S3 or S4 only at two reports from two reporters', () => {
    expect(judgeFix([aReport()], fix, 'S3').failed).toBe(false);
    expect(judgeFix([aReport(), aReport()], fix, 'S4').failed).toBe(false);
    expect(judgeFix([aReport(), aReport({ reporterId: 'U2' })], fix, 'S3').failed).toBe(true);
  });

  test('counts each separate start that a machine saw as a witness, in one report or several', () => {
    const seen = (starts: number) => aReport({ reporterId: 'Our alertmanager', starts });
    expect(judgeFix([seen(1)], fix, 'S3').failed).toBe(false);
    expect(judgeFix([seen(1), seen(1)], fix, 'S3').failed).toBe(true);
    expect(judgeFix([seen(2)], fix, 'S3').failed).toBe(true);
    expect(judgeFix([seen(1), aReport()], fix, 'S3').failed).toBe(true);
    expect(judgeFix([aReport(), aReport()], fix, 'S3').failed).toBe(false);
  });

  test('or from one reporter who names two accounts', () => {
    expect(judgeFix([aReport(), aReport({ affected: 2 })], fix, 'S3').failed).toBe(true);
  });

  test('only above the limit of its criterion', () => {
    const three = ['U1', 'U2', 'U3'].map((reporterId) => aReport({ reporterId }));
    expect(judgeFix(three, fix, 'S1', 3).failed).toBe(false);
    expect(judgeFix(three, fix, 'S1', 2).failed).toBe(true);
  });

  test('reports that do not count are kept apart, oldest first, and older ones are left out', () => {
    const elsewhere = aReport({ environment: 'mars' });
    const vendor = aReport({ vendor: 'Fivetran', seenAt: new Date('2026-11-04T10:00:00Z') });
    const old = aReport({ seenAt: new Date('2026-10-01T10:00:00Z') });
    const verdict = judgeFix([elsewhere, old, vendor], fix, 'S1');
    expect(verdict).toEqual({ failed: false, counting: [], others: [vendor, elsewhere], distinct: 0 });
  });
});

test('distinctness is the larger of reporters and of the accounts one report vouches for', () => {
  expect(distinctWitnesses([])).toBe(0);
  expect(distinctWitnesses([aReport({ affected: 5 }), aReport({ affected: 3 })])).toBe(5);
  expect(distinctWitnesses([aReport(), aReport({ reporterId: 'U2' })])).toBe(2);
});
