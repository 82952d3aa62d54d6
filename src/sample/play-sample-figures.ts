import { upsertAreaMetrics } from '../db/reliability/area-metrics.ts';
import { insertPushes, listMeasuredAreas, type NewMetricPush } from '../db/reliability/metric-pushes.ts';
import { listReports } from '../db/reports/reports.ts';
import { insertRelease } from '../db/signals/releases.ts';
import { insertOccurrences } from '../db/signals/signal-occurrences.ts';
import { insertSignalSource } from '../db/signals/signal-sources.ts';
import { mulberry32, type Random, sampleGamma } from '../domain/stats/random.ts';
import { HOUR_MS } from '../domain/time/durations.ts';
import { addDays } from '../domain/time/local-date.ts';
import { isWorkingDay, localDateOn, localTimeToInstant, previousWorkingDay } from '../domain/time/working-time.ts';
import type { Db } from '../usecases/doing.ts';
import type { Stage } from './sample-stage.ts';
import { SAMPLE_FIGURES, SAMPLE_RELEASES, type SampleFigures } from './sample-tables.ts';

const SEED = 20_201_124;
const PERIOD_DAYS = 30;
/** Metrics are older than the program, and go on for as long as somebody is likely to move the clock. */
const DAYS_BEFORE = 92;
const DAYS_AFTER = 42;

type Span = { startsAt: Date; endsAt: Date };

/**
 * Gives a sample history its releases, and most areas an objective with figures for every day, as if they had been pushed:
 * an ordinary murmur of failures, and bursts of them while the alert of one defect was on.
 */
export async function playFigures(tx: Db, stage: Stage, by: string): Promise<void> {
  const { program, now } = stage;
  const random = mulberry32(SEED);
  for (const { version, ago, environment = 'production' } of SAMPLE_RELEASES) {
    const link = `https://releases.kitebarn.example/${version}`;
    const releaseId = await insertRelease(tx, {
      programId: program.id,
      version,
      environment,
      link,
      releasedAt: shippedAt(ago, stage),
    });
    if (releaseId !== null) stage.beside.releaseIds.push(releaseId);
  }
  const days = daysAround(now, program.timeZone);
  const measured = await listMeasuredAreas(tx, program.id);
  for (const figures of SAMPLE_FIGURES) {
    const areaId = stage.areaIds.get(figures.area) ?? 0;
    // What a program has measured itself is not mixed with invented figures.
    if (measured.has(areaId)) continue;
    measured.add(areaId);
    const { target, thresholdSeconds } = figures;
    const setup = { target, periodDays: PERIOD_DAYS, thresholdSeconds, question: null };
    await upsertAreaMetrics(tx, program.id, areaId, { ...setup, changedBy: by, changedAt: now });
    stage.beside.areaIds.push(areaId);
    // Removed at once: nothing is ever delivered to it, and nobody is to see it among what is set up.
    const { id: sourceId } = await insertSignalSource(tx, {
      programId: program.id,
      kind: 'json',
      name: `Sample figures of ${figures.area}`,
      areaId,
      severity: 'S3',
      token: `sample:${program.id}:${figures.area}`,
      secrets: [],
      removedAt: now,
      createdBy: by,
      createdAt: now,
    });
    stage.beside.sourceIds.push(sourceId);
    const alerts = await ringAlerts(tx, stage, sourceId, figures, random);
    const pushes = cutAt(days, alerts).map((span) => figuresOf(span, alerts, figures, random));
    await insertPushes(
      tx,
      pushes.map((push) => ({ ...push, sourceId, areaId, receivedAt: now })),
    );
  }
}

/** Nobody ships on a free day; a release that would fall on one went out the working day before. */
function shippedAt(ago: number, { program, now }: Stage): Date {
  const dateOn = addDays(localDateOn(now, program.timeZone), -Math.floor(ago));
  const workingOn = isWorkingDay(dateOn, program) ? dateOn : previousWorkingDay(dateOn, program);
  return localTimeToInstant(workingOn, ago % 1 < 0.5 ? '10:20' : '14:40', program.timeZone);
}

/** What a machine reported was an alert with an end. */
async function ringAlerts(
  tx: Db,
  { reported }: Stage,
  sourceId: number,
  { alert }: SampleFigures,
  random: Random,
): Promise<Span[]> {
  const defectId = reported.get(alert.defect)?.id ?? 0;
  const told = (await listReports(tx, defectId)).filter(({ source }) => source === 'signal');
  const [fewest, most] = alert.minutes;
  const occurrences = told.map(({ id: reportId, seenAt: startedAt }) => {
    const resolvedAt = new Date(startedAt.getTime() + Math.round(fewest + random() * (most - fewest)) * 60_000);
    return { sourceId, key: `sample:${reportId}`, reportId, account: null, startedAt, resolvedAt };
  });
  await insertOccurrences(tx, occurrences);
  return occurrences.map(({ startedAt: startsAt, resolvedAt: endsAt }) => ({ startsAt, endsAt }));
}

function figuresOf(
  span: Span,
  alerts: readonly Span[],
  { requestsAnHour, failing, slow, p99, alert }: SampleFigures,
  random: Random,
): Omit<NewMetricPush, 'sourceId' | 'areaId' | 'receivedAt'> {
  const isOn = alerts.some(({ startsAt, endsAt }) => startsAt <= span.startsAt && span.endsAt <= endsAt);
  const hours = (span.endsAt.getTime() - span.startsAt.getTime()) / HOUR_MS;
  const total = Math.max(1, Math.round(requestsAnHour * hours * (0.9 + 0.2 * random())));
  const wobble = sampleGamma(random, 4) / 4;
  return {
    ...span,
    total,
    bad: Math.min(total, Math.round(total * ((isOn ? alert.failing : 0) + failing * wobble))),
    slow: Math.min(total, Math.round(total * slow * (isOn ? 3 : 0.8 + 0.4 * random()))),
    uptime: isOn ? alert.uptime : 1,
    p99Seconds: p99.seconds * (0.95 + 0.1 * random()),
    p99Above: p99.above,
    p99UpTo: p99.upTo,
  };
}

function daysAround(now: Date, timeZone: string): Span[] {
  const todayOn = localDateOn(now, timeZone);
  const midnight = (day: number) => localTimeToInstant(addDays(todayOn, day), '00:00', timeZone);
  return Array.from({ length: DAYS_BEFORE + DAYS_AFTER }, (_, i) => {
    const day = i - DAYS_BEFORE;
    return { startsAt: midnight(day), endsAt: midnight(day + 1) };
  });
}

/** The spans, cut wherever one of the others begins or ends. */
function cutAt(spans: readonly Span[], others: readonly Span[]): Span[] {
  const edges = others.flatMap(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()]);
  return spans.flatMap(({ startsAt, endsAt }) => {
    const within = edges.filter((edge) => edge > startsAt.getTime() && edge < endsAt.getTime());
    const at = [...new Set([startsAt.getTime(), ...within, endsAt.getTime()])].sort((a, b) => a - b);
    return at.slice(1).map((edge, i) => ({ startsAt: new Date(at[i] ?? edge), endsAt: new Date(edge) }));
  });
}
