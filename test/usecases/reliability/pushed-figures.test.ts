import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricPushes } from '../../../src/db/schema/reliability.ts';
import { weekBounds } from '../../../src/domain/time/week-bounds.ts';
import { gatherReliability } from '../../../src/usecases/reliability/gather-reliability.ts';
import { tryPayload } from '../../../src/usecases/signals/try-payload.ts';
import { MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import { FIGURES } from '../../signals/deliveries.ts';
import { type SignalWorld, startSignalWorld } from '../../signals/signal-world.ts';

describe.each(databases)('figures pushed to $name', (database) => {
  let world: SignalWorld;
  let sourceId: number;
  beforeAll(async () => {
    world = await startSignalWorld(database);
    sourceId = (await world.source('metrics')).id;
  });
  afterAll(() => world.close());

  const push = async (hours: [string, string], figures: object = {}) => {
    const [from, to] = hours.map((hour) => `2026-11-22T${hour}:00Z`);
    const body = { ...FIGURES, from, to, ...figures };
    expect((await world.send('metrics', body)).status).toBe(200);
    await world.work();
    return (await world.deliveries()).at(-1)?.outcome;
  };
  const kept = async () =>
    (await world.db.select().from(metricPushes).orderBy(asc(metricPushes.startsAt))).map(
      ({ startsAt, endsAt, total }) => [
        startsAt.toISOString().slice(11, 16),
        endsAt.toISOString().slice(11, 16),
        total,
      ],
    );

  it('come in any order, once each, and what covers others takes their place', async () => {
    expect(await push(['10:00', '11:00'])).toBe('Counted 12,000 requests of 2026-11-22 10:00 to 11:00 UTC.');
    await push(['08:00', '09:00'], { total: 500 });
    await push(['10:00', '11:00']);
    expect((await world.deliveries()).map(({ repeats }) => repeats)).toEqual([1, 0]);
    // The same hour again with other counts is a correction of it.
    expect(await push(['10:00', '11:00'], { total: 13_000 })).toContain('in the place of what was known of it');
    expect(await kept()).toEqual([
      ['08:00', '09:00', 500],
      ['10:00', '11:00', 13_000],
    ]);
    // Half an hour of each of two hours cannot be told from the whole, in either direction.
    for (const [from, to] of [
      ['08:30', '10:30'],
      ['10:15', '10:45'],
    ] as const) {
      expect(await push([from, to])).toMatch(
        /^Nothing to do for figures that share a part of their time with those of/,
      );
    }
    await push(['11:00', '12:00'], { total: 700 });
    await push(['08:00', '12:00'], { total: 14_500 });
    expect(await kept()).toEqual([['08:00', '12:00', 14_500]]);
  });

  it('are tried without being kept', async () => {
    const before = await kept();
    const body = JSON.stringify({ ...FIGURES, from: '2026-11-21T00:00:00Z', to: '2026-11-22T00:00:00Z' });
    expect(await tryPayload(world.db, world.program, sourceId, body, MONDAY)).toContain('Counted 12,000 requests');
    expect(await kept()).toEqual(before);
  });

  it('count for the area of their source', async () => {
    const [deployment] = await gatherReliability(world.db, world.program, weekBounds(world.program, MONDAY));
    expect(deployment).toMatchObject({ area: 'deployment', period: { bad: 14, total: 14_500 } });
    expect(deployment?.trouble).toBe('The figures that were pushed leave out too much of this week.');
  });
});
