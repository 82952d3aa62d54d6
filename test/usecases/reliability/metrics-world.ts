import { expect, it } from 'vitest';
import type { Db } from '../../../src/db/engine/client.ts';
import { insertSchedule } from '../../../src/db/programs/schedules.ts';
import { listAreaMetrics } from '../../../src/db/reliability/area-metrics.ts';
import { areaMetrics, firingCounts, metricReadings } from '../../../src/db/schema/reliability.ts';
import type { AskMetrics, MetricsAnswer } from '../../../src/domain/reliability/ask-metrics.ts';
import type { MetricsTrouble } from '../../../src/domain/reliability/metrics-trouble.ts';
import { weekBounds } from '../../../src/domain/time/week-bounds.ts';
import { gatherReliability } from '../../../src/usecases/reliability/gather-reliability.ts';
import { readMetrics } from '../../../src/usecases/reliability/read-metrics.ts';
import { setAreaMetrics } from '../../../src/usecases/reliability/set-area-metrics.ts';
import { aProgram, HOUR_MS, later, MONDAY } from '../../builders.ts';
import { databases } from '../../databases.ts';
import type { ProgramInTest } from '../proof/fix-world.ts';

/** Wednesday 11:00 in Berlin, and the Friday of the digest. */
export const WEDNESDAY = new Date('2026-11-18T10:00:00Z');
export const FRIDAY = new Date('2026-11-20T14:00:00Z');
export const SETUP = {
  ...{ target: '99.8', periodDays: '7', thresholdSeconds: '0.5', how: 'http_code', labels: 'service="billing"' },
  ...{ bad: '', total: '', uptime: '', latency: '' },
};

/** A program whose digest is on Fridays at 15:00, with a lead who may change settings. */
export async function aProgramWithDigest(db: Db): Promise<ProgramInTest> {
  const program = await aProgram(db);
  const { timeZone, workingDays, holidays } = program;
  const cadence = {
    ...{ timeZone, workingDays, holidays, weekdays: [5], atLocalTime: '15:00', everyWeeks: 1 },
    ...{ anchorOn: '2026-01-02', onHoliday: 'skip' as const },
  };
  await insertSchedule(db, {
    programId: program.id,
    ritual: 'digest',
    cadence,
    createdAt: later(MONDAY, -90 * 24 * HOUR_MS),
  });
  return program;
}

/**
 * Something that answers PromQL as a steady service would: 1,000 requests an hour of which `bad` fail, always up, one in a
 * hundred slower than 0.5 s. Data begin and end where they are told to; a trouble is given instead of any answer.
 */
export function aSteadyService() {
  const world = {
    bad: 1,
    from: new Date(0),
    until: new Date('2100-01-01T00:00:00Z'),
    trouble: null as MetricsTrouble | null,
    /** Instead of an answer to what contains its key. */
    answers: {} as Record<string, MetricsAnswer>,
    asked: [] as string[],
  };
  const valuesAt = (expression: string, at: Date): [Record<string, string>, number][] => {
    const seconds = Number(/\[(\d+)s/.exec(expression)?.[1]);
    const fromMs = Math.max(at.getTime() - seconds * 1000, world.from.getTime());
    const hours = (Math.min(at.getTime(), world.until.getTime()) - fromMs) / HOUR_MS;
    if (hours <= 0) return [];
    if (expression.includes('up{')) return [[{}, 1]];
    if (expression.includes('_bucket')) {
      return [['0.25', 0.9] as const, ['0.5', 0.99] as const, ['+Inf', 1] as const].map(([le, share]) => [
        { le },
        share * hours * 1000,
      ]);
    }
    return [[{}, hours * (expression.includes('5..') ? world.bad : 1000)]];
  };
  const answered = (expression: string): MetricsAnswer | undefined => {
    world.asked.push(expression);
    if (world.trouble) return { trouble: world.trouble };
    return Object.entries(world.answers).find(([part]) => expression.includes(part))?.[1];
  };
  const ask: AskMetrics = {
    query: async (expression, at) =>
      answered(expression) ?? {
        ok: valuesAt(expression, at).map(([labels, value]) => ({ labels, points: [{ at, value }] })),
      },
    queryRange: async (expression, { from, to, stepSeconds }) => {
      const said = answered(expression);
      if (said) return said;
      const points = [];
      for (let ms = from.getTime(); ms <= to.getTime(); ms += stepSeconds * 1000) {
        const [only] = valuesAt(expression, new Date(ms));
        if (only) points.push({ at: new Date(ms), value: only[1] });
      }
      return { ok: points.length > 0 ? [{ labels: {}, points }] : [] };
    },
  };
  return { world, ask };
}

/** What the database has no part in is shown on one of them. */
export function onceFor(database: (typeof databases)[number]) {
  return database === databases[0] ? it : (_title: string, _test: () => Promise<void>) => {};
}

export type MeasuredArea = Awaited<ReturnType<typeof aMeasuredArea>>;

/** The second area of a new program, the only one whose metrics anybody asks for. */
export async function aMeasuredArea(db: Db) {
  await db.delete(metricReadings);
  await db.delete(firingCounts);
  await db.delete(areaMetrics);
  const program = await aProgramWithDigest(db);
  const areaId = program.areaIds[1] ?? 0;
  return {
    program,
    areaId,
    set: (over: Partial<typeof SETUP> = {}, now = WEDNESDAY) =>
      setAreaMetrics(db, program, areaId, { ...SETUP, ...over }, { by: 'ULEAD', now }),
    readAll: async (ask: AskMetrics, now: Date) => {
      for (let passes = 0; await readMetrics(db, ask, now); passes += 1) expect(passes).toBeLessThan(50);
    },
    gather: async (now: Date) => (await gatherReliability(db, program, weekBounds(program, now)))[0],
    stateOf: async () => (await listAreaMetrics(db, program.id)).find((one) => one.areaId === areaId)?.metrics,
  };
}
