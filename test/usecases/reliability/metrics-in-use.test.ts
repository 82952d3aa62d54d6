import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { listReports } from '../../../src/db/reports/reports.ts';
import { firingCounts, metricReadings } from '../../../src/db/schema/reliability.ts';
import { signalOccurrences } from '../../../src/db/schema/signals.ts';
import { insertSignalSource } from '../../../src/db/signals/signal-sources.ts';
import { heldSince } from '../../../src/domain/reliability/metric-days.ts';
import { listMetricDays } from '../../../src/usecases/proof/list-metric-days.ts';
import { listBudgetShares } from '../../../src/usecases/reliability/list-budget-shares.ts';
import { tryMetrics } from '../../../src/usecases/reliability/try-metrics.ts';
import { aDefect, DAY_MS, HOUR_MS, later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aMeasuredArea, aSteadyService, type MeasuredArea, onceFor, SETUP, WEDNESDAY } from './metrics-world.ts';

describe.each(databases)('metrics asked for $name', (database) => {
  const itOnce = onceFor(database);
  let opened: OpenDatabase;
  let db: Db;
  let area: MeasuredArea;
  beforeAll(async () => {
    opened = await database.open();
    db = opened.db;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    area = await aMeasuredArea(db);
  });

  itOnce('can be tried, which says what the week was like or why nobody knows, and keeps nothing', async () => {
    const { program } = area;
    const { world, ask } = aSteadyService();
    const attempt = (over = {}, asker: typeof ask | null = ask) =>
      tryMetrics(program, asker ?? undefined, { ...SETUP, ...over }, WEDNESDAY);
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
    expect(await db.select().from(metricReadings)).toEqual([]);
  });

  itOnce('hold a bound for days, as far as whole days were read', async () => {
    const { areaId, program } = area;
    await area.set();
    const { ask } = aSteadyService();
    await area.readAll(ask, WEDNESDAY);
    const span = { since: later(WEDNESDAY, -8.5 * DAY_MS), now: WEDNESDAY };
    const read = await listMetricDays(db, program, { areaId, metric: 'error_ratio' }, span);
    const held = (bound: number, days: number) => heldSince(read, { bound, days }, span);
    expect(held(0.005, 7)).toMatchObject({ held: true, goodDays: 8, worst: 0.001 });
    expect(held(0.005, 9)).toMatchObject({ held: false });
    expect(held(0.001, 1)).toMatchObject({ held: false, goodDays: 0 });
    expect(await listMetricDays(db, program, { areaId, metric: 'p99_seconds' }, span)).toHaveLength(8);
  });

  it('tell what share of a quarter’s budget each defect burnt while it fired, in equal parts where two did', async () => {
    const { areaId, program } = area;
    await area.set();
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
    await area.readAll(ask, WEDNESDAY);
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
    await area.readAll(ask, later(WEDNESDAY, HOUR_MS));
    expect(
      (await listBudgetShares(db, program, later(WEDNESDAY, HOUR_MS))).map((share) => Math.round(share.badEvents)),
    ).toEqual([900, 750, 450]);
    expect(await db.select().from(firingCounts)).toHaveLength(5);
  });
});
