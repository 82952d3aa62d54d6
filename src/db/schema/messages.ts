import { sql } from 'drizzle-orm';
import { bigint, boolean, date, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { ChartSlot } from '../../domain/digest/charts.ts';
import { id, instant } from './columns.ts';
import { workspaces } from './workspaces.ts';

/** A message as it was decided: rendered when enqueued, sent as it stands, with its charts drawn where it has some. */
export type OutgoingBody = { text: string; blocks: unknown[]; charts?: readonly ChartSlot[] };

export const outbox = pgTable(
  'outbox',
  {
    id: id(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    programId: bigint('program_id', { mode: 'number' }),
    /** What this message is, once for ever; sent along as message metadata. */
    dedupeKey: text('dedupe_key').notNull(),
    kind: text('kind').$type<'post' | 'update'>().notNull(),
    /** A channel id, or a user id for a direct message. */
    channel: text('channel').notNull(),
    /** The post that this one answers in its thread, or that it edits, by dedupe key. */
    parentKey: text('parent_key'),
    targetKey: text('target_key'),
    /** A thread of a message that is not ours. */
    threadTs: text('thread_ts'),
    body: jsonb('body').$type<OutgoingBody>().notNull(),
    state: text('state').$type<'due' | 'sent' | 'dead' | 'superseded'>().notNull().default('due'),
    runAt: instant('run_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** The last attempt may have posted although no answer came. */
    ambiguous: boolean('ambiguous').notNull().default(false),
    /** Nobody claims it before, by the database's own clock: those of the replicas differ. */
    leaseUntil: instant('lease_until'),
    /** Who may be sending it at this moment. */
    leasedBy: text('leased_by'),
    sentChannel: text('sent_channel'),
    sentTs: text('sent_ts'),
    sentAt: instant('sent_at'),
    lastError: text('last_error'),
    /** The request or tick that enqueued it, as the logs name it. */
    requestId: text('request_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('outbox_settled').on(t.createdAt).where(sql`state <> 'due'`),
    unique('outbox_dedupe').on(t.workspaceId, t.dedupeKey),
    index('outbox_due').on(t.runAt, t.id).where(sql`state = 'due'`),
    index('outbox_target').on(t.workspaceId, t.targetKey).where(sql`state in ('due', 'dead')`),
    index('outbox_dead').on(t.createdAt).where(sql`state = 'dead'`),
  ],
);

/** When the next post into a channel may go if the pace were even, so that replicas keep it together. */
export const channelPaces = pgTable(
  'channel_paces',
  {
    workspaceId: text('workspace_id').notNull(),
    channel: text('channel').notNull(),
    /** By the database's own clock. */
    nextAt: instant('next_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.channel] }), index('channel_paces_next').on(t.nextAt)],
);

/** How far a request has come; src/requests/once/once.ts draws it. */
export type RequestState = 'recorded' | 'done' | 'closed';

/** What somebody asked for and must be done once: committed before it is acked, remembered so that a repeat is recognised. */
export const requests = pgTable(
  'requests',
  {
    workspaceId: text('workspace_id').notNull(),
    /** What Slack itself calls it: a trigger, an event, a window. */
    key: text('key').notNull(),
    state: text('state').$type<RequestState>().notNull(),
    /** The request as it came, as JSON in text: Slack and people may send what no jsonb takes. Null once it is closed. */
    body: text('body'),
    /** A digest of what a form held: one that was mended and sent again asks for something else. */
    digest: text('digest'),
    /** What was answered, as JSON in text; null until it is done. */
    answer: text('answer'),
    receivedAt: instant('received_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Nobody else takes it over before, by the database's own clock. */
    leaseUntil: instant('lease_until'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.key] }),
    index('requests_lease').on(t.leaseUntil).where(sql`state <> 'closed'`),
    index('requests_received').on(t.receivedAt),
  ],
);

/** The days on which the daily maintenance was done, or is being done. */
export const maintenanceDays = pgTable(
  'maintenance_days',
  {
    onDate: date('on_date', { mode: 'string' }).primaryKey(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (t) => [index('maintenance_days_started').on(t.startedAt)],
);
