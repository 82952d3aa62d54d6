import { sql } from 'drizzle-orm';
import { bigint, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { MetricsQuestion } from '../../domain/reliability/metrics-question.ts';
import type { MetricsTrouble } from '../../domain/reliability/metrics-trouble.ts';
import { id, instant } from './columns.ts';
import { programId } from './program-key.ts';
import { signalSources } from './signals.ts';
import { areas } from './workspaces.ts';

const areaId = () =>
  bigint('area_id', { mode: 'number' })
    .notNull()
    .references(() => areas.id);

/** What is promised of an area, what its metrics are asked, and how the asking goes. */
export const areaMetrics = pgTable(
  'area_metrics',
  {
    areaId: areaId().primaryKey(),
    programId: programId(),
    /** A share of good requests, 0 to 1. */
    target: doublePrecision('target'),
    periodDays: integer('period_days').notNull(),
    thresholdSeconds: doublePrecision('threshold_seconds'),
    /** Null where nothing is asked and figures are pushed. */
    question: jsonb('question').$type<MetricsQuestion>(),
    trouble: jsonb('trouble').$type<MetricsTrouble>(),
    /** The end of the data that is known, or when the trouble was first met. */
    troubledSince: instant('troubled_since'),
    /** Up to when data are known to be there. */
    goodUntil: instant('good_until'),
    /** Whoever reads holds this area until then, so that replicas do not ask twice. */
    claimedUntil: instant('claimed_until'),
    readAgainAt: instant('read_again_at'),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    index('area_metrics_program').on(t.programId),
    index('area_metrics_asked').on(sql`coalesce(read_again_at, '-infinity')`).where(sql`question is not null`),
  ],
);

const latency = {
  /** The 99th percentile, and the bounds of the bucket that it lies in. */
  p99Seconds: doublePrecision('p99_seconds'),
  p99Above: doublePrecision('p99_above'),
  p99UpTo: doublePrecision('p99_up_to'),
  /** Requests slower than the threshold. */
  slow: doublePrecision('slow'),
};

/** What was asked of the metrics of one span of time; all null where there was nothing. */
export const metricReadings = pgTable(
  'metric_readings',
  {
    areaId: areaId(),
    span: text('span').$type<'week' | 'day'>().notNull(),
    endsAt: instant('ends_at').notNull(),
    startsAt: instant('starts_at').notNull(),
    uptime: doublePrecision('uptime'),
    bad: doublePrecision('bad'),
    total: doublePrecision('total'),
    ...latency,
    /** Of how many requests `slow` is a part, by the histogram's own count. */
    slowOf: doublePrecision('slow_of'),
    /** A reading from before the end is of what there was by then, and is taken again. */
    readAt: instant('read_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.areaId, t.span, t.endsAt] }), index('metric_readings_ended').on(t.endsAt)],
);

/** What was pushed of one span of time. The spans of one source never overlap. */
export const metricPushes = pgTable(
  'metric_pushes',
  {
    id: id(),
    sourceId: bigint('source_id', { mode: 'number' })
      .notNull()
      .references(() => signalSources.id),
    areaId: areaId(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    uptime: doublePrecision('uptime'),
    bad: doublePrecision('bad').notNull(),
    total: doublePrecision('total').notNull(),
    ...latency,
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    unique('metric_pushes_span').on(t.sourceId, t.startsAt, t.endsAt),
    index('metric_pushes_area').on(t.areaId, t.endsAt),
    index('metric_pushes_ended').on(t.endsAt),
  ],
);

/** Failed requests of an area while the same defects were firing; null where its metrics did not say. */
export const firingCounts = pgTable(
  'firing_counts',
  {
    areaId: areaId(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    bad: doublePrecision('bad'),
    readAt: instant('read_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.areaId, t.startsAt, t.endsAt] }), index('firing_counts_ended').on(t.endsAt)],
);
