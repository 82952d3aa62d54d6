import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { DEFAULT_DUE_SPANS, type DueSpan } from '../../domain/defects/default-due.ts';
import type { ChartStyle } from '../../domain/digest/charts.ts';
import type { ChannelState } from '../../domain/programs/channel.ts';
import { DEFAULT_RETENTION } from '../../domain/programs/program-retention.ts';
import { id, instant } from './columns.ts';

export const workspaces = pgTable('workspaces', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  botUserId: text('bot_user_id').notNull(),
  /** The organisation that gave the app to this workspace; null where it is installed here, or knows of none. */
  organisationId: text('organisation_id'),
  /** When the app came, or came back; what is told of an earlier time is out of date. */
  servedAt: instant('served_at'),
  /** When the app was taken away; nothing is sent from then on, and the grace before the purge begins. */
  leftAt: instant('left_at'),
  /** When Slack last refused its own chart blocks here: they reach workspaces one after the other. */
  nativeChartsRefusedAt: instant('native_charts_refused_at'),
  createdAt: instant('created_at').notNull(),
});

/** What the bot knows of a person, refreshed from Slack; the zone decides when a reminder is due. */
export const people = pgTable(
  'people',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull(),
    isActive: boolean('is_active').notNull().default(true),
    refreshedAt: instant('refreshed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] })],
);

export const programs = pgTable(
  'programs',
  {
    id: id(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    name: text('name').notNull(),
    /** Whether it is called by its channel, so that it is renamed with it. */
    nameFollowsChannel: boolean('name_follows_channel').notNull().default(true),
    channelId: text('channel_id').notNull(),
    /** What Slack last said of the channel; null is not asked yet. */
    channelState: text('channel_state').$type<ChannelState>(),
    channelIsPrivate: boolean('channel_is_private'),
    channelLookedAt: instant('channel_looked_at'),
    timeZone: text('time_zone').notNull(),
    workingDays: integer('working_days').array().notNull(),
    holidays: date('holidays', { mode: 'string' }).array().notNull(),
    /** Whoever leads it; where nobody does, the workspace's admins do. */
    leadIds: text('lead_ids').array().notNull().default([]),
    /** Whoever decides; null is everybody in the channel. */
    deciderIds: text('decider_ids').array(),
    /** Whether people of other organisations in the channel may report. */
    strangersMayReport: boolean('strangers_may_report').notNull().default(false),
    facilitatorIds: text('facilitator_ids').array().notNull(),
    halfLifeDays: integer('half_life_days').notNull(),
    agendaLimit: integer('agenda_limit').notNull(),
    /** How long a fix may take by default, from S1 to S4. */
    dueSpans: text('due_spans')
      .array()
      .$type<DueSpan[]>()
      .notNull()
      .default([...DEFAULT_DUE_SPANS]),
    trancheWeeks: integer('tranche_weeks').notNull(),
    charts: text('charts').$type<ChartStyle>().notNull().default('pictures'),
    isDefault: boolean('is_default').notNull(),
    nextNumber: integer('next_number').notNull().default(1),
    /** How long the words of reports stay; null is for ever. */
    reportWordsDays: integer('report_words_days'),
    deliveryDays: integer('delivery_days').notNull().default(DEFAULT_RETENTION.deliveryDays),
    auditDays: integer('audit_days').notNull().default(DEFAULT_RETENTION.auditDays),
    /** What the program set for its own end; null is no criterion. */
    exitOpenUnder: integer('exit_open_under'),
    exitHoldPercent: integer('exit_hold_percent'),
    exitObjectiveWeeks: integer('exit_objective_weeks'),
    /** When its leads were asked whether it ends, and where; once for the same criteria. */
    exitAskedAt: instant('exit_asked_at'),
    exitAskedIn: text('exit_asked_in').array().notNull().default([]),
    /** When it ended, by its lead's word; its rituals rest from then on. */
    endedAt: instant('ended_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    unique('programs_channel').on(t.workspaceId, t.channelId),
    index('programs_channel_looked').on(sql`coalesce(channel_looked_at, '-infinity')`),
  ],
);

export const areas = pgTable(
  'areas',
  {
    id: id(),
    programId: bigint('program_id', { mode: 'number' })
      .notNull()
      .references(() => programs.id),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    /** What senders call it besides its name. */
    labels: text('labels').array().notNull().default([]),
    /** The area that took over what it had; it is offered no more. */
    retiredIntoId: bigint('retired_into_id', { mode: 'number' }),
    /** Who owns its defects where triage names nobody else; several take turns. */
    ownerIds: text('owner_ids').array().notNull().default([]),
  },
  (t) => [
    unique('areas_name').on(t.programId, t.name),
    foreignKey({ columns: [t.retiredIntoId], foreignColumns: [t.id], name: 'areas_retired_into' }),
  ],
);
