import { sql } from 'drizzle-orm';
import { bigint, date, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { SignalMapping } from '../../domain/signals/senders/generic-json.ts';
import type { SignalKind } from '../../domain/signals/signal.ts';
import type { SourceRules } from '../../domain/signals/source-rules.ts';
import type { Severity } from '../../domain/vocabulary.ts';
import { id, instant } from './columns.ts';
import { reports } from './defects.ts';
import { programId } from './program-key.ts';
import { areas } from './workspaces.ts';

/** A secret that deliveries may be signed with; two are active while senders move from one to the other. */
export type SignalSecret = SealedSecret | ClearSecret;
export type SealedSecret = { sealed: string; expiresAt: string | null };
/** As earlier versions stored it, until the next start. */
export type ClearSecret = { secret: string; expiresAt: string | null };

/** Somebody outside who reports by webhook. The token is kept as a hash; the secrets have to verify, and are sealed. */
export const signalSources = pgTable(
  'signal_sources',
  {
    id: id(),
    programId: programId(),
    kind: text('kind').$type<SignalKind>().notNull(),
    name: text('name').notNull(),
    areaId: bigint('area_id', { mode: 'number' })
      .notNull()
      .references(() => areas.id),
    /** Where a delivery does not say how bad it is. */
    severity: text('severity').$type<Severity>().notNull(),
    mapping: jsonb('mapping').$type<SignalMapping>(),
    /** What of it counts; null for what is usual of its kind. */
    rules: jsonb('rules').$type<SourceRules>(),
    tokenHash: text('token_hash').notNull(),
    secrets: jsonb('secrets').$type<SignalSecret[]>().notNull(),
    pausedAt: instant('paused_at'),
    removedAt: instant('removed_at'),
    refusals: integer('refusals').notNull().default(0),
    lastRefusedAt: instant('last_refused_at'),
    lastRefusal: text('last_refusal'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [unique('signal_sources_token').on(t.tokenHash), index('signal_sources_program').on(t.programId)],
);

/** A delivery as it came, committed before it is answered, and what became of it. */
export const signalDeliveries = pgTable(
  'signal_deliveries',
  {
    id: id(),
    sourceId: bigint('source_id', { mode: 'number' })
      .notNull()
      .references(() => signalSources.id),
    deliveryKey: text('delivery_key').notNull(),
    event: text('event'),
    /** The raw JSON, so that fields nobody reads yet are kept. */
    body: text('body').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** How often the same delivery came again. */
    repeats: integer('repeats').notNull().default(0),
    state: text('state').$type<'waiting' | 'done' | 'failed'>().notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    became: text('became').$type<Became>(),
    /** One sentence for people. */
    outcome: text('outcome'),
    /** What has become of the parts that are done, while others wait. */
    progress: jsonb('progress').$type<DeliveryProgress>(),
    workedAt: instant('worked_at'),
  },
  (t) => [
    unique('signal_deliveries_key').on(t.sourceId, t.deliveryKey),
    index('signal_deliveries_waiting').on(t.sourceId, t.id).where(sql`state = 'waiting'`),
    index('signal_deliveries_latest').on(t.sourceId, t.id),
    index('signal_deliveries_received').on(t.receivedAt),
  ],
);

/** What a delivery became, by the most that any of its signals did. */
export type Became =
  | 'filed'
  | 'joined'
  | 'burst'
  | 'revised'
  | 'resolved'
  | 'released'
  | 'measured'
  | 'ran'
  | 'repeated'
  | 'ignored';

/** How far the work on a delivery has come: a few of its sentences for people, and how many more there were. */
export type DeliveryProgress = { parts: number; became: Became; said: readonly string[]; more: number };

/** An occurrence that a source has told of, so that telling it again is no other one. */
export const signalOccurrences = pgTable(
  'signal_occurrences',
  {
    sourceId: bigint('source_id', { mode: 'number' })
      .notNull()
      .references(() => signalSources.id),
    key: text('key').notNull(),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    account: text('account'),
    startedAt: instant('started_at').notNull(),
    resolvedAt: instant('resolved_at'),
    /** What its events call it, where several tell of one; null where the key says all. */
    names: text('names').array(),
  },
  (t) => [
    primaryKey({ columns: [t.sourceId, t.key] }),
    index('signal_occurrences_report').on(t.reportId, t.account),
    index('signal_occurrences_names').using('gin', t.names).where(sql`names is not null`),
  ],
);

/** What was sent and became nothing, by the day, so that nothing is dropped in silence. */
export const signalLeftOut = pgTable(
  'signal_left_out',
  {
    sourceId: bigint('source_id', { mode: 'number' })
      .notNull()
      .references(() => signalSources.id),
    seenOn: date('seen_on', { mode: 'string' }).notNull(),
    event: text('event').notNull(),
    why: text('why').notNull(),
    count: integer('count').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.seenOn, t.event, t.why] }), index('signal_left_out_last').on(t.lastAt)],
);

/** An end that was told before its beginning: what then begins is over already. A key that ends in `*` names all that start like it. */
export const signalEnds = pgTable(
  'signal_ends',
  {
    sourceId: bigint('source_id', { mode: 'number' })
      .notNull()
      .references(() => signalSources.id),
    key: text('key').notNull(),
    endedAt: instant('ended_at').notNull(),
    keptAt: instant('kept_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.key] }), index('signal_ends_kept').on(t.keptAt)],
);

/** How often something ran on a day of UTC, as a source told. */
export const signalRuns = pgTable(
  'signal_runs',
  {
    sourceId: bigint('source_id', { mode: 'number' })
      .notNull()
      .references(() => signalSources.id),
    path: text('path').notNull(),
    startsAt: instant('starts_at').notNull(),
    ran: bigint('ran', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sourceId, t.path, t.startsAt] }),
    // By which the paths of a day are counted, and old days found.
    index('signal_runs_started').on(t.startsAt, t.sourceId),
  ],
);

/** When which version went out, so that a defect can say in which it was first seen, fixed and seen again. */
export const releases = pgTable(
  'releases',
  {
    id: id(),
    programId: programId(),
    version: text('version').notNull(),
    environment: text('environment'),
    /** What it was made of and which part of the product it is of, where its source says so. */
    repository: text('repository'),
    commit: text('commit'),
    branch: text('branch'),
    areaNamed: text('area_named'),
    link: text('link'),
    releasedAt: instant('released_at').notNull(),
    /** When a source told of it; null where that is not known, and then it witnesses no merge. */
    toldAt: instant('told_at'),
  },
  (t) => [
    unique('releases_version').on(t.programId, t.version, t.environment, t.repository, t.areaNamed).nullsNotDistinct(),
    index('releases_released').on(t.programId, t.releasedAt),
  ],
);
