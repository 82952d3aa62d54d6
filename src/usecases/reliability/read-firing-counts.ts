import { type AreaMetrics, whileStillAsked } from '../../db/reliability/area-metrics.ts';
import {
  deleteFiringCount,
  listFiringCounts,
  listFirings,
  upsertFiringCount,
} from '../../db/reliability/firing-counts.ts';
import type { AskMetrics } from '../../domain/reliability/ask-metrics.ts';
import { figureOf } from '../../domain/reliability/assemble-reading.ts';
import { type FiringSegment, firingSegments } from '../../domain/reliability/firing-segments.ts';
import { isOfTheServer, type MetricsTrouble } from '../../domain/reliability/metrics-trouble.ts';
import { QUARTER_DAYS } from '../../domain/reliability/plan-readings.ts';
import { expressionsOf, withSpan } from '../../domain/reliability/promql.ts';
import { DAY_MS } from '../../domain/time/durations.ts';
import type { Db } from '../doing.ts';

const SETTLES_MS = 2 * 60_000;
const MOST_AT_ONCE = 20;

/**
 * Asks how many requests of an area failed while its defects were firing, for the segments that are not stored yet.
 * Answers what went wrong with the server, or null.
 */
export async function readFiringCounts(
  db: Db,
  ask: AskMetrics,
  area: AreaMetrics,
  now: Date,
): Promise<MetricsTrouble | null> {
  if (!area.question || expressionsOf(area.question).bad === null) return null;
  const after = new Date(now.getTime() - QUARTER_DAYS * DAY_MS);
  const segments = firingSegments(await listFirings(db, area.areaId, after, now), after, now);
  const stored = await listFiringCounts(db, area.areaId, after);
  const wanted = new Map(segments.map((segment) => [keyOf(segment), segment]));
  for (const count of stored) if (!wanted.delete(keyOf(count))) await deleteFiringCount(db, count);
  const settled = [...wanted.values()].filter(({ endsAt }) => endsAt.getTime() + SETTLES_MS <= now.getTime());
  for (const segment of settled.slice(-MOST_AT_ONCE)) {
    const answer = await askFailures(ask, area, segment);
    if ('trouble' in answer && isOfTheServer(answer.trouble)) return answer.trouble;
    const { startsAt, endsAt } = segment;
    const bad = 'ok' in answer ? answer.ok : null;
    const count = { areaId: area.areaId, startsAt, endsAt, bad, readAt: now };
    if (!(await whileStillAsked(db, area, (tx) => upsertFiringCount(tx, count)))) return null;
  }
  return null;
}

async function askFailures(ask: AskMetrics, { question }: AreaMetrics, { startsAt, endsAt }: FiringSegment) {
  const { bad, total, missingIsNone } = expressionsOf(question as NonNullable<typeof question>);
  const seconds = (endsAt.getTime() - startsAt.getTime()) / 1000;
  const query = async (expression: string | null) =>
    figureOf(expression === null ? null : await ask.query(withSpan(expression, seconds), endsAt));
  const failed = await query(bad);
  if (!missingIsNone || 'trouble' in failed || failed.ok !== null) return failed;
  const all = await query(total);
  return 'ok' in all && all.ok !== null ? { ok: 0 } : all;
}

function keyOf({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): string {
  return `${startsAt.getTime()} ${endsAt.getTime()}`;
}
