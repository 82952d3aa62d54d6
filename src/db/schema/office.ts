import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import type { PeriodFacts } from '../../domain/office/period-facts.ts';
import type { Quarter } from '../../domain/office/quarter.ts';
import { id, instant } from './columns.ts';
import { programId } from './program-key.ts';
import { workspaces } from './workspaces.ts';

/** What a program came to in a quarter that is over, written down once, so that it is told the same whenever it is asked for. */
export const quarterReports = pgTable(
  'quarter_reports',
  {
    programId: programId(),
    quarter: text('quarter').$type<Quarter>().notNull(),
    facts: jsonb('facts').$type<PeriodFacts>().notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.programId, t.quarter] })],
);

/** One page about several programs: rolled up each month to its channel, and for those in it on request. */
export const offices = pgTable(
  'offices',
  {
    id: id(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    channelId: text('channel_id').notNull(),
    /** The channel's name when a lead chose it. */
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull(),
    /** The last month that was rolled up, `2026-11`. */
    rolledUpFor: text('rolled_up_for').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [unique('offices_channel').on(t.workspaceId, t.channelId), index('offices_rolled_up').on(t.rolledUpFor)],
);

/** A program that its lead has joined to an office, from then until it left. */
export const officeMembers = pgTable(
  'office_members',
  {
    id: id(),
    programId: programId(),
    officeId: bigint('office_id', { mode: 'number' })
      .notNull()
      .references(() => offices.id, { onDelete: 'cascade' }),
    joinedAt: instant('joined_at').notNull(),
    leftAt: instant('left_at'),
  },
  (t) => [
    index('office_members_office').on(t.officeId),
    uniqueIndex('office_members_one').on(t.programId).where(sql`left_at is null`),
  ],
);
