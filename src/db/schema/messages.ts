import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { ChartSlot } from '../../domain/charts.ts';
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
    index('outbox_sent').on(t.workspaceId, t.sentChannel, t.sentTs).where(sql`sent_ts is not null`),
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

/** What came in and was acted on, so that a repeat is recognised. */
export const inbox = pgTable(
  'inbox',
  {
    workspaceId: text('workspace_id').notNull(),
    source: text('source').notNull(),
    deliveryKey: text('delivery_key').notNull(),
    receivedAt: instant('received_at').notNull(),
    result: jsonb('result').$type<Record<string, unknown>>(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.deliveryKey] }), index('inbox_received').on(t.receivedAt)],
);

/** What somebody asked for, committed before it is acked and dropped when they have been told what came of it. */
export const keptRequests = pgTable(
  'kept_requests',
  {
    workspaceId: text('workspace_id').notNull(),
    /** Slack's own name for the request. */
    key: text('key').notNull(),
    /** The request as it came, as JSON: Slack and people may send what no jsonb takes. */
    body: text('body').notNull(),
    receivedAt: instant('received_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Nobody else takes it over before, by the database's own clock. */
    leaseUntil: instant('lease_until').notNull(),
    /** What is to be told; null until it is done. */
    answer: jsonb('answer').$type<{ said: unknown }>(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.key] }), index('kept_requests_lease').on(t.leaseUntil)],
);
