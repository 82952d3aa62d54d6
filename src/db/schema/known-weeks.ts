import { boolean, jsonb, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { programId } from './program-key.ts';

/** What was counted of an area; one of which nothing was is left out. */
export type AreaCounts = { areaId: number; reports: number; tickets: number; late: number };

/**
 * What was known of a week when it ended, so that nobody counts all reports again to say it. A week without a row is
 * counted. Triggers delete the row of each week whose counts would come out otherwise, in the transaction that makes them so.
 */
export const knownWeeks = pgTable(
  'known_weeks',
  {
    programId: programId(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    areas: jsonb('areas').$type<readonly AreaCounts[]>().notNull(),
    /** Whether what was filed late is all counted; until then it is nowhere asked for. */
    isSettled: boolean('is_settled').notNull(),
  },
  (t) => [primaryKey({ columns: [t.programId, t.endsAt, t.startsAt] })],
);
