import { describe, expect, test } from 'vitest';
import { type Claim, evaluateProof, planProof } from '../../../src/domain/proof/proof.ts';
import type { GuardedReport } from '../../../src/domain/proof/regression-guard.ts';
import { DAY_MS } from '../../../src/domain/time/durations.ts';

const deployedAt = new Date('2026-11-04T09:00:00Z');
const afterFix = (days: number) => new Date(deployedAt.getTime() + days * DAY_MS);

function aReport(days: number, overrides: Partial<GuardedReport> = {}): GuardedReport {
  return { seenAt: afterFix(days), environment: null, reporterId: 'U1', affected: 0, vendor: null, ...overrides };
}

/** Seen every fourth day for twelve weeks before the fix. */
const steady = Array.from({ length: 21 }, (_, i) => aReport(-84.5 + 4 * i));

function aClaim(overrides: Partial<Claim> = {}): Claim {
  return {
    severity: 'S2',
    fix: { deployedAt, environments: null },
    failedFixes: 0,
    reports: steady,
    criteria: [],
    ...overrides,
  };
}

const judge = (claim: Claim, days: number) => evaluateProof(claim, afterFix(days), 'UTC');
const windowDays = planProof(aClaim()).window.days;

test('while the window runs it is proving, with the day, the end and how sure it is', () => {
  const proof = judge(aClaim(), 5);
  expect(windowDays).toBe(8);
  expect(proof.outcome).toBe('proving');
  expect(proof.progress).toBe('proving 5/8 d, 85 % sure');
  expect(proof.sentence).toBe(
    'No report since the fix of 4 Nov: day 5 of 8, until 12 Nov, 85 % sure that it holds, as long as people go on reporting it.',
  );
});

test('when the window is over and silent it is proven', () => {
  expect(judge(aClaim(), windowDays - 0.01).outcome).toBe('proving');
  const proof = judge(aClaim(), windowDays);
  expect(proof.outcome).toBe('proven');
  expect(proof.certainty).toBeGreaterThanOrEqual(0.95);
  expect(proof.sentence).toBe(
    'No report in the 8 days since the fix of 4 Nov; before it, it was seen on 20 of 84 days. Unfixed, it would be so quiet in under 5 % of cases, as long as people go on reporting it.',
  );
  expect(proof.evidence.map(({ state }) => state)).toEqual(['met']);
});

test('a report within the window fails the fix, with its numbers and dates', () => {
  const reports = [...steady, aReport(2), aReport(3, { reporterId: 'U2' }), aReport(4)];
  const proof = judge(aClaim({ reports }), 5);
  expect(proof.outcome).toBe('failed');
  expect(proof.sentence).toBe('3 reports from 2 reporters since the fix of 4 Nov; the limit is 0.');
  expect(proof.evidence[0]?.state).toBe('broken');
  expect(proof.certainty).toBe(0);
});

test('a fix that has ended a part is an outcome of its own, neither failed nor proven', () => {
  const often = Array.from({ length: 37 }, (_, i) => aReport(-108 + 3 * i));
  const at = (days: number) => judge(aClaim({ reports: [...often, aReport(days)] }), days);
  expect(at(1)).toMatchObject({
    outcome: 'failed',
    sentence: '1 report from 1 reporter since the fix of 4 Nov; the limit is 0.',
  });
  const less = at(24);
  expect(less).toMatchObject({ outcome: 'reduced', certainty: 0 });
  expect(less.sentence).toMatch(
    /^Seen less, not gone: from 2\.3 reports a week to 0\.3, \d+ to 99 % less often\. 1 report from 1 reporter since/,
  );
});

test('what goes on being proven either holds or fails: a rest that became rarer still is no second outcome', () => {
  const often = Array.from({ length: 37 }, (_, i) => aReport(-108 + 3 * i));
  const resumed = { deployedAt, resumedAt: afterFix(24), claimedAt: afterFix(24), environments: null };
  const reports = [...often, aReport(20), aReport(23), aReport(80)];
  expect(judge(aClaim({ fix: resumed, reports }), 79).guard.counting).toEqual([]);
  expect(judge(aClaim({ fix: resumed, reports }), 80)).toMatchObject({ outcome: 'failed', reduction: null });
});

