import { boolean, index, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Where the app is installed by OAuth, and what opens it there. Tokens are sealed for this row and their column. */
export const installations = pgTable(
  'installations',
  {
    /** A workspace, or an organisation that has the app for all of its workspaces. */
    id: text('id').primaryKey(),
    isOrganisation: boolean('is_organisation').notNull(),
    name: text('name').notNull(),
    botId: text('bot_id').notNull(),
    botUserId: text('bot_user_id').notNull(),
    scopes: text('scopes').array().notNull(),
    installedBy: text('installed_by').notNull(),
    botToken: text('bot_token').notNull(),
    /** Null where tokens do not expire. */
    refreshToken: text('refresh_token'),
    tokenExpiresAt: instant('token_expires_at'),
    /** Nobody else renews the token before, by the database's own clock. */
    refreshLeaseUntil: instant('refresh_lease_until'),
    installedAt: instant('installed_at').notNull(),
  },
  (t) => [index('installations_expiring').on(t.tokenExpiresAt)],
);
