import { listDefects } from '../../db/defects/defects.ts';
import type { Program } from '../../db/programs/programs.ts';
import { type AreaMetrics, type AreaWithMetrics, listAreaMetrics } from '../../db/reliability/area-metrics.ts';
import { listFiringCounts, listFirings } from '../../db/reliability/firing-counts.ts';
import { listPushesIn, sumPushes } from '../../db/reliability/metric-pushes.ts';
import { listReadings } from '../../db/reliability/reliability.ts';
import {
  type FiringSegment,
  failuresWithin,
  firingSegments,
  splitFailures,
} from '../../domain/reliability/firing-segments.ts';
import { QUARTER_DAYS } from '../../domain/reliability/plan-readings.ts';
import { withoutOverlap } from '../../domain/reliability/stored-reading.ts';
import { budgetShareOfDefect } from '../../domain/stats/error-budget.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import type { Db } from '../doing.ts';

/** How much of its area's error budget of a quarter a defect burnt; 0.2 is a fifth, and above 1 it burnt more than all. */
export type BudgetShare = {
  defectId: number;
  number: number;
  title: string;
  area: string;
  /** Requests that failed while it fired. */
  badEvents: number;
  share: number;
};

/**
 * The share of the last 90 days' error budget that each defect burnt, the greatest first, from what is stored. Only
 * alerts count, which have a beginning and an end: the failed requests of the area meanwhile, in equal parts where several
 * of its defects fired at once. How many accounts a report says were hit is no number of requests, and so does not count.
 * Where fewer days are known, the quarter's traffic is estimated from them.
 */
export async function listBudgetShares(
  db: Db,
  program: Program,
  now: Date,
  onlyAreaId?: number,
): Promise<BudgetShare[]> {
  const shares: BudgetShare[] = [];
  for (const { areaId, name, metrics } of await listAreaMetrics(db, program.id)) {
    if (metrics?.target == null || (onlyAreaId !== undefined && areaId !== onlyAreaId)) continue;
    const burnt = await failuresOfDefects(db, areaId, metrics, now);
    const traffic = burnt.size > 0 ? await quarterTraffic(db, { areaId, name, metrics }, now) : 0;
    for (const defect of await listDefects(db, program.id, [...burnt.keys()])) {
      const badEvents = burnt.get(defect.id) ?? 0;
      const share = budgetShareOfDefect(badEvents, traffic, metrics.target);
      if (share === undefined || badEvents === 0) continue;
      shares.push({ defectId: defect.id, number: defect.number, title: defect.title, area: name, badEvents, share });
    }
  }
  return shares.sort((a, b) => b.share - a.share || a.number - b.number);
}

async function failuresOfDefects(
  db: Db,
  areaId: number,
  metrics: AreaMetrics,
  now: Date,
): Promise<Map<number, number>> {
  const after = startOfQuarter(now);
  const segments = firingSegments(await listFirings(db, areaId, after, now), after, now);
  const first = segments[0];
  if (!first) return new Map();
  if (!metrics.question) {
    const pushes = await listPushesIn(db, areaId, { after: first.startsAt, upTo: now });
    return splitFailures(segments, (segment) => failuresWithin(segment, pushes));
  }
  const counts = await listFiringCounts(db, areaId, after);
  const key = ({ startsAt, endsAt }: Pick<FiringSegment, 'startsAt' | 'endsAt'>) => `${+startsAt} ${+endsAt}`;
  const bySpan = new Map(counts.map((count) => [key(count), count.bad]));
  return splitFailures(segments, (segment) => bySpan.get(key(segment)) ?? null);
}

async function quarterTraffic(db: Db, { areaId, metrics }: AreaWithMetrics, now: Date): Promise<number> {
  const after = startOfQuarter(now);
  if (!metrics?.question) {
    const pushed = await sumPushes(db, [areaId], [after, now]);
    const seconds = Math.max(0, ...pushed.map(({ covered }) => covered));
    const total = pushed.reduce((sum, one) => sum + one.total, 0);
    return seconds > 0 ? (total * QUARTER_DAYS * 86_400) / seconds : 0;
  }
  // Today is not over, and counts as far as it has been read.
  const stored = await listReadings(db, [areaId], 'day', { after, upTo: new Date(now.getTime() + 2 * DAY_MS) });
  const told = withoutOverlap(stored).flatMap(({ total, startsAt, endsAt, readAt }) =>
    total === null || startsAt >= now ? [] : [{ total, ms: Math.min(+endsAt, +readAt) - +startsAt }],
  );
  const ms = told.reduce((sum, one) => sum + one.ms, 0);
  return ms > 0 ? (told.reduce((sum, { total }) => sum + total, 0) * QUARTER_DAYS * DAY_MS) / ms : 0;
}

function startOfQuarter(now: Date): Date {
  return new Date(now.getTime() - QUARTER_DAYS * DAY_MS);
}