test('accounts are named where they say more than reporters', () => {
  const proof = judge(aClaim({ reports: [...steady, aReport(2, { affected: 4 })] }), 5);
  expect(proof.sentence).toBe('1 report from 4 accounts since the fix of 4 Nov; the limit is 0.');
});

describe('what does not count', () => {
  test('a vendor’s incident and another environment stay visible and do not fail the fix', () => {
    const fix = { deployedAt, environments: ['production'] };
    const others = [aReport(2, { vendor: 'Stripe' }), aReport(3, { environment: 'staging' })];
    const proof = judge(aClaim({ fix, reports: [...steady, ...others] }), 5);
    expect(proof.outcome).toBe('proving');
    expect(proof.guard.others).toHaveLength(2);
    expect(proof.sentence).toMatch(/^No report \(and 2 that do not count\) since/);
  });

  test('reports that could not count against the fix do not shorten its window either', () => {
    const vendor = Array.from({ length: 40 }, (_, i) => aReport(-i - 0.5, { vendor: 'Stripe' }));
    expect(planProof(aClaim({ reports: [...steady, ...vendor] })).window.days).toBe(windowDays);
  });

  test('a single report of an S3 is tail, and the window is longer for tolerating it', () => {
    const claim = aClaim({ severity: 'S3', reports: [...steady, aReport(2)] });
    const plan = planProof(claim);
    expect(plan.tolerated).toBe(1);
    expect(plan.window.days).toBeGreaterThan(windowDays);
    expect(judge(claim, 5).outcome).toBe('proving');
    expect(judge(claim, plan.window.days).outcome).toBe('proven');
  });

  test('many reports of one S3 reporter neither fail nor prove the fix', () => {
    const claim = aClaim({ severity: 'S3', reports: [...steady, aReport(2), aReport(4), aReport(6)] });
    const proof = judge(claim, 40);
    expect(proof.outcome).toBe('stalled');
    expect(proof.sentence).toContain('3 reports since the fix of 4 Nov; the limit is 0.');
  });

  test('reports that nobody had seen yet', () => {
    const claim = aClaim({ reports: [...steady, aReport(8)] });
    expect(judge(claim, 7).outcome).toBe('proving');
    expect(judge(claim, 8).outcome).toBe('failed');
  });
});

describe('other criteria', () => {
  const secondPerson = { kind: 'second_person', userId: 'U9' } as const;

  test('an open one stalls the proof when the window is over', () => {
    const claim = aClaim({ criteria: [{ criterion: secondPerson }] });
    expect(judge(claim, 5).outcome).toBe('proving');
    const proof = judge(claim, 14);
    expect(proof.outcome).toBe('stalled');
    expect(proof.sentence).toBe(
      'The 8 days since the fix of 4 Nov are over, but it is not proven. The second person has not confirmed yet.',
    );
    const confirmed = aClaim({ criteria: [{ criterion: secondPerson, confirmedBy: 'U9', confirmedAt: afterFix(11) }] });
    expect(judge(confirmed, 14).outcome).toBe('proven');
  });

  test('a limit above 0 lengthens the window and lets that many pass', () => {
    const claim = aClaim({
      criteria: [{ criterion: { kind: 'max_reports', limit: 2 } }],
      reports: [...steady, aReport(1), aReport(2)],
    });
    const { window } = planProof(claim);
    expect(window.days).toBeGreaterThan(windowDays);
    expect(judge(claim, window.days).outcome).toBe('proven');
    expect(judge({ ...claim, reports: [...claim.reports, aReport(3)] }, 4).outcome).toBe('failed');
  });

  test('a rare defect is told that silence cannot prove it, at once', () => {
    const proof = judge(aClaim({ reports: [aReport(-70), aReport(-30), aReport(-20)] }), 1);
    expect(proof.outcome).toBe('stalled');
    expect(proof.progress).toBe('proving 1/60 d, silence cannot prove this');
    expect(proof.sentence).toMatch(
      /^Silence cannot prove this fix: it was seen on 2 of 70 days before, so about \d+ quiet days/,
    );
  });

  test('a link alone does not replace silence, a second person does after 60 days', () => {
    const reports = [aReport(-70), aReport(-30), aReport(-20)];
    const link = { criterion: { kind: 'link', what: 'the test' } as const, link: 'https://ci.example/1' };
    expect(judge(aClaim({ reports, criteria: [link] }), 61).outcome).toBe('stalled');
    const person = { criterion: secondPerson, confirmedBy: 'U9', confirmedAt: afterFix(3) };
    expect(judge(aClaim({ reports, criteria: [person] }), 59).outcome).toBe('proving');
    expect(judge(aClaim({ reports, criteria: [person] }), 60).outcome).toBe('proven');
  });
});

