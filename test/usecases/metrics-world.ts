import type { Db } from '../../src/db/client.ts';
import { insertSchedule } from '../../src/db/schedules.ts';
import type { AskMetrics, MetricsAnswer } from '../../src/domain/metrics/ask-metrics.ts';
import type { MetricsTrouble } from '../../src/domain/metrics/metrics-trouble.ts';
import { aProgram, HOUR_MS, later, MONDAY } from '../builders.ts';
import type { ProgramInTest } from './fix-world.ts';

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
