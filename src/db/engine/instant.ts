import { type SQL, sql } from 'drizzle-orm';

/** An instant in a statement written by hand: the drivers do not agree on how they send a Date. */
export const instant = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;
