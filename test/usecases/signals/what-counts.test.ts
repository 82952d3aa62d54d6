import { afterEach, describe, expect, it } from 'vitest';
import { listWholeAudit } from '../../../src/db/programs/audit.ts';
import { listAreas } from '../../../src/db/programs/programs.ts';
import { defects, reports } from '../../../src/db/schema/defects.ts';
import { signalOccurrences } from '../../../src/db/schema/signals.ts';
import { acceptDefect } from '../../../src/usecases/defects/accept-defect.ts';
import { changeArea } from '../../../src/usecases/programs/areas/change-area.ts';
import { claimFix } from '../../../src/usecases/proof/claim-fix.ts';
import { changeSourceRules } from '../../../src/usecases/signals/change-signal-source.ts';
import { readLeftOut, readSignalSource } from '../../../src/usecases/signals/read-signal-sources.ts';
import { DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { ALERT, alertGroup, GITHUB_ISSUE, STRIPE_EVENT } from '../../signals/payloads.ts';
import { type SignalWorld, startSignalWorld } from '../../signals/signal-world.ts';

const NO_RULES = { labels: '', without: '', events: '', environments: 'all', areas: '' };
const doing = { by: 'UANA', now: MONDAY };

describe.each(databases)('what of a source counts on $name', (database) => {
  let world: SignalWorld;
  afterEach(() => world.close());

  const start = async (kind: Parameters<SignalWorld['source']>[0]) => {
    world = await startSignalWorld(database);
    const source = await world.source(kind);
    let deliveries = 0;
    const deliver = async (body: unknown, headers: Record<string, string> = {}) => {
      deliveries += 1;
      const own = { 'x-github-delivery': `${deliveries}`, 'x-github-event': 'issues', ...headers };
      expect((await world.send(kind, body, { headers: own })).status).toBe(200);
      await world.work();
    };
    return { source, deliver, known: () => world.db.select().from(defects).orderBy(defects.number) };
  };

  const wish = (n: number, labels: string[]) => ({
    ...GITHUB_ISSUE,
    issue: { ...GITHUB_ISSUE.issue, node_id: `I_${n}`, title: `Wish ${n}`, labels: labels.map((name) => ({ name })) },
  });

  it('is counted by event and reason for a week, and all of it can be read', async () => {
    const { source, deliver } = await start('github');
    const why = 'It has none of the labels bug, defect, regression, incident, outage, crash.';
    await deliver(wish(1, []));
    await deliver(wish(1, ['question']));
    world.setNow(later(MONDAY, 3 * DAY_MS));
    await deliver(wish(1, []));
    for (let n = 2; n <= 12; n += 1) await deliver(wish(n, []));
    const read = (now: Date) => readLeftOut(world.db, world.program, source.id, now);
    const { all, hasMore } = await read(later(MONDAY, 4 * DAY_MS));
    expect(all).toHaveLength(12);
    expect(hasMore).toBe(false);
    expect(all).toContainEqual({ event: 'issues:opened: Wish 1', why, count: 3, lastAt: later(MONDAY, 3 * DAY_MS) });
    const shown = await readSignalSource(world.db, world.program, source.id, later(MONDAY, 4 * DAY_MS));
    expect(shown.leftOut).toHaveLength(10);
    expect(shown.hasMoreLeftOut).toBe(true);
    const eightDays = await read(later(MONDAY, 8 * DAY_MS));
    expect(eightDays.all).toContainEqual(expect.objectContaining({ event: 'issues:opened: Wish 1', count: 1 }));
    expect((await read(later(MONDAY, 11 * DAY_MS))).all).toEqual([]);
  });

  it('is what its lead has said, from the next delivery on, and stands in the audit log', async () => {
    const { source, deliver, known } = await start('github');
    await deliver(wish(1, []));
    const rules = { ...NO_RULES, without: 'wontfix', areas: 'kind/payment = billing' };
    await changeSourceRules(world.db, world.program, source.id, rules, doing);
    await changeSourceRules(world.db, world.program, source.id, rules, doing);
    await deliver(wish(2, ['kind/payment']));
    await deliver(wish(3, ['wontfix']));
    const areas = await listAreas(world.db, world.program.id);
    const billing = areas.find(({ name }) => name === 'billing')?.id;
    expect(billing).not.toBe(source.areaId);
    expect(await known()).toMatchObject([{ title: 'Wish 2', areaId: billing }]);
    const audit = (await listWholeAudit(world.db, world.program.id)).filter(({ kind }) => kind === 'source_changed');
    expect(audit).toMatchObject([{ subject: source.name, after: 'not labelled wontfix; kind/payment is billing' }]);
    await expect(
      changeSourceRules(world.db, world.program, source.id, { ...NO_RULES, areas: 'x = nowhere' }, doing),
    ).rejects.toThrow('There is no area “nowhere”.');
  });

  it('follows an area that is renamed', async () => {
    const { source, deliver, known } = await start('github');
    await changeSourceRules(world.db, world.program, source.id, { ...NO_RULES, areas: 'pay = billing' }, doing);
    const [area] = (await listAreas(world.db, world.program.id)).filter(({ name }) => name === 'billing');
    await changeArea(world.db, world.program, area?.id ?? 0, { name: 'payments', labels: '' }, doing);
    await deliver(wish(1, ['pay']));
    expect(await known()).toMatchObject([{ areaId: area?.id }]);
  });

  it('of Stripe is one occurrence an attempt, in whatever order its events come', async () => {
    const { deliver, known } = await start('stripe');
    const object = { ...STRIPE_EVENT.data.object, amount_due: 4_900, currency: 'eur' };
    const event = (id: string, type: string, createdAfter: number, of: object) => ({
      ...STRIPE_EVENT,
      id,
      type,
      created: STRIPE_EVENT.created - 7_200 + createdAfter,
      data: { object: of },
    });
    const charge = (id: string, over: object = {}) => ({
      id,
      object: 'charge',
      amount: 4_900,
      currency: 'eur',
      invoice: object.id,
      payment_intent: 'pi_1',
      ...over,
    });
    // Neither names a customer; the third does, and says so of the occurrence.
    await deliver(
      event('e2', 'payment_intent.payment_failed', 0, { id: 'pi_1', last_payment_error: { charge: 'ch_1' } }),
    );
    await deliver(event('e1', 'charge.failed', 1, charge('ch_1', { failure_message: 'It was declined.' })));
    await deliver(event('e3', 'invoice.payment_failed', 2, object));
    await deliver(event('e4', 'charge.failed', 5_400, charge('ch_2', { customer: object.customer })));
    expect(await known()).toMatchObject([{ reportCount: 2 }]);
    const occurrences = await world.db.select().from(signalOccurrences).orderBy(signalOccurrences.startedAt);
    expect(occurrences.map(({ account }) => account)).toEqual([object.customer, object.customer]);
    const [first] = await world.db.select().from(reports).orderBy(reports.seenAt);
    expect(first?.facts).toContainEqual({ label: 'Said', value: 'It was declined.' });
  });

  it('fails the fix of an S3 defect by its second occurrence, and not by one that is told again', async () => {
    const { deliver, known } = await start('alertmanager');
    const slow = { alertname: 'SlowQueries', severity: 'warning', service: 'ledger' };
    const firing = (startsAt: Date) => alertGroup([{ ...ALERT, labels: slow, startsAt: startsAt.toISOString() }]);
    await deliver(firing(later(MONDAY, -HOUR_MS)));
    const acceptance = {
      ownerId: 'UANA',
      dueOn: '2026-12-31',
      criteria: [{ kind: 'max_reports' as const, limit: 0 }],
      escape: 'no_test' as const,
    };
    await acceptDefect(world.db, world.program, 1, acceptance, doing);
    const claim = { keepingNote: 'A test', fixKind: 'code' as const, deployedAt: MONDAY, environments: [] };
    await claimFix(world.db, world.program, 1, claim, doing);
    world.setNow(later(MONDAY, 2 * HOUR_MS));
    await deliver(firing(later(MONDAY, HOUR_MS)));
    await deliver({ ...firing(later(MONDAY, HOUR_MS)), groupKey: 'told again' });
    expect(await known()).toMatchObject([{ severity: 'S3', state: 'claimed', failedFixes: 0 }]);
    await deliver(firing(later(MONDAY, HOUR_MS + 4 * 60_000)));
    expect(await known()).toMatchObject([{ state: 'accepted', failedFixes: 1 }]);
  });
});
