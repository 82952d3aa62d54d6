import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAreaMetrics } from '../../src/db/area-metrics.ts';
import type { Db, OpenDatabase } from '../../src/db/client.ts';
import { listReports } from '../../src/db/reports.ts';
import { areaMetrics, firingCounts, metricReadings } from '../../src/db/schema/reliability.ts';
import { signalOccurrences } from '../../src/db/schema/signals.ts';
import { insertSignalSource } from '../../src/db/signal-sources.ts';
import { weekBounds } from '../../src/domain/week-bounds.ts';
import { gatherReliability } from '../../src/usecases/gather-reliability.ts';
import { listBudgetShares } from '../../src/usecases/list-budget-shares.ts';
import { listMetricDays, metricHeldSince } from '../../src/usecases/metric-held-since.ts';
import { readMetrics } from '../../src/usecases/read-metrics.ts';
import { setAreaMetrics } from '../../src/usecases/set-area-metrics.ts';
import { tryMetrics } from '../../src/usecases/try-metrics.ts';
import { aDefect, DAY_MS, HOUR_MS, later } from '../builders.ts';
import { databases } from '../databases.ts';
import type { ProgramInTest } from './fix-world.ts';
import { aProgramWithDigest, aSteadyService } from './metrics-world.ts';

/** Wednesday 11:00 in Berlin, and the Friday of the digest. */
const WEDNESDAY = new Date('2026-11-18T10:00:00Z');
const FRIDAY = new Date('2026-11-20T14:00:00Z');
const SETUP = {
  ...{ target: '99.8', periodDays: '7', thresholdSeconds: '0.5', how: 'http_code', labels: 'service="billing"' },
  ...{ bad: '', total: '', uptime: '', latency: '' },
};

