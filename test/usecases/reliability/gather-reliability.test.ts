import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db, OpenDatabase } from '../../../src/db/engine/client.ts';
import { upsertAreaMetrics } from '../../../src/db/reliability/area-metrics.ts';
import { insertPush } from '../../../src/db/reliability/metric-pushes.ts';
import { upsertReading } from '../../../src/db/reliability/reliability.ts';
import { areaMetrics } from '../../../src/db/schema/reliability.ts';
import { insertSignalSource } from '../../../src/db/signals/signal-sources.ts';
import { NOTHING_READ } from '../../../src/domain/reliability/stored-reading.ts';
import { weekBounds } from '../../../src/domain/time/week-bounds.ts';
import { gatherReliability } from '../../../src/usecases/reliability/gather-reliability.ts';
import { aProgram, DAY_MS, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import type { ProgramInTest } from '../proof/fix-world.ts';

/** Friday 15:00 in Berlin. */
const FRIDAY = new Date('2026-11-27T14:00:00Z');
const SETUP = {
  target: 0.999,
  periodDays: 30,
  thresholdSeconds: 0.5,
  question: { kind: 'family', family: 'http_code', labels: [] } as const,
  changedBy: 'UANA',
  changedAt: MONDAY,
};

describe.each(databases)('what is stored of reliability on $name', (database) => {
  let opened: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    opened = await database.open();
    db = opened.db;
  });
  afterAll(() => opened.close());

  const bounds = weekBounds({ timeZone: 'Europe/Berlin' }, FRIDAY);
  const reading = (program: ProgramInTest, endsAt: Date, figures: Partial<typeof NOTHING_READ>) =>
    upsertReading(db, {
      ...NOTHING_READ,
      areaId: program.areaIds[1] ?? 0,
      span: 'week',
      startsAt: later(endsAt, -7 * DAY_MS),
      endsAt,
      readAt: endsAt,
      ...figures,
    });

  it('a week is read back with its objective, and a week that nobody could read stays unknown', async () => {
    const program = await aProgram(db);
    await upsertAreaMetrics(db, program.id, program.areaIds[1] ?? 0, SETUP);
    const p99 = { p99Seconds: 0.24, p99Above: 0.1, p99UpTo: Number.POSITIVE_INFINITY };
    await reading(program, FRIDAY, { uptime: 0.9991, bad: 12.4, total: 9_999.6, ...p99, slow: 40, slowOf: 9_990 });
    await reading(program, bounds[11] ?? FRIDAY, {});
    const [billing, ...others] = await gatherReliability(db, program, bounds);
    expect(others).toEqual([]);
    expect(billing).toMatchObject({
      area: 'billing',
      objective: { target: 0.999, periodDays: 30, thresholdSeconds: 0.5 },
      trouble: null,
    });
    expect(billing?.weeks.map(({ endsAt }) => endsAt)).toEqual(bounds.slice(1));
    expect(billing?.weeks.at(-1)?.reading).toEqual({
      uptime: 0.9991,
      requests: { bad: 12, total: 10_000 },
      p99: { seconds: 0.24, above: 0.1, upTo: Number.POSITIVE_INFINITY },
      slow: { bad: 40, total: 9_990 },
    });
    expect(billing?.weeks.at(-2)?.reading).toBeNull();
  });

  it('on a Wednesday the week that ended on the Friday before is the last one known', async () => {
    const program = await aProgram(db);
    await upsertAreaMetrics(db, program.id, program.areaIds[1] ?? 0, SETUP);
    await reading(program, FRIDAY, { bad: 1, total: 10 });
    const wednesday = weekBounds(program, later(FRIDAY, 5 * DAY_MS));
    const [billing] = await gatherReliability(db, program, wednesday);
    expect(billing?.weeks.at(-1)).toMatchObject({ endsAt: FRIDAY, reading: { requests: { bad: 1, total: 10 } } });
  });

  it('silence is a sentence that says since when, and never a zero', async () => {
    const program = await aProgram(db);
    const areaId = program.areaIds[1] ?? 0;
    await upsertAreaMetrics(db, program.id, areaId, SETUP);
    expect(await gatherReliability(db, program, bounds)).toMatchObject([
      { trouble: 'Prometheus has not been asked yet.', period: null },
    ]);
    const troubledSince = new Date('2026-11-24T13:00:00Z');
    await db.update(areaMetrics).set({ trouble: { kind: 'slow' }, troubledSince });
    expect(await gatherReliability(db, program, bounds)).toMatchObject([
      { trouble: 'No data from Prometheus since Tue 14:00: it does not answer in time.' },
    ]);
  });

  it('the period adds its days up, each once, also where the zone has changed', async () => {
    const program = await aProgram(db);
    const areaId = program.areaIds[1] ?? 0;
    await upsertAreaMetrics(db, program.id, areaId, { ...SETUP, periodDays: 3 });
    const day = (endsAt: Date, bad: number) =>
      upsertReading(db, {
        ...NOTHING_READ,
        ...{ areaId, span: 'day', startsAt: later(endsAt, -DAY_MS), endsAt, readAt: endsAt, bad, total: 1000 },
      });
    const midnight = new Date('2026-11-26T23:00:00Z');
    for (let i = 0; i < 6; i += 1) await day(later(midnight, -i * DAY_MS), 1);
    await day(later(midnight, -DAY_MS - HOUR_MS), 100);
    const [billing] = await gatherReliability(db, program, bounds);
    expect(billing?.period).toEqual({ bad: 2, total: 2000 });
  });

  it('what was pushed adds up by source, and a week with holes in it is not told as a whole one', async () => {
    const program = await aProgram(db);
    const areaId = program.areaIds[2] ?? 0;
    const source = (name: string) =>
      insertSignalSource(db, {
        ...{ programId: program.id, kind: 'json', name, areaId, severity: 'S3', mapping: null, secrets: [] },
        ...{ token: `${program.id}:${name}`, createdBy: 'UANA', createdAt: MONDAY },
      });
    const [one, other] = [await source('one'), await source('other')];
    const push = (sourceId: number, endsAt: Date, figures: object) =>
      insertPush(db, {
        ...{ sourceId, areaId, startsAt: later(endsAt, -DAY_MS), endsAt, receivedAt: endsAt, bad: 1, total: 100 },
        ...figures,
      });
    for (let i = 0; i < 7; i += 1) {
      const endsAt = later(FRIDAY, -i * DAY_MS - HOUR_MS);
      await push(one.id, endsAt, { uptime: 1, p99Seconds: 0.2 + i / 100, p99Above: 0.1, p99UpTo: 0.25, slow: 5 });
      await push(other.id, endsAt, { uptime: i === 0 ? 0.3 : 1 });
      if (i > 1) await push(one.id, later(endsAt, -7 * DAY_MS), {});
    }
    const [connectivity] = await gatherReliability(db, program, bounds);
    expect(connectivity).toMatchObject({ area: 'connectivity', objective: null, trouble: null });
    const week = connectivity?.weeks.at(-1)?.reading;
    expect(week).toMatchObject({ requests: { bad: 14, total: 1400 }, slow: { bad: 35, total: 700 } });
    expect(week?.p99).toEqual({ seconds: 0.26, above: 0.1, upTo: 0.25 });
    expect(week?.uptime).toBeCloseTo(0.9, 9);
    expect(connectivity?.weeks.at(-2)?.reading).toBeNull();
    expect(connectivity?.period).toEqual({ bad: 19, total: 1900 });
    const tuesday = weekBounds(program, later(FRIDAY, 4 * DAY_MS));
    expect(await gatherReliability(db, program, tuesday)).toMatchObject([
      { trouble: 'No figures have been pushed since Fri 14:00.' },
    ]);
  });
});
