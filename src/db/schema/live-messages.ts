import { bigint, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { ToldInDirect } from '../../domain/reminders/told-in-direct.ts';
import { id, instant } from './columns.ts';
import { programId } from './program-key.ts';
import { workspaces } from './workspaces.ts';

/** Direct messages about defects that are still edited: whatever is done about one, anywhere, shows in them. */
export const liveMessages = pgTable(
  'live_messages',
  {
    id: id(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    /** Its post in the outbox. */
    dedupeKey: text('dedupe_key').notNull(),
    userId: text('user_id').notNull(),
    sentAt: instant('sent_at').notNull(),
    /** What it told when it was written: ids, kinds and dates, from which it is worded anew. */
    told: jsonb('told').$type<ToldInDirect>().notNull(),
    /** The defects in it, and beside each the last event of it that the message shows. */
    defectIds: bigint('defect_ids', { mode: 'number' }).array().notNull(),
    shownEventIds: bigint('shown_event_ids', { mode: 'number' }).array().notNull(),
    /** Null while it has its buttons: a newer message takes them over. */
    retiredAt: instant('retired_at'),
  },
  (t) => [
    index('live_messages_user').on(t.workspaceId, t.userId),
    index('live_messages_sent').on(t.sentAt),
    index('live_messages_defects').using('gin', t.defectIds),
  ],
);

/** App Homes that somebody has open, or had open lately. */
export const openHomes = pgTable(
  'open_homes',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    userId: text('user_id').notNull(),
    programId: programId(),
    openedAt: instant('opened_at').notNull(),
    /** The last event of the program that it shows. */
    shownEventId: bigint('shown_event_id', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index('open_homes_opened').on(t.openedAt)],
);
