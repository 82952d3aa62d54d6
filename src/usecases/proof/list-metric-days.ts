import type { Program } from '../../db/programs/programs.ts';
import { listAreaMetrics } from '../../db/reliability/area-metrics.ts';
import { sumPushes } from '../../db/reliability/metric-pushes.ts';
import { listReadings } from '../../db/reliability/reliability.ts';
import { combinePushes } from '../../domain/reliability/combine-pushes.ts';
import { type DailyMetric, dayValue, type MetricDay } from '../../domain/reliability/metric-days.ts';
import { readingOf } from '../../domain/reliability/stored-reading.ts';
import { addDays } from '../../domain/time/local-date.ts';
import { localDateOn, localTimeToInstant } from '../../domain/time/working-time.ts';
import type { Db } from '../doing.ts';

/**
 * The value of each whole local day of an area between two instants, the oldest first, from what is stored. A day that
 * nothing is stored of is told as unknown.
 */
export async function listMetricDays(
  db: Db,
  program: Program,
  { areaId, metric }: { areaId: number; metric: DailyMetric },
  { since, now }: { since: Date; now: Date },
): Promise<MetricDay[]> {
  const midnights = midnightsWithin(program.timeZone, since, now);
  const [first, last] = [midnights.at(0), midnights.at(-1)];
  if (!first || !last) return [];
  const area = (await listAreaMetrics(db, program.id)).find((one) => one.areaId === areaId);
  if (!area) return [];
  const isAsked = area.metrics?.question != null;
  const stored = isAsked ? await listReadings(db, [areaId], 'day', { after: first, upTo: last }) : [];
  const pushed = isAsked ? [] : await sumPushes(db, [areaId], midnights);
  return midnights.slice(1).map((endsAt, index) => {
    const startsAt = midnights[index] ?? endsAt;
    const row = stored.find((one) => one.endsAt.getTime() === endsAt.getTime() && one.readAt >= endsAt);
    const ofDay = pushed.filter((one) => one.index === index);
    const seconds = (endsAt.getTime() - startsAt.getTime()) / 1000;
    const reading = isAsked ? row && readingOf(row) : combinePushes(ofDay, seconds);
    return { startsAt, endsAt, value: dayValue(reading ?? null, metric) };
  });
}

/** Local midnights from the first at or after one instant to the last at or before another. */
function midnightsWithin(timeZone: string, since: Date, now: Date): Date[] {
  const midnights: Date[] = [];
  for (let on = localDateOn(since, timeZone); ; on = addDays(on, 1)) {
    const at = localTimeToInstant(on, '00:00', timeZone);
    if (at > now) return midnights;
    if (at >= since) midnights.push(at);
  }
}