describe.each(databases)('metrics asked for $name', (database) => {
  /** What the database has no part in is shown on one of them. */
  const itOnce = database === databases[0] ? it : (_title: string, _test: () => Promise<void>) => {};
  let opened: OpenDatabase;
  let db: Db;
  let program: ProgramInTest;
  let areaId: number;
  beforeAll(async () => {
    opened = await database.open();
    db = opened.db;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await db.delete(metricReadings);
    await db.delete(firingCounts);
    await db.delete(areaMetrics);
    program = await aProgramWithDigest(db);
    areaId = program.areaIds[1] ?? 0;
  });

  const set = (over: Partial<typeof SETUP> = {}, now = WEDNESDAY) =>
    setAreaMetrics(db, program, areaId, { ...SETUP, ...over }, { by: 'ULEAD', now });
  const readAll = async (ask: Parameters<typeof readMetrics>[1], now: Date) => {
    for (let passes = 0; await readMetrics(db, ask, now); passes += 1) expect(passes).toBeLessThan(50);
  };
  const gather = async (now: Date) => (await gatherReliability(db, program, weekBounds(program, now)))[0];
  const stateOf = async () => (await listAreaMetrics(db, program.id)).find((one) => one.areaId === areaId)?.metrics;

  it('fill twelve weeks and a quarter of days, and are not asked again until something is due', async () => {
    await set();
    const { world, ask } = aSteadyService();
    await readAll(ask, WEDNESDAY);
    const rows = await db.select().from(metricReadings);
    expect(rows.filter(({ span }) => span === 'week')).toHaveLength(11);
    expect(rows.filter(({ span }) => span === 'day')).toHaveLength(91);
    const asked = world.asked.length;
    await readAll(ask, later(WEDNESDAY, 60_000));
    expect(world.asked.length).toBe(asked);
    expect(await gather(WEDNESDAY)).toMatchObject({
      objective: { target: 0.998, periodDays: 7, thresholdSeconds: 0.5 },
      period: { bad: 155, total: 155_000 },
      trouble: null,
    });
    const last = (await gather(WEDNESDAY))?.weeks.at(-1);
    expect(last).toMatchObject({
      endsAt: later(FRIDAY, -7 * DAY_MS),
      reading: {
        uptime: 1,
        requests: { bad: 168, total: 168_000 },
        p99: { above: 0.25, upTo: 0.5 },
        slow: { bad: 1680, total: 168_000 },
      },
    });
  });

  it('by several replicas at once are the same rows, each asked for by one of them', async () => {
    await set();
    const [one, other] = [aSteadyService(), aSteadyService()];
    await Promise.all([readAll(one.ask, WEDNESDAY), readAll(other.ask, WEDNESDAY)]);
    await readAll(other.ask, WEDNESDAY);
    const counted = new Map<string, number>();
    for (const { span, endsAt } of await db.select().from(metricReadings)) {
      const key = `${span} ${endsAt.getTime()}`;
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    expect(counted.size).toBe(11 + 91);
    const alone = aSteadyService();
    await set({ target: '99' }, later(WEDNESDAY, 1));
    await set({ labels: 'service="other"' }, later(WEDNESDAY, 2));
    await readAll(alone.ask, WEDNESDAY);
    expect(one.world.asked.length + other.world.asked.length).toBeLessThanOrEqual(alone.world.asked.length * 1.1);
  });

  itOnce('are read shortly before the digest, at its instant and when the last samples are in', async () => {
    await set();
    const { world, ask } = aSteadyService();
    const requests = async () => (await gather(FRIDAY))?.weeks.at(-1)?.reading?.requests?.total;
    await readAll(ask, WEDNESDAY);
    for (const hours of [12, 24, 36, 51]) await readAll(ask, later(WEDNESDAY, hours * HOUR_MS));
    expect(await requests()).toBeUndefined();
    await readAll(ask, later(FRIDAY, -6 * 60_000));
    expect(await requests()).toBe(167_900);
    await readAll(ask, FRIDAY);
    expect(await requests()).toBe(168_000);
    world.from = later(FRIDAY, -7 * DAY_MS);
    await readAll(ask, later(FRIDAY, 10 * 60_000));
    const asked = world.asked.length;
    await readAll(ask, later(FRIDAY, 11 * 60_000));
    expect(world.asked.length).toBe(asked);
  });

  itOnce('that cannot be had are a sentence with its beginning, kept until they are back', async () => {
    await set();
    const { world, ask } = aSteadyService();
    await readAll(ask, WEDNESDAY);
    world.trouble = { kind: 'broken', status: 503 };
    const noon = later(WEDNESDAY, 2 * HOUR_MS);
    await readAll(ask, noon);
    expect(await stateOf()).toMatchObject({ trouble: { kind: 'broken' }, troubledSince: WEDNESDAY });
    world.trouble = { kind: 'unreachable' };
    const asked = world.asked.length;
    await readAll(ask, later(noon, 60_000));
    expect(world.asked.length).toBe(asked);
    await readAll(ask, later(FRIDAY, -60_000));
    await readAll(ask, later(FRIDAY, 5 * 60_000));
    expect(await gather(FRIDAY)).toMatchObject({
      trouble: 'No data from Prometheus since Wed 11:00: it cannot be reached.',
    });
    expect((await gather(FRIDAY))?.weeks.at(-1)?.reading).toBeNull();
    expect((await gather(FRIDAY))?.weeks.at(-2)?.reading).not.toBeNull();
    world.trouble = null;
    await readAll(ask, later(FRIDAY, HOUR_MS));
    expect(await stateOf()).toMatchObject({ trouble: null, troubledSince: null });
    expect((await gather(FRIDAY))?.weeks.at(-1)?.reading).not.toBeNull();
  });

  itOnce(
    'that stop while Prometheus goes on are told of from their last sample, and half a week is no week',
    async () => {
      await set();
      const { world, ask } = aSteadyService();
      await readAll(ask, WEDNESDAY);
      world.until = new Date('2026-11-18T13:01:00Z');
      await readAll(ask, later(FRIDAY, -60_000));
      await readAll(ask, FRIDAY);
      expect(await gather(FRIDAY)).toMatchObject({ trouble: 'No data from Prometheus since Wed 14:00.' });
      expect((await gather(FRIDAY))?.weeks.at(-1)?.reading).toBeNull();
      // What comes in late is taken in.
      world.until = new Date('2100-01-01T00:00:00Z');
      await readAll(ask, later(FRIDAY, 3 * HOUR_MS));
      expect((await gather(FRIDAY))?.weeks.at(-1)?.reading?.requests).toEqual({ bad: 168, total: 168_000 });
    },
  );

  itOnce('that began lately leave the weeks before unknown, and are not asked for them for ever', async () => {
    await set();
    const { world, ask } = aSteadyService();
    world.from = later(FRIDAY, -14 * DAY_MS);
    await readAll(ask, WEDNESDAY);
    const weeks = (await gather(WEDNESDAY))?.weeks ?? [];
    expect(weeks.map(({ reading }) => reading !== null)).toEqual([...Array(11).fill(false), true]);
    const asked = world.asked.length;
    await readAll(ask, later(WEDNESDAY, HOUR_MS));
    expect(world.asked.length - asked).toBeLessThan(20);
  });

  itOnce('that are not understood say so until the question is another one', async () => {
    await set({ how: 'own', total: 'sum(increase(x[$span]))', bad: 'sum(increase(y[$span])' });
    const { world, ask } = aSteadyService();
    world.answers['y['] = { trouble: { kind: 'bad_query', words: 'parse error: unclosed left parenthesis' } };
    await readAll(ask, WEDNESDAY);
    await readAll(ask, later(WEDNESDAY, 10 * 60_000));
    expect((await gather(WEDNESDAY))?.trouble).toBe(
      'No data from Prometheus: it cannot work out what is asked (parse error: unclosed left parenthesis).',
    );
    const good = { how: 'own', total: 'sum(increase(x[$span]))', bad: 'sum(increase(y5..[$span]))' };
    world.answers = {};
    await set(good, later(WEDNESDAY, HOUR_MS));
    await readAll(ask, later(WEDNESDAY, HOUR_MS));
    expect(await gather(WEDNESDAY)).toMatchObject({ trouble: null });
    expect((await gather(WEDNESDAY))?.weeks.at(-1)?.reading).toMatchObject({ uptime: null, p99: null });
  });

  it('keep their weeks under another threshold or objective, and none under another question', async () => {
    await set();
    const { ask } = aSteadyService();
    await readAll(ask, WEDNESDAY);
    const slow = async () => (await gather(WEDNESDAY))?.weeks.at(-1)?.reading?.slow?.bad;
    await set({ target: '99.5' });
    expect(await slow()).toBe(1680);
    await set({ thresholdSeconds: '0.3' });
    expect(await slow()).toBeUndefined();
    expect((await gather(WEDNESDAY))?.weeks.at(-1)?.reading?.requests?.total).toBe(168_000);
    await readAll(ask, WEDNESDAY);
    expect(await slow()).toBe(16_800);
    await set({ labels: 'service="checkout"' });
    expect(await db.select().from(metricReadings)).toEqual([]);
    await set({ how: 'none', target: '' });
    expect(await db.select().from(areaMetrics).where(eq(areaMetrics.areaId, areaId))).toEqual([]);
  });

  itOnce('that were answered to a question which was changed meanwhile are not kept', async () => {
    await set();
    const { ask } = aSteadyService();
    let isChanged = false;
    const slowly: typeof ask = {
      ...ask,
      query: async (...asked) => {
        if (!isChanged) {
          isChanged = true;
          await set({ labels: 'service="checkout"' }, later(WEDNESDAY, 1));
        }
        return ask.query(...asked);
      },
    };
    await readMetrics(db, slowly, WEDNESDAY);
    expect(await db.select().from(metricReadings)).toEqual([]);
    await readAll(ask, later(WEDNESDAY, 1));
    expect(await gather(WEDNESDAY)).toMatchObject({ trouble: null });
  });

  itOnce('can be tried, which says what the week was like or why nobody knows, and keeps nothing', async () => {
    const { world, ask } = aSteadyService();
    const doing = { by: 'ULEAD', now: WEDNESDAY };
    const attempt = (over = {}, asker: typeof ask | null = ask) =>
      tryMetrics(db, program, asker ?? undefined, { ...SETUP, ...over }, doing);
    expect(await attempt({ thresholdSeconds: '0.3' })).toEqual([
      'In the last seven days:',
      'Up 100 % of the time.',
      '168 of 168,000 requests failed, 0.1 %.',
      'The 99th percentile is 0.25 to 0.5 s.',
      '10 % take longer than 0.25 s, which is the bound of a bucket.',
    ]);
    expect(await attempt({ how: 'none' })).toEqual(['Nobody is asked, so there is nothing to try.']);
    expect(await attempt({}, null)).toEqual(['PROMETHEUS_URL is not set, so there is nobody to ask.']);
    world.until = new Date('2026-11-16T08:00:00Z');
    expect(await attempt()).toEqual(['Prometheus has data for only 70 % of the time that was asked for.']);
    world.until = new Date(0);
    expect(await attempt()).toEqual(['No data from Prometheus: it has nothing that fits what is asked.']);
    world.until = new Date('2100-01-01T00:00:00Z');
    for (const [values, words] of [
      [[Number.NaN], 'Nothing is known of requests.'],
      [[1, 2], 'the question gives 2 series where one is wanted; sum() makes them one.'],
      [[Number.POSITIVE_INFINITY], 'the question gives an infinite number.'],
      [[-1], 'the question gives a number below zero.'],
      [[200_000], 'the question gives more failed requests than requests.'],
    ] as const) {
      const points = (value: number) => ({ labels: {}, points: [{ at: WEDNESDAY, value }] });
      world.answers =
        values.length === 1 && Number.isNaN(values[0])
          ? { 'sum(increase(http_requests_total{service="billing"}': { ok: values.map(points) } }
          : { '5..': { ok: values.map(points) } };
      expect((await attempt()).join(' ')).toContain(words);
    }
    await expect(tryMetrics(db, program, ask, SETUP, { by: 'USOMEBODY', now: WEDNESDAY })).rejects.toThrow('lead');
    expect(await db.select().from(metricReadings)).toEqual([]);
  });

  itOnce('hold a bound for days, as far as whole days were read', async () => {
    await set();
    const { ask } = aSteadyService();
    await readAll(ask, WEDNESDAY);
    const span = { since: later(WEDNESDAY, -8.5 * DAY_MS), now: WEDNESDAY };
    const held = (bound: number, days: number) =>
      metricHeldSince(db, program, { areaId, metric: 'error_ratio', bound, days }, span);
    expect(await held(0.005, 7)).toMatchObject({ held: true, goodDays: 8, worst: 0.001 });
    expect(await held(0.005, 9)).toMatchObject({ held: false });
    expect(await held(0.001, 1)).toMatchObject({ held: false, goodDays: 0 });
    expect(await listMetricDays(db, program, { areaId, metric: 'p99_seconds' }, span)).toHaveLength(8);
  });

  it('tell what share of a quarter’s budget each defect burnt while it fired, in equal parts where two did', async () => {
    await set();
    const source = await insertSignalSource(db, {
      ...{ programId: program.id, kind: 'alertmanager', name: 'Alerts', areaId, severity: 'S3', mapping: null },
      ...{ secrets: [], token: `token ${program.id}`, createdBy: 'ULEAD', createdAt: WEDNESDAY },
    });
    const fire = async (title: string, from: string, to: string | null) => {
      const defect = await aDefect(db, program, {
        title,
        areaId,
        source: 'signal',
        sourceKey: `${source.id}:${title}`,
      });
      const [report] = await listReports(db, defect.id);
      await db.insert(signalOccurrences).values({
        ...{ sourceId: source.id, key: title, reportId: report?.id ?? 0 },
        startedAt: new Date(`2026-11-17T${from}:00Z`),
        resolvedAt: to === null ? null : new Date(`2026-11-17T${to}:00Z`),
      });
      return defect;
    };
    const one = await fire('Card form is empty', '08:00', '12:00');
    const other = await fire('Refund fails', '10:00', '14:00');
    const { world, ask } = aSteadyService();
    world.bad = 300;
    await readAll(ask, WEDNESDAY);
    const shares = await listBudgetShares(db, program, WEDNESDAY);
    // 2160 hours of 1,000 requests allow 0.2 % of them to fail.
    expect(shares).toMatchObject([
      { defectId: one.id, number: one.number, area: 'billing' },
      { defectId: other.id, area: 'billing' },
    ]);
    for (const { badEvents, share } of shares) {
      expect(badEvents).toBeCloseTo(900, 6);
      expect(share).toBeCloseTo(900 / 4320, 6);
    }
    // An alert that is told of later cuts the time anew, and what was stored of it is asked again.
    await fire('Invoices are late', '13:00', '15:00');
    await readAll(ask, later(WEDNESDAY, HOUR_MS));
    expect(
      (await listBudgetShares(db, program, later(WEDNESDAY, HOUR_MS))).map((share) => Math.round(share.badEvents)),
    ).toEqual([900, 750, 450]);
    expect(await db.select().from(firingCounts)).toHaveLength(5);
  });
});
