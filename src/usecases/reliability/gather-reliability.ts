import { sinceWords, troubleWords } from '../../blocks/reliability/metric-trouble.ts';
import type { Db } from '../../db/engine/client.ts';
import type { Program } from '../../db/programs/programs.ts';
import { type AreaWithMetrics, listAreaMetrics } from '../../db/reliability/area-metrics.ts';
import { findLastPushes, sumPushes } from '../../db/reliability/metric-pushes.ts';
import { listReadings, type StoredReading } from '../../db/reliability/reliability.ts';
import { combinePushes } from '../../domain/reliability/combine-pushes.ts';
import { USUAL_PERIOD_DAYS } from '../../domain/reliability/metrics-setup.ts';
import type { AreaObjective, AreaReliability, ReliabilityWeek } from '../../domain/reliability/reliability.ts';
import { readingOf, trafficOf, withoutOverlap } from '../../domain/reliability/stored-reading.ts';
import type { Traffic } from '../../domain/stats/error-budget.ts';
import { DAY_MS } from '../../domain/time/durations.ts';

/**
 * What is stored of the reliability of every area that has metrics, for the weeks between the bounds, oldest first.
 * Asks nobody: where the metrics were silent there is a sentence instead.
 *
 * @param bounds one instant more than there are weeks, as weekBounds gives them
 */
export async function gatherReliability(db: Db, program: Program, bounds: readonly Date[]): Promise<AreaReliability[]> {
  const upTo = bounds.at(-1);
  if (!upTo) return [];
  const areas = await listAreaMetrics(db, program.id);
  const isAsked = ({ metrics }: AreaWithMetrics) => metrics?.question != null;
  const asked = areas.filter(isAsked);
  const others = areas.filter((area) => !isAsked(area));
  const lastPushes = await findLastPushes(db, idsOf(others), upTo);
  const pushed = others.filter(({ areaId, metrics }) => lastPushes.has(areaId) || metrics !== null);
  const found = [
    ...(await askedAreas(db, program, asked, bounds, upTo)),
    ...(await pushedAreas(db, program, pushed, lastPushes, bounds, upTo)),
  ];
  return areas.flatMap(({ name }) => found.find(({ area }) => area === name) ?? []);
}

async function askedAreas(
  db: Db,
  program: Program,
  areas: readonly AreaWithMetrics[],
  bounds: readonly Date[],
  upTo: Date,
): Promise<AreaReliability[]> {
  const weeks = await listReadings(db, idsOf(areas), 'week', { after: bounds[0] ?? upTo, upTo });
  const longest = Math.max(USUAL_PERIOD_DAYS, ...areas.map(({ metrics }) => metrics?.periodDays ?? 0));
  const days = await listReadings(db, idsOf(areas), 'day', {
    after: new Date(upTo.getTime() - longest * DAY_MS),
    upTo: new Date(upTo.getTime() + 2 * DAY_MS),
  });
  return areas.map(({ areaId, name, metrics }) => {
    const ofArea = (rows: readonly StoredReading[]) => rows.filter((row) => row.areaId === areaId);
    const told = weeksBetween(bounds, (after, endsAt) => {
      const stored = ofArea(weeks).findLast((row) => row.endsAt > after && row.endsAt <= endsAt);
      return { endsAt: stored?.endsAt ?? endsAt, reading: stored ? readingOf(stored) : null };
    });
    const isSilent = told.at(-1)?.reading == null;
    return {
      area: name,
      objective: objectiveOf(metrics),
      weeks: told,
      period: sumOf(ofArea(days), startOfPeriod(metrics, upTo), upTo),
      trouble: isSilent ? askedTrouble(metrics, program, upTo) : null,
    };
  });
}

function askedTrouble(metrics: AreaWithMetrics['metrics'], { timeZone }: Program, now: Date): string {
  if (metrics?.trouble) return troubleWords(metrics.trouble, metrics.troubledSince, { now, timeZone });
  const hasBeenAsked = metrics?.goodUntil != null;
  return hasBeenAsked ? 'Prometheus has too little data for this week.' : 'Prometheus has not been asked yet.';
}

async function pushedAreas(
  db: Db,
  program: Program,
  areas: readonly AreaWithMetrics[],
  lastPushes: ReadonlyMap<number, Date>,
  bounds: readonly Date[],
  upTo: Date,
): Promise<AreaReliability[]> {
  const spans = await sumPushes(db, idsOf(areas), bounds);
  const found: AreaReliability[] = [];
  for (const { areaId, name, metrics } of areas) {
    const weeks = weeksBetween(bounds, (after, endsAt, index) => {
      const ofWeek = spans.filter((span) => span.areaId === areaId && span.index === index);
      return { endsAt, reading: combinePushes(ofWeek, (endsAt.getTime() - after.getTime()) / 1000) };
    });
    const period = await sumPushes(db, [areaId], [startOfPeriod(metrics, upTo), upTo]);
    found.push({
      area: name,
      objective: objectiveOf(metrics),
      weeks,
      period: period.length > 0 ? totalOf(period) : null,
      trouble: weeks.at(-1)?.reading ? null : pushedTrouble(lastPushes.get(areaId), program, upTo),
    });
  }
  return found;
}

function pushedTrouble(last: Date | undefined, { timeZone }: Program, now: Date): string {
  if (!last) return 'No figures have been pushed yet.';
  const isLate = now.getTime() - last.getTime() > DAY_MS;
  return isLate
    ? `No figures have been pushed since ${sinceWords(last, now, timeZone)}.`
    : 'The figures that were pushed leave out too much of this week.';
}

function weeksBetween(
  bounds: readonly Date[],
  read: (after: Date, endsAt: Date, index: number) => ReliabilityWeek,
): ReliabilityWeek[] {
  return bounds.slice(1).map((endsAt, i) => read(bounds[i] ?? endsAt, endsAt, i));
}

function objectiveOf(metrics: AreaWithMetrics['metrics']): AreaObjective | null {
  if (metrics?.target == null) return null;
  return { target: metrics.target, periodDays: metrics.periodDays, thresholdSeconds: metrics.thresholdSeconds };
}

function startOfPeriod(metrics: AreaWithMetrics['metrics'], upTo: Date): Date {
  return new Date(upTo.getTime() - (metrics?.periodDays ?? USUAL_PERIOD_DAYS) * DAY_MS);
}

/** The days that began in [from, upTo), each once. */
function sumOf(days: readonly StoredReading[], from: Date, upTo: Date): Traffic | null {
  const within = withoutOverlap(days).filter(({ startsAt }) => startsAt >= from && startsAt < upTo);
  const told = within.flatMap(({ bad, total }) => (bad !== null && total !== null ? [{ bad, total }] : []));
  return told.length > 0 ? totalOf(told) : null;
}

function totalOf(parts: readonly Traffic[]): Traffic {
  const sum = (of: (part: Traffic) => number) => parts.reduce((all, part) => all + of(part), 0);
  return trafficOf(
    sum(({ bad }) => bad),
    sum(({ total }) => total),
  );
}

function idsOf(areas: readonly AreaWithMetrics[]): number[] {
  return areas.map(({ areaId }) => areaId);
}