describe('when silence counts', () => {
  test('a fix dated back by hand is proven by the silence since its claim, not since its date', () => {
    const fix = { deployedAt, claimedAt: afterFix(20), environments: null };
    const proof = judge(aClaim({ fix }), 21);
    expect(proof.outcome).toBe('proving');
    expect(proof.elapsedDays).toBe(1);
    expect(proof.sentence).toMatch(/^No report since the fix of 4 Nov was claimed on 24 Nov: day 1 of /);
    expect(judge(aClaim({ fix, reports: [...steady, aReport(4)] }), 21).outcome).toBe('failed');
    expect(judge(aClaim({ fix: { ...fix, witness: 'v2.1' } }), 21).outcome).toBe('proven');
  });

  test('while a fix goes out little by little a report neither fails nor proves it', () => {
    const fix = { deployedAt, reachedAllAt: afterFix(7), claimedAt: afterFix(0), environments: null };
    const claim = aClaim({ fix, reports: [...steady, aReport(3), aReport(5)] });
    const during = judge(claim, 6);
    expect(during.outcome).toBe('proving');
    expect(during.elapsedDays).toBe(0);
    expect(during.guard.others).toHaveLength(2);
    expect(during.sentence).toBe('The fix goes out until 11 Nov; what is seen before neither fails nor proves it.');
    expect(judge(claim, 7 + windowDays - 0.1).outcome).toBe('proving');
    const proven = judge(claim, 7 + windowDays);
    expect(proven.outcome).toBe('proven');
    expect(proven.sentence).toContain(`in the ${windowDays} days since the fix of 4 Nov had reached all on 11 Nov;`);
    expect(judge({ ...claim, reports: [...claim.reports, aReport(8)] }, 9).outcome).toBe('failed');
  });

  test('the assumption that people go on reporting is not named where a machine reports', () => {
    const byMachine = steady.map((report) => ({ ...report, starts: 1 }));
    expect(judge(aClaim({ reports: byMachine }), windowDays).sentence).toMatch(/under 5 % of cases\.$/);
  });

  test('each occurrence that a machine saw is a witness, so that it can fail the fix of an S3 alone', () => {
    const alerts = (starts: number) => [...steady, aReport(2, { reporterId: 'alertmanager', starts })];
    expect(judge(aClaim({ severity: 'S3', reports: alerts(1) }), 3).outcome).toBe('proving');
    const failed = judge(aClaim({ severity: 'S3', reports: alerts(2) }), 3);
    expect(failed.outcome).toBe('failed');
    expect(failed.sentence).toMatch(/^1 report of 2 occurrences from 1 reporter since the fix of 4 Nov/);
  });
});

test('a defect never seen before its fix has no rate to be silent against', () => {
  const proof = judge(aClaim({ reports: [] }), 10);
  expect(proof.outcome).toBe('stalled');
  expect(proof.sentence).toContain('no earlier rate of the defect is known');
});

test('a defect with a quarter of a million reports is judged like any other', () => {
  const flood = Array.from({ length: 250_000 }, (_, i) => aReport(-80 + i / 3125));
  expect(judge(aClaim({ reports: flood }), 5)).toMatchObject({ outcome: 'proven', prior: { hitDays: 80, days: 80 } });
  expect(judge(aClaim({ reports: flood, fix: { deployedAt: afterFix(-60), environments: null } }), 3).outcome).toBe(
    'failed',
  );
});

test('a third fix waits twice as long', () => {
  expect(planProof(aClaim({ failedFixes: 2 })).window.days).toBe(2 * windowDays);
});

test('a fix that is still to be deployed proves nothing yet', () => {
  const proof = judge(aClaim(), -1);
  expect(proof).toMatchObject({ outcome: 'proving', elapsedDays: 0, certainty: 0 });
  expect(proof.sentence).toBe('The fix is to be deployed on 4 Nov; proving starts then.');
});

