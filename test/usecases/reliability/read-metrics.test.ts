import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { areaMetrics, metricReadings } from '../../../src/db/schema/reliability.ts';
import { readMetrics } from '../../../src/usecases/reliability/read-metrics.ts';
import { DAY_MS, HOUR_MS, later } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { aMeasuredArea, aSteadyService, FRIDAY, type MeasuredArea, onceFor, WEDNESDAY } from './metrics-world.ts';

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

  it('fill twelve weeks and a quarter of days, and are not asked again until something is due', async () => {
    await area.set();
    const { world, ask } = aSteadyService();
    await area.readAll(ask, WEDNESDAY);
    const rows = await db.select().from(metricReadings);
    expect(rows.filter(({ span }) => span === 'week')).toHaveLength(11);
    expect(rows.filter(({ span }) => span === 'day')).toHaveLength(91);
    const asked = world.asked.length;
    await area.readAll(ask, later(WEDNESDAY, 60_000));
    expect(world.asked.length).toBe(asked);
    expect(await area.gather(WEDNESDAY)).toMatchObject({
      objective: { target: 0.998, periodDays: 7, thresholdSeconds: 0.5 },
      period: { bad: 155, total: 155_000 },
      trouble: null,
    });
    const last = (await area.gather(WEDNESDAY))?.weeks.at(-1);
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
    await area.set();
    const [one, other] = [aSteadyService(), aSteadyService()];
    await Promise.all([area.readAll(one.ask, WEDNESDAY), area.readAll(other.ask, WEDNESDAY)]);
    await area.readAll(other.ask, WEDNESDAY);
    const counted = new Map<string, number>();
    for (const { span, endsAt } of await db.select().from(metricReadings)) {
      const key = `${span} ${endsAt.getTime()}`;
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    expect(counted.size).toBe(11 + 91);
    const alone = aSteadyService();
    await area.set({ target: '99' }, later(WEDNESDAY, 1));
    await area.set({ labels: 'service="other"' }, later(WEDNESDAY, 2));
    await area.readAll(alone.ask, WEDNESDAY);
    expect(one.world.asked.length + other.world.asked.length).toBeLessThanOrEqual(alone.world.asked.length * 1.1);
  });

  itOnce('are read shortly before the digest, at its instant and when the last samples are in', async () => {
    await area.set();
    const { world, ask } = aSteadyService();
    const requests = async () => (await area.gather(FRIDAY))?.weeks.at(-1)?.reading?.requests?.total;
    await area.readAll(ask, WEDNESDAY);
    for (const hours of [12, 24, 36, 51]) await area.readAll(ask, later(WEDNESDAY, hours * HOUR_MS));
    expect(await requests()).toBeUndefined();
    await area.readAll(ask, later(FRIDAY, -6 * 60_000));
    expect(await requests()).toBe(167_900);
    await area.readAll(ask, FRIDAY);
    expect(await requests()).toBe(168_000);
    world.from = later(FRIDAY, -7 * DAY_MS);
    await area.readAll(ask, later(FRIDAY, 10 * 60_000));
    const asked = world.asked.length;
    await area.readAll(ask, later(FRIDAY, 11 * 60_000));
    expect(world.asked.length).toBe(asked);
  });

  itOnce('that cannot be had are a sentence with its beginning, kept until they are back', async () => {
    await area.set();
    const { world, ask } = aSteadyService();
    await area.readAll(ask, WEDNESDAY);
    world.trouble = { kind: 'broken', status: 503 };
    const noon = later(WEDNESDAY, 2 * HOUR_MS);
    await area.readAll(ask, noon);
    expect(await area.stateOf()).toMatchObject({ trouble: { kind: 'broken' }, troubledSince: WEDNESDAY });
    world.trouble = { kind: 'unreachable' };
    const asked = world.asked.length;
    await area.readAll(ask, later(noon, 60_000));
    expect(world.asked.length).toBe(asked);
    await area.readAll(ask, later(FRIDAY, -60_000));
    await area.readAll(ask, later(FRIDAY, 5 * 60_000));
    expect(await area.gather(FRIDAY)).toMatchObject({
      trouble: 'No data from Prometheus since Wed 11:00: it cannot be reached.',
    });
    expect((await area.gather(FRIDAY))?.weeks.at(-1)?.reading).toBeNull();
    expect((await area.gather(FRIDAY))?.weeks.at(-2)?.reading).not.toBeNull();
    world.trouble = null;
    await area.readAll(ask, later(FRIDAY, HOUR_MS));
    expect(await area.stateOf()).toMatchObject({ trouble: null, troubledSince: null });
    expect((await area.gather(FRIDAY))?.weeks.at(-1)?.reading).not.toBeNull();
  });

  itOnce(
    'that stop while Prometheus goes on are told of from their last sample, and half a week is no week',
    async () => {
      await area.set();
      const { world, ask } = aSteadyService();
      await area.readAll(ask, WEDNESDAY);
      world.until = new Date('2026-11-18T13:01:00Z');
      await area.readAll(ask, later(FRIDAY, -60_000));
      await area.readAll(ask, FRIDAY);
      expect(await area.gather(FRIDAY)).toMatchObject({ trouble: 'No data from Prometheus since Wed 14:00.' });
      expect((await area.gather(FRIDAY))?.weeks.at(-1)?.reading).toBeNull();
      // What comes in late is taken in.
      world.until = new Date('2100-01-01T00:00:00Z');
      await area.readAll(ask, later(FRIDAY, 3 * HOUR_MS));
      expect((await area.gather(FRIDAY))?.weeks.at(-1)?.reading?.requests).toEqual({ bad: 168, total: 168_000 });
    },
  );

  itOnce('that began lately leave the weeks before unknown, and are not asked for them for ever', async () => {
    await area.set();
    const { world, ask } = aSteadyService();
    world.from = later(FRIDAY, -14 * DAY_MS);
    await area.readAll(ask, WEDNESDAY);
    const weeks = (await area.gather(WEDNESDAY))?.weeks ?? [];
    expect(weeks.map(({ reading }) => reading !== null)).toEqual([...Array(11).fill(false), true]);
    const asked = world.asked.length;
    await area.readAll(ask, later(WEDNESDAY, HOUR_MS));
    expect(world.asked.length - asked).toBeLessThan(20);
  });

  itOnce('that are not understood say so until the question is another one', async () => {
    await area.set({ how: 'own', total: 'sum(increase(x[$span]))', bad: 'sum(increase(y[$span])' });
    const { world, ask } = aSteadyService();
    world.answers['y['] = { trouble: { kind: 'bad_query', words: 'parse error: unclosed left parenthesis' } };
    await area.readAll(ask, WEDNESDAY);
    await area.readAll(ask, later(WEDNESDAY, 10 * 60_000));
    expect((await area.gather(WEDNESDAY))?.trouble).toBe(
      'No data from Prometheus: it cannot work out what is asked (parse error: unclosed left parenthesis).',
    );
    const good = { how: 'own', total: 'sum(increase(x[$span]))', bad: 'sum(increase(y5..[$span]))' };
    world.answers = {};
    await area.set(good, later(WEDNESDAY, HOUR_MS));
    await area.readAll(ask, later(WEDNESDAY, HOUR_MS));
    expect(await area.gather(WEDNESDAY)).toMatchObject({ trouble: null });
    expect((await area.gather(WEDNESDAY))?.weeks.at(-1)?.reading).toMatchObject({ uptime: null, p99: null });
  });

  it('keep their weeks under another threshold or objective, and none under another question', async () => {
    await area.set();
    const { ask } = aSteadyService();
    await area.readAll(ask, WEDNESDAY);
    const slow = async () => (await area.gather(WEDNESDAY))?.weeks.at(-1)?.reading?.slow?.bad;
    await area.set({ target: '99.5' });
    expect(await slow()).toBe(1680);
    await area.set({ thresholdSeconds: '0.3' });
    expect(await slow()).toBeUndefined();
    expect((await area.gather(WEDNESDAY))?.weeks.at(-1)?.reading?.requests?.total).toBe(168_000);
    await area.readAll(ask, WEDNESDAY);
    expect(await slow()).toBe(16_800);
    await area.set({ labels: 'service="checkout"' });
    expect(await db.select().from(metricReadings)).toEqual([]);
    await area.set({ how: 'none', target: '' });
    expect(await db.select().from(areaMetrics).where(eq(areaMetrics.areaId, area.areaId))).toEqual([]);
  });

  itOnce('that were answered to a question which was changed meanwhile are not kept', async () => {
    await area.set();
    const { ask } = aSteadyService();
    let isChanged = false;
    const slowly: typeof ask = {
      ...ask,
      query: async (...asked) => {
        if (!isChanged) {
          isChanged = true;
          await area.set({ labels: 'service="checkout"' }, later(WEDNESDAY, 1));
        }
        return ask.query(...asked);
      },
    };
    await readMetrics(db, slowly, WEDNESDAY);
    expect(await db.select().from(metricReadings)).toEqual([]);
    await area.readAll(ask, later(WEDNESDAY, 1));
    expect(await area.gather(WEDNESDAY)).toMatchObject({ trouble: null });
  });
});
