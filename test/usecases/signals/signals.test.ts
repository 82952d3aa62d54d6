import { asc, sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { listEvents } from '../../../src/db/defects/events.ts';
import { defects, reports } from '../../../src/db/schema/defects.ts';
import { signalOccurrences } from '../../../src/db/schema/signals.ts';
import { findReleasesAt } from '../../../src/db/signals/releases.ts';
import { heatLevel } from '../../../src/domain/defects/rank.ts';
import { makeLog } from '../../../src/log.ts';
import { createBackpressure } from '../../../src/signals/backpressure.ts';
import { startSignalWorker } from '../../../src/signals/signal-worker.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { saveRule } from '../../../src/usecases/grouping/change-rules.ts';
import { mergeDefects } from '../../../src/usecases/grouping/merge-defects.ts';
import { undoGrouping } from '../../../src/usecases/grouping/undo-grouping.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { fileReport } from '../../../src/usecases/reports/file-report.ts';
import { aReport, DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import {
  ALERT,
  alertGroup,
  CLOUD_INCIDENT,
  FIVETRAN_FAILURE,
  GITHUB_RELEASE,
  PAGERDUTY_INCIDENT,
  SENTRY_ISSUE,
  STRIPE_EVENT,
} from '../../signals/payloads.ts';
import { type SignalWorld, startSignalWorld } from '../../signals/signal-world.ts';

describe.each(databases)('signals on $name', (database) => {
  let world: SignalWorld;
  afterEach(() => world.close());

  const start = async (kind: Parameters<SignalWorld['source']>[0]) => {
    world = await startSignalWorld(database);
    await world.source(kind);
    const deliver = async (body: unknown, headers: Record<string, string> = {}) => {
      expect((await world.send(kind, body, { headers })).status).toBe(200);
      await world.work();
      return (await world.deliveries()).at(-1);
    };
    return { deliver, defects: () => world.db.select().from(defects), reports: () => world.db.select().from(reports) };
  };

  it('an alert that goes on firing is one occurrence, and one that fires again another', async () => {
    const { deliver, reports: filed } = await start('alertmanager');
    await deliver(alertGroup([ALERT]));
    // Repeated four hours later, in a group that another alert has joined.
    world.setNow(later(MONDAY, 4 * HOUR_MS));
    const other = {
      ...ALERT,
      labels: { alertname: 'DiskFull' },
      annotations: {},
      fingerprint: 'ffff',
      startsAt: '2026-11-23T12:59:00Z',
    };
    expect(await deliver(alertGroup([ALERT, other]))).toMatchObject({
      became: 'filed',
      outcome: 'Known already: HighErrorRate: 7 % of payments fail (checkout). Filed D-2 DiskFull.',
    });
    expect(await filed()).toHaveLength(2);
    // Over, and on again with a new start.
    world.setNow(later(MONDAY, 5 * HOUR_MS));
    const over = { ...ALERT, status: 'resolved', endsAt: '2026-11-23T13:40:00Z', generatorURL: '' };
    expect(await deliver(alertGroup([over], { status: 'resolved' }))).toMatchObject({ became: 'resolved' });
    world.setNow(later(MONDAY, 6 * HOUR_MS));
    const again = { ...ALERT, startsAt: '2026-11-23T14:50:00Z' };
    expect(await deliver(alertGroup([again]))).toMatchObject({ became: 'joined', outcome: 'Joined D-1 as report 2.' });
    const [defect] = await world.db.select().from(defects).orderBy(asc(defects.number));
    const events = await listEvents(world.db, defect?.id ?? 0);
    expect(events.map(({ why }) => why)).toContain('Our alertmanager says that it is over, after 5 hours.');
    expect(defect).toMatchObject({ reportCount: 2, reporterCount: 1 });
  });

  it.each([
    ['joins the defect of a rule before that of its fingerprint', false, 'Joined D-2 as report 2.'],
    ['stays with its own defect where a person has told it from that of the rule', true, 'Joined D-1 as report 2.'],
  ])('an alert %s', async (_, isToldApart, outcome) => {
    const { deliver } = await start('alertmanager');
    const { db, program } = world;
    const doing = { by: 'UANA', now: MONDAY };
    await deliver(alertGroup([ALERT]));
    await fileReport(db, program, aReport(program, { title: 'Payments fail' }));
    if (isToldApart) {
      await mergeDefects(db, program, 1, 2, doing);
      await undoGrouping(db, program, 1, doing);
    }
    await saveRule(db, program, 2, { words: 'HighErrorRate', areaId: null, movesPast: false }, doing);
    world.setNow(later(MONDAY, 6 * HOUR_MS));
    expect(await deliver(alertGroup([{ ...ALERT, startsAt: '2026-11-23T14:50:00Z' }]))).toMatchObject({ outcome });
  });

  it('a burst is one report with a count, its accounts and the worst severity, and heat that adds up', async () => {
    const { deliver, defects: known, reports: filed } = await start('stripe');
    for (let i = 0; i < 12; i += 1) {
      const event = structuredClone(STRIPE_EVENT);
      event.id = `evt_${i}`;
      event.created = STRIPE_EVENT.created + i * 20;
      event.data.object.id = `in_${i}`;
      event.data.object.customer = `cus_${i % 4}`;
      await deliver(event);
    }
    expect(await filed()).toMatchObject([{ occurrences: 12, affected: 4, severity: 'S3' }]);
    const [defect] = await known();
    expect(defect).toMatchObject({ reportCount: 1, affectedTotal: 4, severity: 'S3' });
    expect(defect?.heatLevel).toBeCloseTo(heatLevel(await filed(), 28), 9);
    expect(defect?.lastSeenAt).toEqual(new Date((STRIPE_EVENT.created + 11 * 20) * 1000));
    expect(await world.db.select().from(signalOccurrences)).toHaveLength(12);
    expect((await world.deliveries()).at(-1)).toMatchObject({
      became: 'burst',
      outcome: 'Counted into a report of D-1, which stands for 12 occurrences.',
    });
  });

  it('what comes an hour later, or after a fix was deployed, is a report of its own', async () => {
    const { deliver, defects: known, reports: filed } = await start('sentry');
    const alert = (id: string, at: string) => ({
      action: 'triggered',
      data: {
        event: { event_id: id, issue_id: '7', title: 'Timeout', timestamp: Date.parse(at) / 1000, level: 'error' },
      },
    });
    const headers = { 'sentry-hook-resource': 'event_alert' };
    await deliver(alert('a', '2026-11-23T08:00:00Z'), headers);
    await deliver(alert('b', '2026-11-23T08:05:00Z'), headers);
    expect(await filed()).toMatchObject([{ occurrences: 2 }]);
    await deliver(alert('c', '2026-11-23T08:55:00Z'), headers);
    const doing = { by: 'UANA', now: MONDAY };
    const acceptance = {
      ownerId: 'UANA',
      dueOn: '2026-12-31',
      criteria: [{ kind: 'max_reports' as const, limit: 0 }],
      escape: 'no_test' as const,
    };
    await acceptDefect(world.db, world.program, 1, acceptance, doing);
    const claim = { keepingNote: 'A test', fixKind: 'code' as const, deployedAt: MONDAY, environments: [] };
    await claimFix(world.db, world.program, 1, claim, doing);
    world.setNow(later(MONDAY, HOUR_MS));
    await deliver(alert('d', '2026-11-23T09:02:00Z'), headers);
    expect(await filed()).toHaveLength(3);
    expect(await known()).toMatchObject([{ state: 'accepted', failedFixes: 1 }]);
  });

  it('an occurrence of a merged defect counts for the one it went into', async () => {
    const { deliver, defects: known } = await start('pagerduty');
    await deliver(PAGERDUTY_INCIDENT);
    const other = structuredClone(PAGERDUTY_INCIDENT);
    Object.assign(other.event, { id: 'second' });
    Object.assign(other.event.data, { id: 'P2', title: 'Payments time out' });
    await deliver(other);
    await mergeDefects(world.db, world.program, 2, 1, { by: 'UANA', now: MONDAY });
    world.setNow(later(MONDAY, DAY_MS));
    const third = structuredClone(other);
    Object.assign(third.event, { id: 'third', occurred_at: '2026-11-24T08:00:00.000Z' });
    Object.assign(third.event.data, { id: 'P3' });
    expect(await deliver(third)).toMatchObject({ outcome: 'Joined D-1 as report 3.' });
    expect((await known()).map(({ reportCount }) => reportCount).sort()).toEqual([0, 3]);
  });

  it.each([
    [
      'cloud_monitoring',
      CLOUD_INCIDENT,
      { ...CLOUD_INCIDENT, incident: { ...CLOUD_INCIDENT.incident, state: 'CLOSED', ended_at: 1795423800 } },
    ],
    ['stripe', STRIPE_EVENT, { ...STRIPE_EVENT, id: 'evt_paid', type: 'invoice.paid' }],
    ['fivetran', FIVETRAN_FAILURE, { ...FIVETRAN_FAILURE, sync_id: 'next', data: { status: 'SUCCESSFUL' } }],
    ['sentry', SENTRY_ISSUE, { ...SENTRY_ISSUE, action: 'resolved' }],
    [
      'pagerduty',
      PAGERDUTY_INCIDENT,
      { event: { ...PAGERDUTY_INCIDENT.event, id: 'over', event_type: 'incident.resolved' } },
    ],
  ] as const)('%s ends what it began, once', async (kind, begins, ends) => {
    const { deliver } = await start(kind);
    await deliver(begins);
    expect(await deliver(ends, { 'request-id': 'end' })).toMatchObject({
      became: 'resolved',
      outcome: kind === 'fivetran' ? 'Ended 1 occurrence. Counted 1 run.' : 'Ended 1 occurrence.',
    });
    expect(await world.db.select().from(signalOccurrences)).toMatchObject([{ resolvedAt: expect.any(Date) }]);
  });

  it('an end that comes without its beginning is nothing', async () => {
    const { deliver, reports: filed } = await start('stripe');
    expect(await deliver({ ...STRIPE_EVENT, id: 'evt_early', type: 'invoice.paid' })).toMatchObject({
      became: 'ignored',
    });
    expect(await filed()).toEqual([]);
    expect(await deliver(STRIPE_EVENT)).toMatchObject({ became: 'filed' });
  });

  it.each([
    [
      'cloud_monitoring',
      CLOUD_INCIDENT,
      { ...CLOUD_INCIDENT, incident: { ...CLOUD_INCIDENT.incident, state: 'CLOSED', ended_at: 1795423800 } },
    ],
    [
      'pagerduty',
      PAGERDUTY_INCIDENT,
      { event: { ...PAGERDUTY_INCIDENT.event, id: 'over', event_type: 'incident.resolved' } },
    ],
  ] as const)('%s whose end comes first is over from the start, in one batch or two', async (kind, begins, ends) => {
    for (const isOneBatch of [true, false]) {
      const { deliver } = await start(kind);
      if (isOneBatch) expect((await world.send(kind, ends)).status).toBe(200);
      else expect(await deliver(ends)).toMatchObject({ became: 'ignored' });
      expect(await deliver(begins)).toMatchObject({ became: 'filed' });
      expect(await world.db.select().from(signalOccurrences)).toMatchObject([{ resolvedAt: expect.any(Date) }]);
      const [defect] = await world.db.select().from(defects);
      const why = (await listEvents(world.db, defect?.id ?? 0)).map((event) => event.why);
      expect(why.join()).toContain('says that it is over, after');
      if (isOneBatch) await world.close();
    }
  });

  it('an end says nothing of what begins after it', async () => {
    const { deliver } = await start('fivetran');
    const success = { ...FIVETRAN_FAILURE, sync_id: 'fine', data: { status: 'SUCCESSFUL' } };
    await deliver(success);
    const at = new Date(Date.parse(FIVETRAN_FAILURE.created) + 60_000);
    world.setNow(later(at, HOUR_MS));
    await deliver({ ...FIVETRAN_FAILURE, created: at.toISOString() });
    expect(await world.db.select().from(signalOccurrences)).toMatchObject([{ resolvedAt: null }]);
  });

  it('a release is a marker that instants are placed between', async () => {
    const { deliver } = await start('github');
    const headers = { 'x-github-event': 'release' };
    expect(await deliver(GITHUB_RELEASE, headers)).toMatchObject({
      became: 'released',
      outcome: 'Marked release v1.4.2.',
    });
    expect(await deliver({ ...GITHUB_RELEASE, again: true }, headers)).toMatchObject({ became: 'repeated' });
    expect(await deliver({ ...GITHUB_RELEASE, action: 'edited' }, headers)).toMatchObject({ became: 'ignored' });
    const before = { at: new Date('2026-11-21T00:00:00Z'), environments: null };
    const monday = { at: MONDAY, environments: ['production'] };
    expect(await findReleasesAt(world.db, world.program.id, [before, null, monday])).toEqual([
      null,
      null,
      { version: 'v1.4.2', link: 'https://github.com/acme/checkout/releases/tag/v1.4.2' },
    ]);
  });

  it('a pre-release is none to users, until it becomes a release', async () => {
    const { deliver } = await start('github');
    const headers = { 'x-github-event': 'release' };
    const release = { ...GITHUB_RELEASE.release, prerelease: true };
    await deliver({ ...GITHUB_RELEASE, release }, headers);
    const at = { at: later(MONDAY, HOUR_MS), environments: null };
    expect(await findReleasesAt(world.db, world.program.id, [at])).toEqual([null]);
    const promoted = { ...GITHUB_RELEASE, action: 'released' };
    expect(await deliver(promoted, headers)).toMatchObject({ became: 'released' });
    const [found] = await findReleasesAt(world.db, world.program.id, [at]);
    expect(found?.version).toBe('v1.4.2');
    const justBefore = { at: later(MONDAY, -HOUR_MS), environments: null };
    expect(await findReleasesAt(world.db, world.program.id, [justBefore])).toEqual([null]);
  });

  it('several replicas at work at once take each delivery once', async () => {
    const { reports: filed } = await start('stripe');
    for (let i = 0; i < 20; i += 1) {
      const event = structuredClone(STRIPE_EVENT);
      event.id = `evt_${i}`;
      event.data.object.id = `in_${i}`;
      expect((await world.send('stripe', event)).status).toBe(200);
    }
    const { db } = world;
    const log = makeLog('silent');
    const clock = { now: () => MONDAY, onChange: () => () => {} };
    const workers = [1, 2, 3].map(() =>
      startSignalWorker({ db, clock, log, load: createBackpressure(), sendSoon: () => {} }),
    );
    await Promise.all(workers.map((worker) => worker.wake()));
    await world.work();
    expect(await filed()).toMatchObject([{ occurrences: 20, affected: 1 }]);
    expect((await world.deliveries()).map(({ attempts, state }) => `${attempts} ${state}`)).toEqual(
      Array.from({ length: 20 }, () => '1 done'),
    );
    for (const worker of workers) await worker.stop();
  });

  it('a delivery that cannot be worked on writes nothing half and holds nothing up', async () => {
    const { deliver } = await start('alertmanager');
    // The second alert of the group breaks in the database, after the first was filed.
    await world.db.execute(sql`alter table reports add constraint no_trap check (title not like '%trap%')`);
    const trap = { ...ALERT, labels: { alertname: 'trap' }, annotations: {}, fingerprint: 'trap' };
    const failed = await deliver(alertGroup([ALERT, trap]));
    expect(failed).toMatchObject({ state: 'failed', attempts: 5, became: null });
    expect(await world.db.select().from(defects)).toEqual([]);
    expect(await world.db.select().from(signalOccurrences)).toEqual([]);
    expect(await deliver(alertGroup([ALERT]))).toMatchObject({ became: 'filed' });
    expect(world.log()).toContain('a delivery could not be worked on');
    expect(world.log()).not.toContain('7 % of payments fail');
    await world.db.execute(sql`alter table reports drop constraint no_trap`);
  });
});