test('dates are those of the program’s time zone', () => {
  const late = { deployedAt: new Date('2026-11-04T23:30:00Z'), environments: null };
  const proof = evaluateProof(aClaim({ fix: late }), afterFix(3), 'Asia/Tokyo');
  expect(proof.sentence).toContain('the fix of 5 Nov');
});

describe('where a sender tells how often it ran', () => {
  const midnight = new Date('2026-11-04T00:00:00Z');
  const machine = steady.map((report) => ({ ...report, starts: 1 }));
  /** Ten runs a day before the day of the fix, and so many on each day from then on. */
  const ran = (since: (day: number) => number, days: number) => [
    {
      share: 1,
      days: Array.from({ length: 100 + days }, (_, i) => ({
        startsAt: new Date(midnight.getTime() + (i - 100) * DAY_MS),
        ran: i < 100 ? 10 : since(i - 100),
      })),
    },
  ];
  const judged = (since: (day: number) => number, days: number, over: Partial<Claim> = {}) =>
    judge(aClaim({ reports: machine, paths: ran(since, days + 1), ...over }), days);

  test('a fix that goes on being exercised is proven as soon as by days, and its runs are said', () => {
    expect(judged(() => 10, 5).sentence).toBe(
      'No report in 50 runs since the fix of 4 Nov: day 5 of 8, until 12 Nov, 88 % sure that it holds.',
    );
    const proof = judged(() => 10, 8);
    expect(proof.outcome).toBe('proven');
    expect(proof.sentence).toBe(
      'No report in 80 runs in the 8 days since the fix of 4 Nov; before it, it was seen on 20 of 84 days. Unfixed, it would be so quiet in under 5 % of cases.',
    );
  });

  test('however often it runs in two days, silence of two days does not prove it', () => {
    expect(judged(() => 400, 2)).toMatchObject({
      outcome: 'proving',
      progress: 'proving 2/8 d, 58 % sure, 800 runs since',
    });
    expect(judged(() => 400, 2).certainty).toBe(judge(aClaim({ reports: machine }), 2).certainty);
  });

  test('days in which it runs half as often count half, and it is said until when that may last', () => {
    const proof = judged(() => 5, 8);
    expect(proof).toMatchObject({ outcome: 'proving', progress: 'proving 4/8 d, 84 % sure, 40 runs since' });
    expect(proof.sentence).toBe(
      'No report in 40 runs since the fix of 4 Nov: day 4 of 8, since it ran only as in 4 usual days of the 8, until 16 Nov if it runs as usual, 84 % sure that it holds.',
    );
    expect(judged(() => 5, 17).outcome).toBe('proven');
  });

  test('silence while nothing runs proves nothing, and after 60 days another criterion is asked for', () => {
    expect(judged(() => 0, 30)).toMatchObject({
      outcome: 'proving',
      progress: 'proving 0/8 d, 0 % sure, no run since',
    });
    const proof = judged(() => 0, 60);
    expect(proof.outcome).toBe('stalled');
    expect(proof.sentence).toBe(
      'Silence cannot prove this fix: it ran 0 times in the 60 days since the fix of 4 Nov, as in 0 usual days, and 8 would be needed. Add another criterion: a metric bound or a second person.',
    );
    const person: Claim['criteria'] = [
      { criterion: { kind: 'second_person', userId: 'U9' }, confirmedBy: 'U9', confirmedAt: afterFix(1) },
    ];
    const other = judged(() => 0, 60, { criteria: person });
    expect(other.outcome).toBe('proven');
    expect(other.sentence).toContain('Silence alone would not have proven it.');
  });

  test('half as many failures of half as many runs are not seen less', () => {
    const often = Array.from({ length: 60 }, (_, i) => aReport(-89.5 + 1.5 * i, { starts: 1 }));
    const rarer = Array.from({ length: 8 }, (_, i) => aReport(6 + 7 * i, { starts: 1 }));
    const reports = [...often, ...rarer];
    const claim = { criteria: [], reports };
    expect(judge(aClaim(claim), 60).outcome).toBe('reduced');
    expect(judged(() => 2, 60, claim).outcome).toBe('failed');
  });
});
