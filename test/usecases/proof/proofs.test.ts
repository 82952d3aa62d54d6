import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDefect } from '../../../src/db/defects/defects.ts';
import { listEvents } from '../../../src/db/defects/events.ts';
import type { OpenDatabase } from '../../../src/db/engine/client.ts';
import { listCriteria } from '../../../src/db/proof/criteria.ts';
import { upsertAreaMetrics } from '../../../src/db/reliability/area-metrics.ts';
import { upsertReading } from '../../../src/db/reliability/reliability.ts';
import { insertRelease } from '../../../src/db/signals/releases.ts';
import { recommitDefect } from '../../../src/usecases/defects/recommit-defect.ts';
import { confirmFix } from '../../../src/usecases/proof/confirm-fix.ts';
import { evaluateProofs } from '../../../src/usecases/proof/evaluate-proofs.ts';
import { findWitness } from '../../../src/usecases/proof/find-witness.ts';
import { sizeWindow } from '../../../src/usecases/proof/size-window.ts';
import { aDefect, aProgram, DAY_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { outgoing } from '../triage/triage-world.ts';
import { aClaimedFix, anOftenSeenDefect, seen } from './fix-world.ts';

describe.each(databases)('proof of fixes on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('sizes the window of a defect that came back every few days to a few days', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const claimed = await aClaimedFix(db, program, await anOftenSeenDefect(db, program));
    expect(claimed.windowDays).toBe(3);
    expect(claimed.windowEndsAt).toEqual(later(MONDAY, 3 * DAY_MS));
  });

  it('counts silence from the claim, or from a release that went out at the moment it names', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const deployedAt = later(MONDAY, -DAY_MS);
    const byWord = await aClaimedFix(db, program, await anOftenSeenDefect(db, program), { claim: { deployedAt } });
    expect(byWord).toMatchObject({ deploymentWitness: null });
    expect(byWord.windowEndsAt).toEqual(later(MONDAY, (byWord.windowDays ?? 0) * DAY_MS));
    const release = { programId: program.id, version: 'v2.1', environment: 'production', link: null };
    await insertRelease(db, { ...release, releasedAt: later(deployedAt, -60_000) });
    const witnessed = await aClaimedFix(db, program, await anOftenSeenDefect(db, program), { claim: { deployedAt } });
    expect(witnessed).toMatchObject({ deploymentWitness: 'v2.1', windowEndsAt: later(deployedAt, 3 * DAY_MS) });
  });

  it('takes no release as a witness that went out elsewhere, another day, or long before the claim', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOftenSeenDefect(db, program);
    const release = (version: string, environment: string, daysAgo: number) =>
      insertRelease(db, {
        ...{ programId: program.id, version, environment, link: null },
        releasedAt: later(MONDAY, -daysAgo * DAY_MS),
      });
    await release('v1', 'staging', 1);
    await release('v2', 'production', 2);
    await release('v3', 'production', 9);
    const witnessOf = (daysAgo: number, environments: string[] | null = null) =>
      findWitness(db, program.id, { deployedAt: later(MONDAY, -daysAgo * DAY_MS), environments }, MONDAY);
    expect(await witnessOf(1)).toBeNull();
    expect(await witnessOf(1, ['staging'])).toBe('v1');
    expect(await witnessOf(2)).toBe('v2');
    expect(await witnessOf(2, ['eu'])).toBeNull();
    expect(await witnessOf(9)).toBeNull();
    expect(defect.deploymentWitness).toBeNull();
  });

  it('lets a report pass that came while the fix was still going out, and fails it by one after that', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOftenSeenDefect(db, program);
    const claim = { reachedAllAt: later(MONDAY, 4 * DAY_MS) };
    const claimed = await aClaimedFix(db, program, defect, { claim });
    expect(claimed.windowEndsAt).toEqual(later(MONDAY, 7 * DAY_MS));
    expect(await seen(db, program, claimed, later(MONDAY, 2 * DAY_MS))).toMatchObject({ state: 'claimed' });
    expect(await seen(db, program, claimed, later(MONDAY, 5 * DAY_MS))).toMatchObject({ state: 'accepted' });
  });

  it('refuses a rollout that ends before it began, or in months', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const claimedUntil = async (days: number) =>
      aClaimedFix(db, program, await anOftenSeenDefect(db, program), {
        claim: { reachedAllAt: later(MONDAY, days * DAY_MS) },
      });
    await expect(claimedUntil(-1)).rejects.toThrow('It cannot be out to all before it is deployed. Check both days.');
    await expect(claimedUntil(90)).rejects.toThrow('A rollout may take 60 days from now at most.');
  });

  it('gives no window to a defect too rare for silence to prove its fix', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const claimed = await aClaimedFix(db, program, await aDefect(db, program));
    expect(claimed).toMatchObject({ state: 'claimed', windowDays: null, windowEndsAt: null });
  });

  it('proves a fix when the window was silent, with its numbers, and once', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOftenSeenDefect(db, program);
    await aClaimedFix(db, program, defect);
    const early = await evaluateProofs(db, program, { now: later(MONDAY, 2.9 * DAY_MS) });
    expect(early).toMatchObject({ proving: 1, proven: 0 });
    const now = later(MONDAY, 3 * DAY_MS);
    expect(await evaluateProofs(db, program, { now })).toMatchObject({ proven: 1 });
    expect(await evaluateProofs(db, program, { now })).toMatchObject({ proven: 0, proving: 0 });
    const last = (await listEvents(db, defect.id)).at(-1);
    expect(last).toMatchObject({ kind: 'proven', actorId: null, at: now });
    expect(last?.why).toMatch(
      /^No report in the 3 days since the fix of 23 Nov; before it, it was seen on \d+ of \d+ days/,
    );
    expect((await listCriteria(db, defect.id))[0]?.metAt).toEqual(now);
  });

  it('holds a fix to a bound on a metric: never without data, and proven once it held for its days', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const areaId = program.areaIds[1] ?? 0;
    const bound = { kind: 'metric', metric: 'error_ratio', areaId, area: 'billing', bound: 0.005, forDays: 4 } as const;
    const defect = await anOftenSeenDefect(db, program);
    const claimed = await aClaimedFix(db, program, defect, { criteria: [{ kind: 'max_reports', limit: 0 }, bound] });
    expect(claimed.windowDays).toBe(5);
    const evidence = async () => (await listCriteria(db, defect.id))[1]?.evidence;
    expect(await evaluateProofs(db, program, { now: later(MONDAY, 2 * DAY_MS) })).toMatchObject({ proving: 1 });
    expect(await evidence()).toBe('Error rate of billing: no data since the fix, so it cannot be met yet.');
    await upsertAreaMetrics(db, program.id, areaId, {
      ...{ target: null, periodDays: 28, thresholdSeconds: null, changedBy: 'UANA', changedAt: MONDAY },
      question: { kind: 'family', family: 'http' } as never,
    });
    const midnight = new Date('2026-11-23T23:00:00Z');
    const told = async (day: number, bad: number) =>
      upsertReading(db, {
        ...{
          areaId,
          span: 'day',
          uptime: null,
          p99Seconds: null,
          p99Above: null,
          p99UpTo: null,
          slow: null,
          slowOf: null,
        },
        startsAt: later(midnight, day * DAY_MS),
        endsAt: later(midnight, (day + 1) * DAY_MS),
        readAt: later(midnight, (day + 1) * DAY_MS),
        ...{ bad, total: 10_000 },
      });
    for (const [day, bad] of [12, 60, 7, 0].entries()) await told(day, bad);
    const early = await evaluateProofs(db, program, { now: later(midnight, 4.5 * DAY_MS) });
    expect(early).toMatchObject({ stalled: 1 });
    expect(await evidence()).toBe('Error rate of billing under 0.5 % for 2 of 4 days, at worst 0.6 %.');
    for (const [day, bad] of [
      [4, 3],
      [5, 49],
    ] as const)
      await told(day, bad);
    expect(await evaluateProofs(db, program, { now: later(midnight, 6.5 * DAY_MS) })).toMatchObject({ proven: 1 });
    expect(await evidence()).toBe('Error rate of billing stayed under 0.5 % for 4 days, at worst 0.49 %.');
    expect((await listCriteria(db, defect.id))[1]?.metAt).toEqual(later(midnight, 6.5 * DAY_MS));
  });

  it('fails a fix with the first report that counts against it, and tells the owner once', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOftenSeenDefect(db, program);
    await aClaimedFix(db, program, defect);
    const failed = await seen(db, program, defect, later(MONDAY, DAY_MS));
    expect(failed).toMatchObject({ state: 'accepted', failedFixes: 1, number: defect.number, windowEndsAt: null });
    await seen(db, program, defect, later(MONDAY, 1.1 * DAY_MS));
    const event = (await listEvents(db, defect.id)).find(({ kind }) => kind === 'failed');
    expect(event?.why).toBe('1 report from 3 accounts since the fix of 23 Nov; the limit is 0.');
    const told = (await outgoing(db, program)).filter(({ dedupeKey }) => dedupeKey.startsWith('comeback:'));
    expect(told).toMatchObject([{ channel: 'UANA' }]);
    expect(told[0]?.body.text).toBe(
      'The fix of D-1 did not hold. 1 report from 3 accounts since the fix of 23 Nov; the limit is 0.',
    );
  });

  it('keeps reports from before the fix, from elsewhere and of a vendor as tail', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOftenSeenDefect(db, program);
    await aClaimedFix(db, program, defect, { claim: { environments: ['production'] } });
    const at = later(MONDAY, DAY_MS);
    await seen(db, program, defect, later(MONDAY, -DAY_MS), { filedAt: at });
    await seen(db, program, defect, at, { environment: 'staging' });
    await seen(db, program, defect, at, { environment: 'production', vendor: 'Stripe' });
    expect(await findDefect(db, program.id, defect.id)).toMatchObject({ state: 'claimed', failedFixes: 0 });
    const counted = await seen(db, program, defect, at, { environment: 'Production' });
    expect(counted.state).toBe('accepted');
  });

  it('lets a proven defect regress when it comes back, under its own key', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOftenSeenDefect(db, program);
    await aClaimedFix(db, program, defect);
    await evaluateProofs(db, program, { now: later(MONDAY, 3 * DAY_MS) });
    const at = later(MONDAY, 30 * DAY_MS);
    const back = await seen(db, program, defect, at);
    expect(back).toMatchObject({ state: 'accepted', failedFixes: 0, regressedAt: at, number: defect.number });
    expect((await listEvents(db, defect.id)).map(({ kind }) => kind)).toContain('regressed');
  });

  it('doubles the window of the third fix, after two have failed', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOftenSeenDefect(db, program, { severity: 'S3' });
    await aClaimedFix(db, program, defect);
    const fail = async (days: number) => {
      await seen(db, program, defect, later(MONDAY, days * DAY_MS), { reporterId: 'UONE' });
      return seen(db, program, defect, later(MONDAY, days * DAY_MS), { reporterId: 'UTWO' });
    };
    const once = await fail(1);
    await aClaimedFix(db, program, once, { at: later(MONDAY, 1.1 * DAY_MS) });
    const twice = await fail(2);
    expect(twice.failedFixes).toBe(2);
    const claim = { rootCause: 'A lock taken twice', approverId: 'UBEN' };
    const at = later(MONDAY, 2.1 * DAY_MS);
    const undoubled = await sizeWindow(db, { ...twice, failedFixes: 0 }, { deployedAt: at, environments: null });
    const third = await aClaimedFix(db, program, twice, { at, claim });
    expect(third.windowDays).toBe(2 * (undoubled.days ?? 0));
  });

  it('waits for the second person, whom it asked, and for nobody else', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await anOftenSeenDefect(db, program);
    const criteria = [{ kind: 'second_person' as const, userId: 'UBEN' }];
    await aClaimedFix(db, program, defect, { criteria });
    const asked = (await outgoing(db, program)).find(({ channel }) => channel === 'UBEN');
    expect(asked?.body.text).toBe('D-1 is claimed as fixed, and you were named to confirm it.');
    const now = later(MONDAY, 3 * DAY_MS);
    expect(await evaluateProofs(db, program, { now })).toMatchObject({ stalled: 1 });
    await expect(confirmFix(db, program, 1, { by: 'UCEM', now })).rejects.toThrow('not the person who was asked');
    await confirmFix(db, program, 1, { by: 'UBEN', now });
    await confirmFix(db, program, 1, { by: 'UBEN', now: later(now, 1000) });
    expect((await listEvents(db, defect.id)).filter(({ kind }) => kind === 'confirmed')).toHaveLength(1);
    expect(await evaluateProofs(db, program, { now })).toMatchObject({ proven: 1 });
    await expect(confirmFix(db, program, 1, { by: 'UBEN', now })).rejects.toThrow('no claimed fix to confirm');
  });

  it('stalls where a link was asked for and none was given, and proves where it was', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const criteria = [{ kind: 'link' as const, what: 'the regression test' }];
    await aClaimedFix(db, program, await anOftenSeenDefect(db, program), { criteria });
    const keepingNote = 'Covered by https://ci.example.com/tests/42, nightly';
    await aClaimedFix(db, program, await anOftenSeenDefect(db, program), { criteria, claim: { keepingNote } });
    const now = later(MONDAY, 3 * DAY_MS);
    expect(await evaluateProofs(db, program, { now })).toMatchObject({ stalled: 1, proven: 1 });
  });

  it('gives a fix that silence cannot prove the longest window once a second person is to bear the proof', async () => {
    const { db } = database;
    const program = await aProgram(db);
    const defect = await aDefect(db, program);
    await aClaimedFix(db, program, defect);
    const promise = { ownerId: 'UANA', dueOn: '2026-12-31' };
    const criteria = [{ kind: 'second_person' as const, userId: 'UBEN' }];
    await recommitDefect(db, program, defect.number, { ...promise, criteria }, { by: 'UANA', now: MONDAY });
    expect(await evaluateProofs(db, program, { now: later(MONDAY, DAY_MS) })).toMatchObject({ proving: 1 });
    expect(await findDefect(db, program.id, defect.id)).toMatchObject({
      windowDays: null,
      windowEndsAt: later(MONDAY, 60 * DAY_MS),
    });
  });
});
